"""A kind kept off other messengers: a link there, the questions only on the office's own page."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path

import pytest

from bot.effects import LinkAddress
from bot.inbox.door import Inbox
from bot.messages import Address
from bot.records import Role
from storage.migrate import migrate
from tests.stage import Stage, stage


@pytest.fixture
async def guarded(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house where moods are written on the page only, with a chair on Telegram and on the page."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as on_stage:
        house = replace(on_stage.house, web_only=frozenset({"sentiment"}))
        on_stage.inbox = Inbox(on_stage.store, house, on_stage.paper, lambda: on_stage.clock.now)
        await on_stage.person("Páo", Role.CHAIR, "TU-01")
        await on_stage.effects(LinkAddress(Address("web", "page"), "p-páo", on_stage.clock.now))
        yield on_stage


async def said(on_stage: Stage, text: str, channel: str = "telegram") -> str:
    """Type something, and give all that is answered."""
    address = Address(channel, "páo" if channel == "telegram" else "page")
    answers = await on_stage.gets(on_stage.text(address.chat, text, address=address))
    assert answers
    assert all(to == address for to, _message in answers)
    return "\n".join(message.text for _to, message in answers)


async def test_on_a_messenger_there_is_only_the_link(guarded: Stage) -> None:
    """Neither the questions nor the answers pass through somebody else's messenger; the page is at the question."""
    opened = await said(guarded, "tâm tư")
    assert "https://congdoan.vn/vao#" in opened
    assert "Tình hình" not in opened
    again = await said(guarded, "hôm nay")
    assert "https://congdoan.vn/vao#" in again
    assert "nắm tình hình" in await said(guarded, "tiep", "web")
    assert "Tình hình chung" in await said(guarded, "hôm nay", "web")


async def test_other_kinds_and_commands_go_on(guarded: Stage) -> None:
    """With the question open on the page, the messenger still takes commands and other reports."""
    await said(guarded, "tâm tư")
    assert "Chăm lo" not in await said(guarded, "tro giup")
    assert "chương trình" in await said(guarded, "cham lo")


async def test_a_filed_one_is_read_on_the_page_only(guarded: Stage) -> None:
    """XEM and SUA give the link on the messenger, and the report on the page."""
    for words in ("tâm tư", "hôm nay", "1", "1", "0", "1"):
        await said(guarded, words, "web")
    for words in ("xem 1", "sua 1"):
        assert "https://congdoan.vn/vao#" in await said(guarded, words)
    assert "Ổn định" in await said(guarded, "xem 1", "web")


async def everything(on_stage: Stage, chat: str, words: str) -> str:
    """Type something on Telegram; give all that this chat hears."""
    heard = await on_stage.gets(on_stage.text(chat, words))
    return "\n".join(message.text for to, message in heard if to.chat == chat)


async def test_a_case_is_read_and_answered_on_the_page_only(tmp_path: Path) -> None:
    """What the unit adds is taken anywhere; reading and answering it lead to the page, as does the report."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as on_stage:
        await on_stage.person("Páo", Role.CHAIR, "TU-01")
        await on_stage.person("Mai", Role.AREA_OFFICER, "TU")
        for words in ("kien nghi", "7", "1", "nước trong xưởng rất bẩn", "1", "1"):
            await on_stage.gets(on_stage.text("páo", words))
        on_stage.inbox.house = replace(on_stage.inbox.house, web_only=frozenset({"sentiment", "petition"}))
        for words in ("kn1", "kn1 Đã rõ, sẽ sửa", "kn1 tra loi"):
            told = await everything(on_stage, "mai", words)
            assert "congdoan.vn/vao#" in told
            assert "rất bẩn" not in told
        assert "KN1 đã giao" in await everything(on_stage, "mai", "kn1 nhan")
        assert "Đã ghi thêm vào KN1" in await everything(on_stage, "páo", "kn1 vẫn bẩn")
        assert "congdoan.vn/vao#" in await everything(on_stage, "páo", "kien nghi moi")
        await on_stage.effects(LinkAddress(Address("web", "page"), "p-mai", on_stage.clock.now))
        assert "rất bẩn" in await said(on_stage, "kn1", "web")
