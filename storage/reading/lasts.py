"""Reads figures: the latest value of each unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import Connection, Select, Text, bindparam, select, true, union_all

from storage.reading.units import ON, tree_of
from storage.sql import among
from storage.tables import figures, submissions, units


@cache
def _last_values(pairs: int) -> Select[Any]:
    """Look up the latest figure of each unit, for so many pairs of form and field."""
    named = [
        select(bindparam(f"form_{n}", type_=Text).label("form"), bindparam(f"field_{n}", type_=Text).label("field"))
        for n in range(pairs)
    ]
    wanted = union_all(*named).subquery("wanted")
    latest = (
        select(figures.c.value)
        .join(submissions, submissions.c.id == figures.c.submission)
        .where(
            figures.c.unit == units.c.id,
            figures.c.form == wanted.c.form,
            figures.c.field == wanted.c.field,
            figures.c.choice == "",
            figures.c.day <= ON,
        )
        .order_by(figures.c.day.desc(), submissions.c.filed_at.desc())
        .limit(1)
        .correlate(units, wanted)
        .scalar_subquery()
    )
    tree = tree_of(select(units.c.id).where(among(units.c.id, "under")))
    each = select(units.c.id, wanted.c.form, wanted.c.field, latest).join_from(units, wanted, true())
    return each.where(units.c.id.in_(select(tree.c.id))).order_by(units.c.id, wanted.c.form, wanted.c.field)


def last_values(
    connection: Connection, under: Sequence[int], until: date, fields: Sequence[tuple[str, str]]
) -> list[tuple[int, str, str, int]]:
    """Give the latest figure of each unit under these on that day, for each (form, field)."""
    pairs = sorted(set(fields))
    if not pairs:
        return []
    given: dict[str, Any] = {"under": under, "on": until}
    for n, (form, field) in enumerate(pairs):
        given |= {f"form_{n}": form, f"field_{n}": field}
    rows = connection.execute(_last_values(len(pairs)), given)
    return [(unit, form, field, value) for unit, form, field, value in rows if value is not None]
