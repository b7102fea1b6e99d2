"""A database that cannot take anything now: nothing is acknowledged, and nothing is lost when it can again."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from pathlib import Path

import pytest

from bot.inbox.door import Inbox
from bot.ports import StoreBusy
from handlers.dialogue import DIALOGUE
from storage.store import SqlStore
from storage.tables import drafts, failures, seen_updates, submissions
from tests.end_to_end.actor import chair
from tests.end_to_end.conftest import Run
from tests.end_to_end.registering import comes_in
from tests.end_to_end.rows import Rows
from tests.end_to_end.someone import Someone, label
from tests.fake_telegram import FakeTelegram
from tests.stage import UNITS, Stage

IMPATIENT = "sqlite+aiosqlite:///data/bot.db?timeout=0.1"


async def test_locked_while_running(program: Run, fake: FakeTelegram) -> None:
    """While another program holds the file, what people write stays with the messenger; then it is answered, once."""
    house = program(IMPATIENT)
    codes = await house.furnish(UNITS, under="TU")
    await house.start()
    who = Someone(fake.user(501), "Páo")
    await comes_in(who, codes["TU-01"], "CĐCS Chè Than Uyên")
    await fake.all_taken()
    with closing(sqlite3.connect(house.folder / "data" / "bot.db", isolation_level=None)) as another:
        another.execute("BEGIN EXCLUSIVE")
        polls = len(fake.called("getUpdates"))
        await who.user.send("doi thoai")
        await fake.until(lambda: len(fake.called("getUpdates")) >= polls + 3, 20)
        assert fake.updates.pending
    await who.reads(label(DIALOGUE, "dialogue_type"))
    await who.types("1", then=label(DIALOGUE, "event_date"))
    await fake.all_taken()
    assert await house.stop() == 0
    house.assert_no_bug()
    asked = who.voice.speak(label(DIALOGUE, "dialogue_type"))
    assert sum(asked in message.text for message in who.user.inbox) == 1


async def test_locked(on_stage: Stage, tmp_path: Path, rows: Rows) -> None:
    """A batch that meets a locked file raises StoreBusy and keeps nothing; brought again it is taken once."""
    who = await chair(on_stage)
    impatient = await SqlStore.open(
        f"sqlite+aiosqlite:///{tmp_path / 'stage.db'}?timeout=0.1", lambda: on_stage.clock.now
    )
    on_stage.inbox = Inbox(impatient, on_stage.house, on_stage.paper, lambda: on_stage.clock.now)
    message = who.message("doi thoai")
    with closing(sqlite3.connect(tmp_path / "stage.db", isolation_level=None)) as another:
        another.execute("BEGIN EXCLUSIVE")
        with pytest.raises(StoreBusy):
            await on_stage.inbox.take_batch([message])
    assert not await rows.of(seen_updates)
    assert "1/5" in await who.gets(message)
    assert not await who.gets(message)
    assert len(await rows.of(drafts)) == 1
    await impatient.close()


async def test_disk_full(on_stage: Stage, rows: Rows) -> None:
    """When the disk is full the batch is refused whole; with room again the same message goes on where it stood."""
    who = await chair(on_stage)
    await who.types("doi thoai", "1", "9/11")
    await room(on_stage, pages=1)  # no more than there are
    refused = None
    for _try in range(300):
        refused = who.message("không nhớ")
        try:
            await on_stage.inbox.take_batch([refused])
        except StoreBusy:
            break
    else:
        pytest.fail("the disk never filled")
    before = await rows.of(drafts)
    with pytest.raises(StoreBusy):
        await on_stage.inbox.take_batch([refused])
    assert await rows.of(drafts) == before
    await room(on_stage, pages=1_000_000)
    assert await who.gets(refused)
    assert "BC1" in await who.types("huy", "1", "doi thoai", "1", "9/11", "18", "1", "0", "0", "1")
    assert len(await rows.of(submissions)) == 1
    assert not await rows.of(failures)


async def room(on_stage: Stage, pages: int) -> None:
    """Let the file have so many pages, or as many as it has."""
    async with on_stage.store.batch() as batch:
        await batch.run(lambda connection: connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}").close())
