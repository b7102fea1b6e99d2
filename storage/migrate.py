"""Brings the schema of a database up to date, one process at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from sqlalchemy import Connection, inspect, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engine import DRIVERS, make_file, sqlite_engine, understood
from storage.refusals import refusals_named
from storage.store import transaction
from storage.threads import ThreadEngine

T = TypeVar("T")

VERSIONS = Path(__file__).parent / "migrations" / "versions"
PATIENCE = 60.0  # seconds to wait for another process that migrates the same file
LOCK = 47_47  # of nothing else on the server: processes that start together migrate one after the other


async def migrate(url: str) -> list[str]:
    """Apply the revisions that a database lacks; give their names.

    Raises StoreBusy when another process keeps it locked.
    """
    return await on_database(url, _upgrade)


async def pending(url: str) -> list[str]:
    """Name the revisions that a database lacks."""
    return await on_database(url, _lacking)


async def on_database(url: str, act: Callable[[Connection], T]) -> T:
    """Do something with a whole database, its schema included, in one transaction that nobody else writes in."""
    engine = _engine(url)
    try:
        async with transaction(engine) as connection:
            with refusals_named():
                return await connection.run_sync(act)
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine | ThreadEngine:
    parsed = understood(url)
    if parsed.drivername != DRIVERS["sqlite"]:
        return create_async_engine(parsed)
    make_file(parsed)
    # A table is copied to be changed: references to it are checked at the end, not on the way.
    return sqlite_engine(parsed, "BEGIN IMMEDIATE", ("foreign_keys=OFF",), pool_size=1, patience=PATIENCE)


def newest() -> str:
    """Name the newest revision, which is the number that its file begins with."""
    return max(path.name.partition("_")[0] for path in VERSIONS.glob("[0-9]*.py"))


def _up_to_date(connection: Connection) -> bool:
    if not inspect(connection).has_table("alembic_version"):
        return False
    return connection.execute(text("SELECT version_num FROM alembic_version")).scalar_one_or_none() == newest()


def _lacking(connection: Connection) -> list[str]:
    if _up_to_date(connection):
        return []
    from storage import revisions

    return revisions.lacking(connection)


def _upgrade(connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    if _up_to_date(connection):
        return []
    from storage import revisions

    applied = revisions.upgrade(connection)
    if applied:
        _check_references(connection)
    return applied


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"a migration broke references: {broken[:5]}")
