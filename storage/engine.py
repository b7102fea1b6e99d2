"""Connections: one writer and several readers, on a SQLite file or a PostgreSQL server."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import URL, Connection, event, make_url
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.refusals import refusals_named
from storage.threads import ThreadEngine
from storage.unread import unread

BUSY_SECONDS = 5.0  # how long to wait for another process that is writing the same SQLite file, or holds a table
DRIVERS = {"sqlite": "sqlite+aiosqlite", "postgresql": "postgresql+asyncpg", "postgres": "postgresql+asyncpg"}

_to_json = json.JSONEncoder(ensure_ascii=False, separators=(",", ":"), default=dict).encode


@dataclass(frozen=True, slots=True)
class Engines:
    """Where connections come from: `writer` takes the lock of a SQLite file as it begins, `reader` cannot write."""

    writer: AsyncEngine | ThreadEngine
    reader: AsyncEngine | ThreadEngine
    sqlite: bool

    async def close(self) -> None:
        """Close every connection."""
        await self.writer.dispose()
        if self.reader is not self.writer:
            await self.reader.dispose()


def understood(url: str) -> URL:
    """Read a DATABASE_URL and name the driver we use.

    Raises ValueError for a database that is neither a SQLite file nor PostgreSQL.
    """
    parsed = make_url(url)
    parsed = parsed.set(drivername=DRIVERS.get(parsed.drivername, parsed.drivername))
    if parsed.drivername not in DRIVERS.values():
        raise ValueError(f"the database {parsed.drivername} is not known: use sqlite+aiosqlite or postgresql+asyncpg")
    if parsed.drivername == DRIVERS["sqlite"] and parsed.database in (None, "", ":memory:"):
        raise ValueError("a SQLite database needs a file: sqlite+aiosqlite:///data/bot.db")
    return parsed


def open_engines(url: str) -> Engines:
    """Make the engines of a DATABASE_URL; a SQLite file and its directory are made where they lack."""
    parsed = understood(url)
    if parsed.drivername != DRIVERS["sqlite"]:
        engine = create_async_engine(
            parsed,
            json_serializer=_to_json,
            json_deserializer=unread,
            hide_parameters=True,
            pool_pre_ping=True,
            connect_args={"server_settings": _session()},
        )
        reader = engine.execution_options(isolation_level="REPEATABLE READ", postgresql_readonly=True)
        return Engines(engine, reader, sqlite=False)
    make_file(parsed)
    writer = sqlite_engine(parsed, "BEGIN IMMEDIATE", ("synchronous=FULL", "foreign_keys=ON"), pool_size=1)
    return Engines(writer, sqlite_engine(parsed, "BEGIN", ("query_only=ON",), pool_size=5), sqlite=True)


def _session() -> dict[str, str]:
    """Settle what a PostgreSQL server may be used to do otherwise.

    What we say is received must not be lost with the server's power; nobody may keep us waiting without end.
    """
    return {"synchronous_commit": "on", "lock_timeout": f"{BUSY_SECONDS * 1000:.0f}"}


def make_file(url: URL) -> None:
    """Make a SQLite file and its directory, if they lack.

    Raises StoreBusy when it cannot be opened. (Asked of the driver's thread, it would also complain there.)
    """
    database = url.database or ""
    with refusals_named():
        if not database.startswith("file:"):
            Path(database).parent.mkdir(parents=True, exist_ok=True)
        sqlite3.connect(database, uri="uri" in url.query).close()


def sqlite_engine(
    url: URL, begin: str, pragmas: tuple[str, ...], pool_size: int, patience: float = BUSY_SECONDS
) -> ThreadEngine:
    """Make an engine whose transactions begin with `begin`: the driver's own habit would begin them too late."""
    engine = ThreadEngine(
        url,
        pool_size,
        json_serializer=_to_json,
        json_deserializer=unread,
        hide_parameters=True,  # what people wrote must not reach the log with an error
        connect_args={"isolation_level": None, **({} if "timeout" in url.query else {"timeout": patience})},
    )

    @event.listens_for(engine.sync_engine, "connect")
    def prepare(connection: Any, _record: object) -> None:
        cursor = connection.cursor()
        for pragma in ("journal_mode=WAL", *pragmas):
            cursor.execute(f"PRAGMA {pragma}")
        cursor.close()

    @event.listens_for(engine.sync_engine, "begin")
    def start(connection: Connection) -> None:
        connection.exec_driver_sql(begin)

    return engine
