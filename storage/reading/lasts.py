"""Reads the latest values of units: of each, or added up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    ScalarSelect,
    Select,
    bindparam,
    cast,
    func,
    literal_column,
    select,
)

from bot.ports import Sum
from storage.reading.units import ROOTS, tree_of, valid
from storage.tables import figures, units

Pairs = tuple[tuple[str, str], ...]  # (form, field)

_UNTIL: ColumnElement[date] = bindparam("until", type_=Date)
_f = figures.c


def _latest(form: str, field: str) -> ScalarSelect[int]:
    """Look up the latest figure of a unit."""
    return (
        select(_f.value)
        .where(_f.unit == units.c.id, _f.form == form, _f.field == field, literal_column("choice = ''"))
        .where(_f.day <= _UNTIL)
        .order_by(_f.day.desc(), _f.filed_at.desc())
        .limit(1)
        .correlate(units)
        .scalar_subquery()
    )


@cache
def _last_values(pairs: Pairs) -> Select[Any]:
    each = [_latest(*pair).label(f"last_{n}") for n, pair in enumerate(pairs)]
    return select(units.c.id, *each).where(units.c.id.in_(select(tree_of(ROOTS).c.id))).order_by(units.c.id)


@cache
def _last_sums(pairs: tuple[tuple[str, str, str], ...]) -> Select[Any]:
    """Add up the latest values, or what the list of units says in the column named."""
    each = [
        func.coalesce(_latest(form, field), units.c[column] if column else None).label(f"last_{n}")
        for n, (form, field, column) in enumerate(pairs)
    ]
    inner = (
        select(*each)
        .where(units.c.id.in_(select(tree_of(ROOTS).c.id)), valid(units))
        .cte("lasts")
        .prefix_with("MATERIALIZED")
    )
    sums: list[ColumnElement[Any]] = [
        of for one in inner.c for of in (cast(func.sum(one), BigInteger), func.count(one))
    ]
    return select(*sums)


def last_values(
    connection: Connection,
    under: Sequence[int],
    until: date,
    fields: Sequence[tuple[str, str]],
    on: date | None = None,
) -> list[tuple[int, str, str, int]]:
    """Give the latest figure of each unit under these on that day (or `on` another), for each (form, field)."""
    pairs = tuple(sorted(set(fields)))
    if not pairs:
        return []
    rows = connection.execute(_last_values(pairs), {"under": under, "on": on or until, "until": until})
    return [
        (unit, form, field, value)
        for unit, *values in rows
        for (form, field), value in zip(pairs, values, strict=True)
        if value is not None
    ]


def last_sums(
    connection: Connection, under: Sequence[int], days: tuple[date, date], fields: Mapping[tuple[str, str], str]
) -> list[Sum]:
    """Add up the latest figures (until the second day) of the units under these (on the first)."""
    if not fields:
        return []
    pairs = tuple((*pair, column) for pair, column in sorted(fields.items()))
    given = {"under": under, "on": days[0], "until": days[1]}
    numbers = iter(connection.execute(_last_sums(pairs), given).one())
    found = [Sum(form, field, "", next(numbers) or 0, next(numbers)) for form, field, _column in pairs]
    return [one for one in found if one.rows]
