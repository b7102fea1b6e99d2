"""What SQL lacks on one database or the other: lists as one parameter, upserts, the local day."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import fields
from datetime import date, datetime
from functools import cache, lru_cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    BindParameter,
    Column,
    ColumnElement,
    Connection,
    Dialect,
    Insert,
    Integer,
    Table,
    Text,
    Update,
    bindparam,
)
from sqlalchemy.dialects import postgresql, sqlite
from sqlalchemy.ext.compiler import compiles
from sqlalchemy.sql.compiler import SQLCompiler
from sqlalchemy.sql.functions import GenericFunction
from sqlalchemy.sql.operators import OperatorType
from sqlalchemy.types import Boolean, TypeDecorator, TypeEngine

from bot.i18n import ZONE


def local_day(now: datetime) -> date:
    """Give the day that it is in Vietnam."""
    return now.astimezone(ZONE).date()


class Listed(TypeDecorator[Sequence[Any]]):
    """A list of any length as one parameter: an array on PostgreSQL, JSON on SQLite."""

    impl = Text
    cache_ok = True

    def __init__(self, item: type[TypeEngine[Any]]) -> None:
        """Keep the type of the items."""
        super().__init__()
        self.item = item

    def load_dialect_impl(self, dialect: Dialect) -> TypeEngine[Any]:
        """Choose how it travels."""
        if dialect.name == "postgresql":
            return dialect.type_descriptor(postgresql.ARRAY(self.item))
        return dialect.type_descriptor(Text())

    def process_bind_param(self, value: Iterable[Any] | None, dialect: Dialect) -> Any:
        """Write the list."""
        items = list(value or ())
        return items if dialect.name == "postgresql" else json.dumps(items)


class Among(GenericFunction[bool]):
    """`column IN list`, whatever its length: neither database counts variables, and the statement stays the same."""

    type = Boolean()
    inherit_cache = True

    def self_group(self, against: OperatorType | None = None) -> Among:
        """Stay as it is: SQLite would be told "= 1", and then not use its indexes."""
        return self


def among(column: ColumnElement[Any], name: str) -> ColumnElement[bool]:
    """Tell that a column is one of the list given as parameter `name`."""
    item = BigInteger if isinstance(column.type, Integer) else Text
    listed: BindParameter[Any] = bindparam(name, type_=Listed(item))
    return Among(column, listed)


@compiles(Among, "sqlite")
def _among_json(element: Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, listed = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} IN (SELECT value FROM json_each({listed}))"  # noqa: S608 (compiled, never typed in)


@compiles(Among, "postgresql")
def _among_array(element: Among, compiler: SQLCompiler, **kw: Any) -> str:
    column, listed = (compiler.process(clause, **kw) for clause in element.clauses)
    return f"{column} = ANY({listed})"


def insert(connection: Connection, table: Table) -> postgresql.Insert | sqlite.Insert:
    """Begin an INSERT that may say what happens on a conflict."""
    return postgresql.insert(table) if connection.dialect.name == "postgresql" else sqlite.insert(table)


class _Once:
    """Puts a value into the words of the driver; one that comes again right after itself is put only once.

    A thousand rows of one batch share their moment, and those of a notice their words.
    """

    __slots__ = ("_given", "_made", "_write")

    def __init__(self, write: Callable[[Any], Any]) -> None:
        self._write = write
        self._given: Any = None
        self._made = write(None)

    def __call__(self, value: Any) -> Any:
        if value is not self._given:
            self._given, self._made = value, self._write(value)
        return self._made


class Rows:
    """A statement for many rows, compiled once: the driver is given tuples.

    SQLAlchemy would build a dictionary of parameters for each row, which costs three times as much as the rest.
    """

    def __init__(self, statement: Insert | Update, dialect: Dialect, names: tuple[str, ...] | None = None) -> None:
        """Compile it for a dialect; `names` are the columns that an INSERT is given."""
        compiled = statement.compile(dialect=dialect, column_keys=names)
        binds = {name: bind for bind, name in compiled.bind_names.items()}
        self._text = str(compiled)
        self._names = tuple(compiled.positiontup or ())
        self._write = [binds[name].type.dialect_impl(dialect).bind_processor(dialect) for name in self._names]

    def run(self, connection: Connection, rows: Iterable[Mapping[str, Any]]) -> None:
        """Execute it for each row."""
        places = [(name, write and _Once(write)) for name, write in zip(self._names, self._write, strict=True)]
        given = [tuple(write(row[name]) if write else row[name] for name, write in places) for row in rows]
        if given:
            connection.exec_driver_sql(self._text, given)


@lru_cache(maxsize=256)
def _prepared(dialect: Dialect, table: Table, names: tuple[str, ...], on_conflict: str) -> Rows:
    statement = postgresql.insert(table) if dialect.name == "postgresql" else sqlite.insert(table)
    if on_conflict == "nothing":
        statement = statement.on_conflict_do_nothing()
    elif on_conflict:
        new = {column.name: column for column in statement.excluded if not table.c[column.name].primary_key}
        sums = {name: table.c[name] + column for name, column in new.items()} if on_conflict == "add up" else new
        statement = statement.on_conflict_do_update(index_elements=list(table.primary_key), set_=sums)
    return Rows(statement, dialect, names)


@lru_cache(maxsize=64)
def prepared(dialect: Dialect, statement: Update) -> Rows:
    """Give an UPDATE of many rows by parameters, ready for the driver."""
    return Rows(statement, dialect)


def _insert(connection: Connection, table: Table, rows: Sequence[dict[str, Any]], on_conflict: str) -> None:
    if rows:
        _prepared(connection.dialect, table, tuple(rows[0]), on_conflict).run(connection, rows)


def put(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert whole rows, or overwrite those with the same primary key; one row for a key."""
    _insert(connection, table, rows, "overwrite")


def add_up(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert whole rows, or add their numbers to those with the same primary key."""
    _insert(connection, table, rows, "add up")


def add_new(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows; those that are there already stay as they are."""
    _insert(connection, table, rows, "nothing")


def add(connection: Connection, table: Table, rows: Sequence[dict[str, Any]]) -> None:
    """Insert rows."""
    _insert(connection, table, rows, "")


@cache
def _fields(value: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(value))


def columns_of(table: Table, value: type) -> list[Column[Any]]:
    """List the columns in the order of the fields of a dataclass, so that a row becomes one by `value(*row)`."""
    return [table.c[name] for name in _fields(value)]


def row_of(value: object) -> dict[str, Any]:
    """Give the fields of a dataclass by name, as they are."""
    kind: Any = type(value)
    return {name: getattr(value, name) for name in _fields(kind)}
