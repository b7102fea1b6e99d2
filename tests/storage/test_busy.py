from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import AsyncIterator, Iterator
from contextlib import asynccontextmanager, contextmanager
from dataclasses import replace
from pathlib import Path

import pytest
from sqlalchemy.exc import DBAPIError

from bot.effects import Audit, FileReport, NewPerson
from bot.ports import StoreBusy
from bot.records import Person
from storage.store import SqlStore
from tests.storage.conftest import clock
from tests.storage.people import NOW, SCHOOL, filed, lay_out, report, write, wrote


@asynccontextmanager
async def opened(url: str) -> AsyncIterator[SqlStore]:
    """Open a store for a while."""
    store = await SqlStore.open(url, clock)
    try:
        yield store
    finally:
        await store.close()


@contextmanager
def locked(url: str) -> Iterator[None]:
    """Hold the lock of a SQLite file, as another program would."""
    other = sqlite3.connect(url.partition("///")[2], isolation_level=None)
    other.execute("BEGIN EXCLUSIVE")
    try:
        yield
    finally:
        other.execute("ROLLBACK")
        other.close()


async def pragma(store: SqlStore, words: str) -> None:
    """Set something on the writer connection."""
    async with store.batch() as batch:
        await batch.run(lambda connection: connection.exec_driver_sql(f"PRAGMA {words}"))


async def test_a_locked_database_is_busy(sqlite_url: str) -> None:
    """While another program holds the lock nothing can begin; afterwards everything goes on."""
    async with opened(f"{sqlite_url}?timeout=0.05") as store:
        with locked(sqlite_url), pytest.raises(StoreBusy):
            await write(store, Audit(NOW, "pao", "read"))
        await write(store, Audit(NOW, "pao", "read"))


async def test_a_held_table_is_busy(postgres_url: str, monkeypatch: pytest.MonkeyPatch) -> None:
    """While somebody holds a table of PostgreSQL, whoever needs it is told to come later, and does not hang."""
    monkeypatch.setattr("storage.engine.BUSY_SECONDS", 0.1)
    async with opened(postgres_url) as store, opened(postgres_url) as other:
        async with other.batch() as batch:
            await batch.run(lambda connection: connection.exec_driver_sql("LOCK TABLE audit IN ACCESS EXCLUSIVE MODE"))
            with pytest.raises(StoreBusy):
                await write(store, Audit(NOW, "pao", "read"))
        await write(store, Audit(NOW, "pao", "read"))


async def test_a_full_disk_is_busy_and_keeps_nothing(sqlite_url: str) -> None:
    """What does not fit is refused whole; once there is room, the same batch is taken."""
    effects = [Audit(NOW, "pao", "read", detail="x" * 1000) for _ in range(2000)]
    async with opened(sqlite_url) as store:
        await pragma(store, "max_page_count = 1")  # as many pages as there are
        with pytest.raises(StoreBusy):
            await mark_and_write(store, effects)
        await pragma(store, "max_page_count = 1000000")
        assert await mark_and_write(store, effects) == 1


async def mark_and_write(store: SqlStore, effects: list[Audit]) -> int:
    """Take an update and write its effects; tell whether it was new."""
    async with store.batch() as batch:
        fresh = await batch.unseen([wrote("pao", "1")])
        await batch.write(effects)
    return len(fresh)


async def test_a_read_only_database_is_busy(sqlite_url: str) -> None:
    """A file that may not be written is waited for, not crashed on."""
    async with opened(f"sqlite+aiosqlite:///file:{sqlite_url.partition('///')[2]}?mode=ro&uri=true") as store:
        with pytest.raises(StoreBusy):
            await write(store, Audit(NOW, "pao", "read"))
        async with store.reading() as reads:
            assert await reads.person("pao") is None


async def test_a_database_that_cannot_be_opened_is_busy(tmp_path: Path) -> None:
    """A file that is not there for us is named at the start."""
    (tmp_path / "bot.db").mkdir()
    with pytest.raises(StoreBusy):
        await SqlStore.open(f"sqlite+aiosqlite:///{tmp_path}/bot.db")


async def test_a_server_that_is_not_there_is_busy(tmp_path: Path) -> None:
    """PostgreSQL may be away."""
    with pytest.raises(StoreBusy):
        await SqlStore.open(f"postgresql://postgres@/bot?host={tmp_path}")


async def test_a_connection_that_is_cut_is_busy(postgres_url: str) -> None:
    """The server stops in the middle of a batch: nothing was kept, and the next batch finds a new connection."""
    async with opened(postgres_url) as store:
        with pytest.raises(StoreBusy):
            await cut_in_the_middle(store)
        async with store.reading() as reads:
            assert await reads.person("pao") is None


async def cut_in_the_middle(store: SqlStore) -> None:
    """Write something, and be cut off by the server."""
    async with store.batch() as batch:
        await batch.write([NewPerson(Person("pao"))])
        await batch.run(lambda c: c.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())"))


async def test_a_mistake_of_ours_is_not_busy(store: SqlStore) -> None:
    """Wrong SQL does not get better by waiting."""
    async with store.reading() as reads:
        with pytest.raises(DBAPIError):
            await reads.run(lambda c: c.exec_driver_sql("SELECT nothing FROM nowhere"))


async def test_a_batch_that_is_cancelled_leaves_nothing(store: SqlStore) -> None:
    """A stop in the middle of a batch undoes it, and lets the next one in."""
    began = asyncio.Event()

    async def hang() -> None:
        async with store.batch() as batch:
            await batch.write([NewPerson(Person("pao"))])
            began.set()
            await asyncio.Event().wait()

    task = asyncio.create_task(hang())
    await began.wait()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task
    await write(store, NewPerson(Person("pao")))


async def test_two_programs_take_turns(sqlite_url: str) -> None:
    """Reading and then writing is one step, for two programs on the same file as for two tasks of one."""
    async with opened(sqlite_url) as one, opened(sqlite_url) as two:
        await lay_out(one)
        await filed(one)
        await asyncio.gather(*(number_next(store, f"{n}") for n in range(10) for store in (one, two)))
        async with one.reading() as reads:
            assert await reads.last_numbers([SCHOOL]) == {SCHOOL: 20}


async def number_next(store: SqlStore, id_: str) -> None:
    """File a report under the next number."""
    async with store.batch() as batch:
        number = (await batch.last_numbers([SCHOOL])).get(SCHOOL, 0) + 1
        await batch.write([FileReport(replace(report(f"{id_}-{number}"), number=number))])
