"""Copies all tables out of a database in one snapshot, and into an empty one, be it SQLite or PostgreSQL."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final, Protocol

from sqlalchemy import (
    BigInteger,
    Boolean,
    Column,
    Connection,
    Date,
    Integer,
    MetaData,
    Result,
    Table,
    Text,
    inspect,
    text,
)
from sqlalchemy import insert as into
from sqlalchemy.types import TypeEngine

from storage.columns import Json, Moment
from storage.engine import open_engines
from storage.migrate import newest, on_database
from storage.refusals import refusals_named
from storage.store import transaction
from storage.tables import metadata

Shapes = Mapping[str, Mapping[str, str]]
"""For each table the kind of each column; tables that others refer to come first."""

ROWS_AT_ONCE: Final = 1_000
KINDS: Final[dict[str, TypeEngine[Any]]] = {
    "moment": Moment(),
    "date": Date(),
    "json": Json,
    "boolean": Boolean(),
    "integer": BigInteger(),
    "text": Text(),
}
# What had still to be said when the copy was made has long been said, or is too late now.
_SAY_NO_MORE: Final = "UPDATE outbox SET state = 'uncertain' WHERE state IN ('pending', 'sending')"


class OccupiedError(Exception):
    """The database to copy into has reports or people in it, or somebody uses it."""


class UnknownRevisionError(Exception):
    """The copy was made by a newer version of this program."""


class Rows(Protocol):
    """Some rows as `Piece` has them, wherever they come from."""

    @property
    def table(self) -> str:
        """Which."""

    @property
    def lines(self) -> str:
        """A list of values each."""


@dataclass(frozen=True, slots=True)
class Piece:
    """Some rows of one table, as lines of JSON: one list of values a row, in the order of its columns."""

    table: str
    lines: str
    rows: int


def shapes() -> Shapes:
    """Describe the tables of this version."""
    return {table.name: {one.name: _kind(one) for one in table.columns} for table in metadata.sorted_tables}


def _kind(column: Column[Any]) -> str:
    for name, kind in KINDS.items():
        if isinstance(column.type, type(kind)):
            return name
    if isinstance(column.type, Integer):
        return "integer"
    raise TypeError(f"{column}: columns of type {column.type} cannot be copied")


async def copy_out(url: str) -> AsyncIterator[Piece]:
    """Read every table, as they all were at one moment; nobody is held up meanwhile.

    Raises StoreBusy when the database cannot be read.
    """
    engines = open_engines(url)
    try:
        async with transaction(engines.reader) as connection:
            for table in metadata.sorted_tables:
                rows = await connection.run_sync(_opened, table)
                while some := await connection.run_sync(_next, rows):
                    yield Piece(table.name, "".join(_line(row) for row in some), len(some))
    finally:
        await engines.close()


def _opened(connection: Connection, table: Table) -> Result[Any]:
    return connection.execute(table.select(), execution_options={"stream_results": True})


def _next(_connection: Connection, rows: Result[Any]) -> Sequence[Sequence[Any]]:
    return rows.fetchmany(ROWS_AT_ONCE)


def _line(row: Sequence[Any]) -> str:
    return json.dumps(tuple(row), ensure_ascii=False, separators=(",", ":"), default=_plain) + "\n"


def _plain(value: object) -> Any:
    if isinstance(value, datetime | date):
        return value.isoformat()
    return dict(value)  # type: ignore[call-overload]  # what was read as JSON is a mapping of our own


async def copy_in(url: str, revision: str, told: Shapes, pieces: Iterable[Rows], *, replace: bool = False) -> None:
    """Fill a database with what was copied out at a revision, and bring it up to date.

    All of it in one transaction: what goes wrong on the way changes nothing. What was still to be said is not said.
    Raises OccupiedError when there is something in it and `replace` is not set, UnknownRevisionError for a revision
    that this version does not know, StoreBusy when the database cannot be written.
    """

    def fill(connection: Connection) -> None:
        if not replace and _occupied(connection):
            raise OccupiedError("there are units or people in it already")
        _empty(connection)
        _lay_out(connection, revision)
        tables = {name: _table(name, kinds) for name, kinds in told.items()}
        for piece in pieces:
            _put(connection, tables[piece.table], piece)
        _count_on(connection)
        _up_to_date(connection)
        connection.execute(text(_SAY_NO_MORE))

    await on_database(url, fill)


async def last_alive(url: str) -> datetime | None:
    """Tell when the program that uses this database was seen last; None where it never was."""

    def ask(connection: Connection) -> datetime | None:
        if not inspect(connection).has_table("clock_marks"):
            return None
        marks = metadata.tables["clock_marks"]
        found: datetime | None = connection.execute(
            marks.select().with_only_columns(marks.c.until).where(marks.c.name == "alive")
        ).scalar_one_or_none()
        return found

    return await on_database(url, ask)


def _occupied(connection: Connection) -> bool:
    there = set(inspect(connection).get_table_names())
    wanted = [name for name in ("units", "people", "submissions") if name in there]
    return any(connection.execute(text(f"SELECT 1 FROM {name} LIMIT 1")).first() for name in wanted)  # noqa: S608


def _empty(connection: Connection) -> None:
    """Drop every table there is, whatever version made it."""
    there = MetaData()
    there.reflect(connection)
    there.drop_all(connection)


def _lay_out(connection: Connection, revision: str) -> None:
    from storage import revisions

    if revision not in revisions.known(connection):
        raise UnknownRevisionError(f"revision {revision} is not known here; the newest is {newest()}")
    revisions.upgrade(connection, revision)


def _up_to_date(connection: Connection) -> None:
    from storage import revisions

    revisions.upgrade(connection)
    if connection.dialect.name == "sqlite" and (broken := connection.exec_driver_sql("PRAGMA foreign_key_check").all()):
        raise ValueError(f"references lead nowhere: {broken[:5]}")


def _table(name: str, kinds: Mapping[str, str]) -> Table:
    return Table(name, MetaData(), *(Column(column, KINDS[kind]) for column, kind in kinds.items()))


def _put(connection: Connection, table: Table, piece: Rows) -> None:
    columns = [(column.name, _reader(column)) for column in table.columns]
    rows = [
        {name: value if value is None else read(value) for (name, read), value in zip(columns, row, strict=True)}
        for row in map(json.loads, piece.lines.split("\n")[:-1])
    ]
    with refusals_named():
        connection.execute(into(table), rows)


def _reader(column: Column[Any]) -> Callable[[Any], Any]:
    if isinstance(column.type, Moment):
        return datetime.fromisoformat
    return date.fromisoformat if isinstance(column.type, Date) else lambda value: value


def _count_on(connection: Connection) -> None:
    """Let PostgreSQL count on from the largest number of each column that counts by itself."""
    if connection.dialect.name != "postgresql":
        return
    owned = (
        "SELECT s.relname, t.relname, a.attname FROM pg_class s JOIN pg_depend d ON d.objid = s.oid AND d.deptype IN"
        " ('a', 'i') JOIN pg_class t ON t.oid = d.refobjid JOIN pg_attribute a ON a.attrelid = t.oid AND"
        " a.attnum = d.refobjsubid WHERE s.relkind = 'S' AND t.relnamespace = 'public'::regnamespace"
    )
    for sequence, table, column in connection.execute(text(owned)).all():
        last = f'(SELECT max("{column}") FROM "{table}")'  # noqa: S608
        connection.execute(text(f"SELECT setval('\"{sequence}\"', coalesce({last}, 1), {last} IS NOT NULL)"))
