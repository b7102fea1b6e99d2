"""Reads the latest values of units added up: those of all that others manage stand in `levels`."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import BigInteger, ColumnElement, Connection, Select, Text, bindparam, cast, func, select

from bot.ports import Sum
from storage.levels import NUMBERS
from storage.reading.lasts import latest
from storage.reading.managing import managers
from storage.reading.units import ON, valid
from storage.sql import among
from storage.tables import levels, unit_links, units

_l, _e = levels.c, levels.alias("earlier").c
_FORM, _FIELD = bindparam("form", type_=Text), bindparam("field", type_=Text)
_SINCE_WHEN = (
    select(func.max(_e.day))
    .where(_e.parent == units.c.id, _e.form == _FORM, _e.field == _FIELD, _e.day <= ON)
    .correlate(units)
    .scalar_subquery()
)
_SUMS = (
    select(*(cast(func.coalesce(func.sum(_l[name]), 0), BigInteger) for name in NUMBERS))
    .select_from(units)
    .join(levels, _l.parent == units.c.id)
    .where(among(units.c.id, "parents"), _l.form == _FORM, _l.field == _FIELD, _l.day == _SINCE_WHEN)
)
_MANAGED = select(unit_links.c.child).where(
    among(unit_links.c.child, "these"),
    among(unit_links.c.parent, "parents"),
    unit_links.c.relation == "manages",
    valid(unit_links),
)


@cache
def _own(form: str, field: str, column: str) -> Select[Any]:
    """Add up what some units told themselves, or what the list of units says in the column named."""
    told = latest(form, field)
    listed: ColumnElement[Any] = func.coalesce(told, units.c[column] if column else None)
    each = select(listed.label("value"), told.label("told")).where(among(units.c.id, "these"), valid(units)).subquery()
    sums: list[ColumnElement[Any]] = [func.coalesce(func.sum(each.c.value), 0), func.count(each.c.told)]
    casts: list[ColumnElement[Any]] = [cast(one, BigInteger) for one in sums]
    return select(*casts)


def last_sums(
    connection: Connection, under: Sequence[int], on: date, fields: Mapping[tuple[str, str], str]
) -> list[Sum]:
    """Add up the latest figures, on a day, of the units that these manage on it, and their own."""
    if not fields:
        return []
    given: dict[str, Any] = {"parents": managers(connection, under, on), "these": sorted(set(under)), "on": on}
    managed = set(connection.execute(_MANAGED, given).scalars())
    given["these"] = [unit for unit in given["these"] if unit not in managed]
    listed = _level(connection, given, "", "")
    found = []
    for (form, field), column in sorted(fields.items()):
        told = _level(connection, given, form, field)
        value, units_ = connection.execute(_own(form, field, column), {**given, "until": on}).one()
        value += told["value"] + (listed[column] - told[column] if column else 0)
        found.append(Sum(form, field, "", value, units_ + told["units"]))
    return [one for one in found if one.rows or one.value]


def _level(connection: Connection, given: Mapping[str, Any], form: str, field: str) -> dict[str, int]:
    row = connection.execute(_SUMS, {**given, "form": form, "field": field}).one()
    return dict(zip(NUMBERS, row, strict=True))
