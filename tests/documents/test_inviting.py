"""The sheet of invitations that an officer asks for in the chat: whose units, which codes work, and who gets none."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from docx import Document

from bot.cli.inviting import write_sheet
from bot.documents.invitations import Card
from bot.documents.inviting import SendCards
from bot.effects import Effect, EndRoles, NewInvite, Speak
from bot.records import Role
from handlers.codes import normal, shown
from handlers.roles import ROLE_NAMES
from storage.migrate import migrate
from tests.stage import Stage, hash_code, stage

Cards = list[Card]


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """An area officer over three unions, of which one has a chair."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as house:
        await house.person("Mai", Role.AREA_OFFICER, "TU", language="en")
        await house.person("Páo", Role.CHAIR, "TU-01")
        yield house


async def asked(on_stage: Stage, folder: Path, words: str) -> tuple[Cards, Sequence[Effect]]:
    """Press what asks for a sheet, and do the job; give its cards and effects."""
    await on_stage.gets(on_stage.text("mai", words))
    (claim,) = await on_stage.store.due_jobs(on_stage.clock.now, 9)
    cards: Cards = []

    async def write(path: Path, made: Sequence[Card], until: datetime, language: str) -> None:
        cards.extend(made)
        await asyncio.to_thread(write_sheet, path, made, until, language)

    job = SendCards(on_stage.store, on_stage.house, folder, write, shown, ROLE_NAMES, lambda: on_stage.clock.now)
    effects = await job(claim.job.args, 0)
    await on_stage.store.jobs_done([(claim.job.id, effects)])
    return cards, effects


def _file(effects: Sequence[Effect]) -> Any:
    (message,) = (one.out.message for one in effects if isinstance(one, Speak))
    return message.attachments


async def test_a_card_for_each_unit(on_stage: Stage, tmp_path: Path) -> None:
    """Joined or not, with a picture of the link, the code to type, and until when."""
    cards, effects = await asked(on_stage, tmp_path, "/moi to all")
    assert [(card.unit_code, card.joined) for card in cards] == [("TU-01", True), ("TU-02", False), ("TU-03", False)]
    (file,) = _file(effects)
    assert Path(file.path).stat().st_mode & 0o077 == 0
    paper = Document(file.path)
    assert len(paper.inline_shapes) == 3
    words = [cell.text for table in paper.tables for row in table.rows for cell in row.cells]
    assert all(card.unit in text and card.code in text for card, text in zip(cards, words, strict=False))
    assert cards[1].link == f"https://t.me/tiengcoso_bot?start={normal(cards[1].code)}"


async def test_with_an_official_account_a_card_leads_to_zalo_too(on_stage: Stage, tmp_path: Path) -> None:
    """A second picture opens the account, where the code is typed; the first is of a link that has the code in it."""
    more = {"zalo_oa": "https://zalo.me/4421"}
    links = on_stage.house.links
    on_stage.house = replace(on_stage.house, links=lambda code: {**links(code), **more})
    cards, effects = await asked(on_stage, tmp_path, "/moi to all")
    assert {card.zalo for card in cards} == {"https://zalo.me/4421"}
    (file,) = _file(effects)
    paper = Document(file.path)
    assert len(paper.inline_shapes) == 6
    assert f"scan with Zalo, then type there: /start {cards[0].code}" in paper.tables[0].rows[0].cells[0].text
    on_stage.house = replace(on_stage.house, links=lambda _code: more)
    cards, effects = await asked(on_stage, tmp_path, "/moi to all")
    assert {(card.link, card.zalo) for card in cards} == {("", "https://zalo.me/4421")}
    assert "Scan it with Zalo" in Document(_file(effects)[0].path).tables[0].rows[0].cells[0].text


async def test_only_those_that_nobody_has_joined(on_stage: Stage, tmp_path: Path) -> None:
    """What is asked for is what is made."""
    cards, _effects = await asked(on_stage, tmp_path, "/moi to lacking")
    assert [card.unit_code for card in cards] == ["TU-02", "TU-03"]


async def test_a_new_sheet_takes_the_old_codes_back(on_stage: Stage, tmp_path: Path) -> None:
    """Of two sheets the codes of the second one work."""
    first, _effects = await asked(on_stage, tmp_path, "/moi to lacking")
    second, _effects = await asked(on_stage, tmp_path, "/moi to lacking")
    async with on_stage.store.reading() as reads:
        old = [await reads.invite(hash_code(normal(card.code))) for card in first]
        new = [await reads.invite(hash_code(normal(card.code))) for card in second]
    assert all(one is not None and one.revoked_at is not None for one in old)
    assert all(one is not None and one.revoked_at is None for one in new)


async def test_no_codes_without_the_post(on_stage: Stage, tmp_path: Path) -> None:
    """Whose post ended while the sheet waited to be made gets nothing, and no code is made."""
    await on_stage.gets(on_stage.text("mai", "/moi to all"))
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code("TU")
    assert unit is not None
    await on_stage.effects(EndRoles(unit.id, Role.AREA_OFFICER, "", on_stage.clock.now.date()))
    cards, effects = await asked(on_stage, tmp_path, "hello")
    assert not cards
    assert not [one for one in effects if isinstance(one, NewInvite | Speak)]
