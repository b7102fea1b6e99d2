"""A commit is on the disk before anybody hears of it, whatever the database would do by itself."""

from __future__ import annotations

from sqlalchemy import Connection, make_url

from storage.store import SqlStore


async def asked(url: str, *questions: str) -> list[str]:
    """Ask the connection that writes how it is set."""

    def answers(connection: Connection) -> list[str]:
        return [str(connection.exec_driver_sql(question).scalar_one()) for question in questions]

    store = await SqlStore.open(url)
    try:
        async with store.batch() as batch:
            return await batch.run(answers)
    finally:
        await store.close()


async def test_sqlite_waits_for_the_disk(sqlite_url: str) -> None:
    """The WAL is flushed at every commit: synchronous is FULL (2), not the NORMAL (1) that would do for consistency."""
    assert await asked(sqlite_url, "PRAGMA journal_mode", "PRAGMA synchronous") == ["wal", "2"]


async def test_postgresql_waits_for_the_disk(postgres_url: str) -> None:
    """Where the server is told to answer before its log is on the disk, we are still answered after."""
    name = make_url(postgres_url).database

    def hasty(connection: Connection) -> None:
        connection.exec_driver_sql(f"ALTER DATABASE {name} SET synchronous_commit = off")

    store = await SqlStore.open(postgres_url)
    async with store.batch() as batch:
        await batch.run(hasty)
    await store.close()
    assert await asked(postgres_url, "SHOW synchronous_commit") == ["on"]
