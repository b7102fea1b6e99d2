"""Reads entries of registers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import Connection, bindparam, case, select

from bot.records import Entry, Standing
from storage.reading.units import ROOTS, tree_of
from storage.sql import columns_of
from storage.tables import entries

_ENTRIES = select(*columns_of(entries, Entry))
_BY_ID = _ENTRIES.where(entries.c.id == bindparam("entry"))
_OF = (
    _ENTRIES.where(
        entries.c.register == bindparam("register"),
        entries.c.unit.in_(select(tree_of(ROOTS).c.id)),
        entries.c.standing != Standing.GONE.value,
    )
    .order_by(case((entries.c.standing == Standing.OPEN.value, 0), else_=1), entries.c.at.desc(), entries.c.id)
    .limit(bindparam("most"))
)


def _entry(row: Sequence[Any]) -> Entry:
    found = dict(zip(Entry.__dataclass_fields__, row, strict=True))
    return Entry(**(found | {"standing": Standing(found["standing"])}))


def by_id(connection: Connection, entry: str) -> Entry | None:
    """Give an entry by id."""
    row = connection.execute(_BY_ID, {"entry": entry}).first()
    return _entry(row) if row else None


def of(connection: Connection, under: Sequence[int], register: str, most: int, on: date) -> list[Entry]:
    """List the entries of a register in subtrees."""
    given = {"under": under, "register": register, "most": most, "on": on}
    return [_entry(row) for row in connection.execute(_OF, given)]
