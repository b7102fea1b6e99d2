"""Brings the schema of a database up to date, one process at a time."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from storage.engine import DRIVERS, make_file, sqlite_engine, understood
from storage.refusals import refusals_named
from storage.store import transaction

LOCK = 47_47  # of nothing else on the server: processes that start together migrate one after the other


async def migrate(url: str) -> list[str]:
    """Apply the revisions that a database lacks; give their names.

    Raises StoreBusy when another process keeps it locked.
    """
    return await _on_database(url, _upgrade)


async def pending(url: str) -> list[str]:
    """Name the revisions that a database lacks."""
    return await _on_database(url, _lacking)


async def _on_database(url: str, act: Callable[[Connection], list[str]]) -> list[str]:
    engine = _engine(url)
    try:
        async with transaction(engine) as connection:
            with refusals_named():
                return await connection.run_sync(act)
    finally:
        await engine.dispose()


def _engine(url: str) -> AsyncEngine:
    parsed = understood(url)
    if parsed.drivername != DRIVERS["sqlite"]:
        return create_async_engine(parsed)
    make_file(parsed)
    # A table is copied to be changed: references to it are checked at the end, not on the way.
    return sqlite_engine(parsed, "BEGIN IMMEDIATE", ("foreign_keys=OFF",), pool_size=1)


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent / "migrations"))
    config.attributes["connection"] = connection
    return config


def _lacking(connection: Connection) -> list[str]:
    script = ScriptDirectory.from_config(_config(connection))
    current = MigrationContext.configure(connection).get_current_revision()
    revisions = script.iterate_revisions(script.get_current_head(), current)
    return [revision.revision for revision in revisions][::-1]


def _upgrade(connection: Connection) -> list[str]:
    if connection.dialect.name == "postgresql":
        connection.execute(text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    lacking = _lacking(connection)
    if lacking:
        command.upgrade(_config(connection), "head")
        _check_references(connection)
    return lacking


def _check_references(connection: Connection) -> None:
    if connection.dialect.name == "sqlite":
        broken = connection.exec_driver_sql("PRAGMA foreign_key_check").all()
        if broken:
            raise RuntimeError(f"a migration broke references: {broken[:5]}")
