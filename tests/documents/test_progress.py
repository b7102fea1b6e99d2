"""How far a document is, while somebody waits for it."""

from __future__ import annotations

import asyncio
import os
from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.cli.making import make_document
from bot.cli.wiring import LOCALES
from bot.config import load_settings
from bot.documents.order import Order
from bot.documents.progress import Stage, Step, Telling, note, noted
from bot.documents.sending import SendDocument
from bot.effects import Speak
from bot.i18n import Voice, load_catalogues
from bot.messages import Address, Outgoing
from bot.ports import Facts, SentMark
from storage.migrate import migrate
from storage.store import SqlStore
from tests.cli.test_commands import UNITS, Run, run

__all__ = ["run"]

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
CATALOGUES = load_catalogues(LOCALES)
FACTS = {
    "telegram": Facts(4096, buttons=True, edits=True, files=True, pace=30.0),
    "web": Facts(4096, buttons=True, edits=False, files=True, pace=30.0),
}
STEPS = (Step(Stage.READING), Step(Stage.SHEETS, 7, 21), Step(Stage.SHEETS, 14, 21))


@dataclass
class Chat:
    """Sends what is said, as the outbox does, and lets whoever works go on."""

    store: SqlStore
    said: list[Outgoing] = field(default_factory=list)
    heard: asyncio.Event = field(default_factory=asyncio.Event)
    tasks: set[asyncio.Task[None]] = field(default_factory=set)

    def spoke(self) -> None:
        """Be told that there is something to say."""
        self.tasks.add(asyncio.ensure_future(self._sends()))

    async def _sends(self) -> None:
        for claim in await self.store.due_messages(NOW, 10):
            self.said.append(claim.out)
            async with self.store.batch() as batch:
                await batch.sent([SentMark(claim.id, "sent", f"message {len(self.said)}")])
        self.heard.set()

    async def goes_on(self) -> None:
        """Wait until something more was sent."""
        await asyncio.wait_for(self.heard.wait(), 30)
        self.heard.clear()


@pytest.fixture
async def chat(tmp_path: Path) -> AsyncIterator[Chat]:
    """A chat over an empty database."""
    url = f"sqlite+aiosqlite:///{tmp_path / 'a.db'}"
    await migrate(url)
    store = await SqlStore.open(url, lambda: NOW)
    yield Chat(store)
    await store.close()


async def _asked(chat: Chat, folder: Path, channel: str, make: Any) -> Sequence[Outgoing]:
    async def may(_address: Address, _unit: int) -> bool:
        return True

    telling = Telling(chat.store, FACTS, chat.spoke, 0.01, 0.01)
    job = SendDocument(folder, make, may, lambda language: Voice(CATALOGUES[language]), lambda: NOW, telling)
    told = {"job": "j1", "what": "workbook", "period": "2026-10", "unit": 1, "code": "TU", "language": "en"}
    effects = await job({**told, "channel": channel, "chat": "7"}, 0)
    await asyncio.gather(*chat.tasks)
    return [effect.out for effect in effects if isinstance(effect, Speak)]


async def test_a_message_that_can_be_edited_follows_it(chat: Chat, tmp_path: Path) -> None:
    """One message from the reading of the figures to the end; then the file."""

    async def make(order: Order) -> int:
        for step in STEPS:
            note(order.path, step)
            await chat.goes_on()
        return 21

    ready, file = await _asked(chat, tmp_path, "telegram", make)
    assert [out.message.text for out in chat.said] == [
        "The figures are being read…",
        "7 of 21 sheets are written…",
        "14 of 21 sheets are written…",
    ]
    assert [out.message.edits for out in (*chat.said, ready)] == ["", "message 1", "message 1", "message 1"]
    assert (ready.message.text, len(file.message.attachments)) == ("The file is ready.", 1)
    assert noted(tmp_path / "j1.xlsx") is None


async def test_elsewhere_only_the_half_is_told(chat: Chat, tmp_path: Path) -> None:
    """Each message would be one more: that it is being made was told, and the file comes."""

    async def make(order: Order) -> int:
        for step in STEPS:
            note(order.path, step)
        await chat.goes_on()
        return 21

    (file,) = await _asked(chat, tmp_path, "web", make)
    assert [out.message.text for out in chat.said] == ["14 of 21 sheets are written…"]
    assert file.message.attachments


@pytest.mark.parametrize(("done", "told"), [(0, False), (10, False), (11, True), (15, True), (16, False), (20, False)])
def test_half_is_told_while_it_is_worth_a_message(done: int, told: bool) -> None:
    """Not when the file is about to come."""
    assert Step(Stage.SHEETS, done, 21).is_half is told
    assert not Step(Stage.LINES, done).is_half


async def test_what_is_made_at_once_needs_no_word(chat: Chat, tmp_path: Path) -> None:
    """Only the file comes."""

    async def make(order: Order) -> int:
        note(order.path, STEPS[1])
        return 21

    (file,) = await _asked(chat, tmp_path, "telegram", make)
    assert file.message.attachments
    assert not chat.said


async def test_what_goes_wrong_is_raised(chat: Chat, tmp_path: Path) -> None:
    """The job is tried again; what was noted is gone."""

    async def make(order: Order) -> int:
        note(order.path, STEPS[0])
        await chat.goes_on()
        raise RuntimeError("no luck")

    with pytest.raises(RuntimeError, match="no luck"):
        await _asked(chat, tmp_path, "telegram", make)
    assert noted(tmp_path / "j1.xlsx") is None


def test_a_workbook_tells_of_each_sheet(run: Run, tmp_path: Path) -> None:
    """From the first to the last, of as many as there are."""
    assert run("units", "import", str(UNITS)).exit_code == 0
    told: list[Step] = []
    path = tmp_path / "all.xlsx"
    make_document(load_settings(None, os.environ), Order("workbook", "2026-10", 1, path, "vi"), told.append)
    sheets = len(load_workbook(path).sheetnames)
    assert told == [Step(Stage.READING), *(Step(Stage.SHEETS, done, sheets) for done in range(sheets))]
