"""Writes targets: each a new version, which takes the place of the one before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, select, update

from bot.effects import Assign
from bot.records import Target
from storage.sql import add, among, prepared, row_of
from storage.tables import targets

_c = targets.c
_LATEST = select(_c.unit, _c.indicator, _c.year, func.max(_c.version)).where(among(_c.unit, "units"))
_LATEST = _LATEST.group_by(_c.unit, _c.indicator, _c.year)
_OVER = (
    update(targets)
    .where(
        _c.unit == bindparam("of_unit"),
        _c.indicator == bindparam("of_indicator"),
        _c.year == bindparam("of_year"),
        _c.version < bindparam("before"),
    )
    .values(current=bindparam("now_current"))
)


def assign(connection: Connection, effects: Sequence[Assign], _now: datetime) -> None:
    """Insert versions; none is ever changed but for no longer being the current one."""
    for effect in effects:
        _assign(connection, effect)


def _assign(connection: Connection, effect: Assign) -> None:
    these = list({_key(one): one for one in effect.targets}.values())
    last = connection.execute(_LATEST, {"units": sorted({one.unit for one in these})})
    versions = {(unit, indicator, year): version for unit, indicator, year, version in last}
    rows = [
        {
            **row_of(one),
            "version": versions.get(_key(one), 0) + 1,
            "person": effect.person,
            "at": effect.at,
            "current": True,
        }
        for one in these
    ]
    over = [
        {
            "of_unit": row["unit"],
            "of_indicator": row["indicator"],
            "of_year": row["year"],
            "before": row["version"],
            "now_current": False,
        }
        for row in rows
        if row["version"] > 1
    ]
    prepared(connection.dialect, _OVER).run(connection, over)
    add(connection, targets, rows)


def _key(one: Target) -> tuple[int, str, int]:
    return one.unit, one.indicator, one.year
