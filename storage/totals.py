"""Totals made anew from the figures, and compared with them."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Integer,
    Select,
    cast,
    delete,
    func,
    insert,
    or_,
    select,
    true,
)

from storage.halves import half_of_column
from storage.sql import among
from storage.tables import figures, totals

_f, _t = figures.c, totals.c
_KEY = (_t.parent, _t.half, _t.form, _t.field, _t.choice)


def _summed(which: ColumnElement[bool]) -> Select[Any]:
    key = (_f.parent, half_of_column(_f.day).label("half"), _f.form, _f.field, _f.choice)
    value = cast(func.sum(_f.value), BigInteger).label("value")
    reports = cast(func.count(), Integer).label("reports")
    return select(*key, value, reports).where(_f.parent.is_not(None), which).group_by(*key)


_COLUMNS = [*totals.c.keys()]
_REBUILD = insert(totals).from_select(_COLUMNS, _summed(true()))
_REBUILD_SOME = insert(totals).from_select(_COLUMNS, _summed(among(_f.parent, "parents")))
_DROP_SOME = delete(totals).where(among(_t.parent, "parents"))

_both = _summed(true()).union_all(select(*_KEY, -_t.value, -_t.reports)).subquery("both")
_left = (
    select(_both.c.parent)
    .group_by(*(_both.c[column.name] for column in _KEY))
    .having(or_(func.sum(_both.c.value) != 0, func.sum(_both.c.reports) != 0))
)
_DIFFERING = select(func.count()).select_from(_left.subquery("left_over"))


def rebuild(connection: Connection) -> None:
    """Make all totals anew."""
    connection.execute(delete(totals))
    connection.execute(_REBUILD)


def rebuild_some(connection: Connection, parents: Collection[int]) -> None:
    """Make the totals of some managing units anew."""
    given = {"parents": sorted(parents)}
    connection.execute(_DROP_SOME, given)
    connection.execute(_REBUILD_SOME, given)


def differing(connection: Connection) -> int:
    """Count the totals that are not what their figures add up to."""
    return connection.scalar(_DIFFERING) or 0
