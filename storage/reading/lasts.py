"""Reads the latest values of units, of each; storage.reading.levels adds them up."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    ScalarSelect,
    Select,
    bindparam,
    literal_column,
    select,
)

from storage.reading.units import ROOTS, tree_of
from storage.tables import figures, units

Pairs = tuple[tuple[str, str], ...]  # (form, field)

_UNTIL: ColumnElement[date] = bindparam("until", type_=Date)
_f = figures.c


def latest(form: str, field: str) -> ScalarSelect[int]:
    """Look up the latest figure of a unit, on the day `until` or before."""
    return (
        select(_f.value)
        .where(_f.unit == units.c.id, _f.form == form, _f.field == field, literal_column("choice = ''"))
        .where(_f.day <= _UNTIL)
        .order_by(_f.day.desc(), _f.filed_at.desc(), _f.value.desc())
        .limit(1)
        .correlate(units)
        .scalar_subquery()
    )


@cache
def _last_values(pairs: Pairs) -> Select[Any]:
    each = [latest(*pair).label(f"last_{n}") for n, pair in enumerate(pairs)]
    return select(units.c.id, *each).where(units.c.id.in_(select(tree_of(ROOTS).c.id))).order_by(units.c.id)


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
