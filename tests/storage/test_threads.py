"""Work on a SQLite file is done in threads, whole pieces at a time."""

from __future__ import annotations

import asyncio
import threading

from sqlalchemy import Connection, make_url, text

from storage.engine import sqlite_engine
from storage.store import transaction

COUNT = text("SELECT count(*) FROM kept")


def put(connection: Connection, *numbers: int) -> int:
    """Write rows one by one, and count them in the same piece of work."""
    for number in numbers:
        connection.execute(text("INSERT INTO kept VALUES (:number)"), {"number": number})
    return connection.scalar(COUNT) or 0


async def test_more_callers_than_connections_wait_their_turn(sqlite_url: str) -> None:
    """Ten writers share one connection; each sees all that was committed before it, and none waits for ever."""
    engine = sqlite_engine(make_url(sqlite_url), "BEGIN IMMEDIATE", (), pool_size=1)
    async with transaction(engine) as connection:
        await connection.run_sync(lambda c: c.execute(text("CREATE TABLE kept (number INTEGER)")).close())

    async def writes(number: int) -> int:
        async with transaction(engine) as connection:
            await asyncio.sleep(0)
            return await connection.run_sync(put, number, number)

    assert sorted(await asyncio.gather(*map(writes, range(10)))) == list(range(2, 22, 2))
    await engine.dispose()


async def test_the_event_loop_does_none_of_it(sqlite_url: str) -> None:
    """What a function does with the connection is done in another thread, from its first statement to its last."""
    engine = sqlite_engine(make_url(sqlite_url), "BEGIN", (), pool_size=1)
    async with transaction(engine) as connection:
        assert await connection.run_sync(lambda _connection: threading.get_ident()) != threading.get_ident()
    await engine.dispose()


async def test_what_was_not_committed_is_undone(sqlite_url: str) -> None:
    """A connection that is given back in the middle leaves nothing behind, and serves the next one."""
    engine = sqlite_engine(make_url(sqlite_url), "BEGIN IMMEDIATE", (), pool_size=1)
    connection = await engine.connect()
    await connection.begin()
    await connection.run_sync(lambda c: c.execute(text("CREATE TABLE kept (number INTEGER)")).close())
    await connection.close()
    await connection.close()
    async with transaction(engine) as again:
        assert not await again.run_sync(lambda c: c.dialect.has_table(c, "kept"))
    await engine.dispose()


async def test_who_comes_back_after_the_end_keeps_nothing_alive(sqlite_url: str) -> None:
    """A connection in use when the engine is disposed of may finish; then its thread ends, and the program can."""
    before = set(threading.enumerate())
    engine = sqlite_engine(make_url(sqlite_url), "BEGIN", (), pool_size=2)
    used, idle = await engine.connect(), await engine.connect()
    await used.begin()
    await idle.close()
    await engine.dispose()
    assert await used.run_sync(lambda connection: connection.scalar(text("SELECT 1"))) == 1
    await used.close()
    for thread in set(threading.enumerate()) - before:
        await asyncio.to_thread(thread.join, 10)
        assert not thread.is_alive()
