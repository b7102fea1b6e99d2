from __future__ import annotations

import asyncio
from pathlib import Path
from typing import Any, get_args

import pytest
from alembic.autogenerate import compare_metadata
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

from bot.effects import Effect
from storage.engine import understood
from storage.migrate import migrate, newest, pending
from storage.revisions import MIGRATIONS
from storage.store import SqlStore
from storage.tables import metadata
from storage.writers import FAMILY_OF


async def test_an_empty_database_is_brought_up_to_date(empty_url: str) -> None:
    """Each revision is applied once, and named."""
    lacking = await pending(empty_url)
    assert lacking[0] == "0001"
    assert await migrate(empty_url) == lacking
    assert await migrate(empty_url) == []
    assert await pending(empty_url) == []


async def test_processes_that_start_together_migrate_once(empty_url: str) -> None:
    """One of them does the work, the others find it done."""
    applied = await asyncio.gather(*(migrate(empty_url) for _ in range(3)))
    assert sorted(map(bool, applied)) == [False, False, True]


async def test_the_migrated_schema_is_that_of_the_tables(url: str) -> None:
    """What the revisions make and what `storage.tables` says are the same."""
    store = await SqlStore.open(url)
    async with store.reading() as reads:
        assert await reads.run(differences) == []
    await store.close()


def differences(connection: Connection) -> list[Any]:
    """List what Alembic would change."""
    return list(compare_metadata(MigrationContext.configure(connection), metadata))


async def test_the_directory_of_a_sqlite_file_is_made(tmp_path: Path) -> None:
    """A first start needs no preparation."""
    assert await migrate(f"sqlite:///{tmp_path}/data/deep/bot.db")
    assert (tmp_path / "data" / "deep" / "bot.db").exists()


def test_urls_are_understood() -> None:
    """The usual spellings of a DATABASE_URL find our drivers; others are refused with what to use."""
    assert understood("postgresql://me@host/bot").drivername == "postgresql+asyncpg"
    assert understood("postgres://me@host/bot").drivername == "postgresql+asyncpg"
    assert understood("sqlite:///data/bot.db").drivername == "sqlite+aiosqlite"
    with pytest.raises(ValueError, match="mysql"):
        understood("mysql://me@host/bot")
    with pytest.raises(ValueError, match="needs a file"):
        understood("sqlite+aiosqlite://")


def test_every_effect_has_its_writer() -> None:
    """A new effect needs a line in `storage.writers`."""
    assert set(FAMILY_OF) == set(get_args(Effect))


def test_the_newest_revision_is_known_without_alembic() -> None:
    """The numbers of the files tell what Alembic would, so that a start need not load it."""
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    assert newest() == ScriptDirectory.from_config(config).get_current_head()
