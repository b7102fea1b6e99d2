"""Empty databases that keep what they were told, as in service: a SQLite file, or a PostgreSQL server of our own."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory
from urllib.parse import urlsplit, urlunsplit


@contextmanager
def fresh_database(folder: Path, postgresql: bool) -> Iterator[str]:
    """Give the DATABASE_URL of an empty database."""
    if not postgresql:
        yield f"sqlite+aiosqlite:///{folder / 'data' / 'bot.db'}"
        return
    from tests.databases import started  # where it is wanted: it begins to look for PostgreSQL

    with TemporaryDirectory(prefix="tieng-co-so-pg-") as place:
        server = started(Path(place))
        server.psql("ALTER SYSTEM RESET fsync;")  # the tests do without
        server.psql("SELECT pg_reload_conf();")
        server.psql("CREATE DATABASE bench;")
        try:
            yield urlunsplit(urlsplit(server.get_uri())._replace(scheme="postgresql+asyncpg", path="/bench"))
        finally:
            server.cleanup()
