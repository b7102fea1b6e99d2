"""The revisions of the schema, as Alembic knows them. Imported only where one is lacking: Alembic costs a quarter of a
second and ten megabytes, which a start on a database that is up to date need not pay."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from sqlalchemy import Connection

MIGRATIONS = Path(__file__).parent / "migrations"


def lacking(connection: Connection) -> list[str]:
    """Name the revisions that a database lacks, the first to apply first."""
    script = ScriptDirectory.from_config(_config(connection))
    current = MigrationContext.configure(connection).get_current_revision()
    revisions = script.iterate_revisions(script.get_current_head(), current)
    return [revision.revision for revision in revisions][::-1]


def known(connection: Connection) -> set[str]:
    """Name every revision that this version of the program has."""
    script = ScriptDirectory.from_config(_config(connection))
    return {revision.revision for revision in script.walk_revisions()}


def upgrade(connection: Connection, to: str = "head") -> list[str]:
    """Apply what a database lacks, up to a revision; name what it lacked."""
    names = lacking(connection)
    if names:
        command.upgrade(_config(connection), to)
    return names


def _config(connection: Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    config.attributes["connection"] = connection
    return config
