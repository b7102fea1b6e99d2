"""Levels made anew from what units told last and from the list of units, and compared with that."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    case,
    cast,
    delete,
    func,
    insert,
    literal,
    literal_column,
    or_,
    select,
    true,
)

from storage.sql import among
from storage.tables import figures, levels, unit_links, units

EVER = date.max
_EVER = literal(EVER, Date)
_f, _l, _k = figures.c, levels.c, unit_links.c
_KEY = ("parent", "form", "field", "day")
NUMBERS = ("value", "units", "members", "workers")


def _later(one: ColumnElement[date], other: ColumnElement[date]) -> ColumnElement[date]:
    return case((one > other, one), else_=other)


def _earlier(one: ColumnElement[date], other: ColumnElement[date]) -> ColumnElement[date]:
    return case((one < other, one), else_=other)


def spans_of(which: ColumnElement[bool]) -> Select[Any]:
    """Give who managed a unit from which day until the day before which, with what the list of units says of it."""
    ends = _earlier(func.coalesce(_k.valid_to, _EVER), func.coalesce(units.c.valid_to, _EVER))
    members, workers = func.coalesce(units.c.members, 0), func.coalesce(units.c.workers, 0)
    return (
        select(
            _k.child.label("unit"),
            _k.parent,
            _later(_k.valid_from, units.c.valid_from).label("since"),
            ends.label("until"),
            members.label("members"),
            workers.label("workers"),
        )
        .join(units, units.c.id == _k.child)
        .where(_k.relation == "manages", which)
    )


def _told(spans: CTE) -> CTE:
    """Give what units told, each until they told the next; what was told again on the same day holds for no day."""
    following = func.lead(_f.day).over(
        partition_by=(_f.unit, _f.form, _f.field), order_by=(_f.day, _f.filed_at, _f.value)
    )
    until = func.coalesce(following, _EVER, type_=Date)
    told = select(_f.unit, _f.form, _f.field, _f.day.label("since"), until.label("until"), _f.value)
    return told.where(_f.last, literal_column("choice = ''"), _f.unit.in_(select(spans.c.unit))).cte("told")


def _steps(which: ColumnElement[bool]) -> CTE:
    """Give by how much each level changes on a day."""
    spans = spans_of(which).cte("spans")
    told = _told(spans)
    listed = (spans.c.members, spans.c.workers)
    since, until = _later(spans.c.since, told.c.since), _earlier(spans.c.until, told.c.until)
    each = select(spans.c.parent, told.c.form, told.c.field, since.label("since"), until.label("until"))
    each = each.add_columns(told.c.value, literal(1).label("units"), *listed).join(told, told.c.unit == spans.c.unit)
    all_ = select(spans.c.parent, literal("").label("form"), literal("").label("field"), spans.c.since, spans.c.until)
    held = each.union_all(all_.add_columns(literal(0), literal(1), *listed)).cte("held")
    key, numbers = (held.c.parent, held.c.form, held.c.field), [held.c[name] for name in NUMBERS]
    begins = select(*key, held.c.since.label("day"), *numbers).where(held.c.since < held.c.until)
    ends = select(*key, held.c.until, *(-number for number in numbers)).where(held.c.since < held.c.until)
    both = begins.union_all(ends.where(held.c.until < _EVER)).subquery("both")
    days = [both.c[name] for name in _KEY]
    return select(*days, *(func.sum(both.c[name]).label(name) for name in NUMBERS)).group_by(*days).cte("steps")


def _levels(which: ColumnElement[bool]) -> Select[Any]:
    steps = _steps(which)
    window: dict[str, Any] = {
        "partition_by": [steps.c[name] for name in _KEY[:-1]],
        "order_by": steps.c.day,
    }
    sums = [
        cast(func.sum(steps.c[name]).over(**window), Integer if name == "units" else BigInteger).label(name)
        for name in NUMBERS
    ]
    return select(*(steps.c[name] for name in _KEY), *sums)


_COLUMNS = [*_KEY, *NUMBERS]
_SOME = among(_k.parent, "parents")
_REBUILD = insert(levels).from_select(_COLUMNS, _levels(true()))
_REBUILD_SOME = insert(levels).from_select(_COLUMNS, _levels(_SOME))
_DROP_SOME = delete(levels).where(among(_l.parent, "parents"))


def _differing() -> Select[Any]:
    """Count the days on which a level changes otherwise than it should."""
    kept = select(
        *(_l[name] for name in _KEY),
        *(
            (
                _l[name] - func.lag(_l[name], 1, 0).over(partition_by=(_l.parent, _l.form, _l.field), order_by=_l.day)
            ).label(name)
            for name in NUMBERS
        ),
    )
    steps = _steps(true())
    meant = select(*(steps.c[name] for name in _KEY), *(-steps.c[name] for name in NUMBERS))
    both = kept.union_all(meant).subquery("compared")
    key = [both.c[name] for name in _KEY]
    left = select(key[0]).group_by(*key).having(or_(*(func.sum(both.c[name]) != 0 for name in NUMBERS)))
    return select(func.count()).select_from(left.subquery("left_over"))


_DIFFERING = _differing()


def rebuild(connection: Connection) -> None:
    """Make all levels anew."""
    connection.execute(delete(levels))
    connection.execute(_REBUILD)


def rebuild_some(connection: Connection, parents: Collection[int]) -> None:
    """Make the levels of some managing units anew."""
    given = {"parents": sorted(parents)}
    connection.execute(_DROP_SOME, given)
    connection.execute(_REBUILD_SOME, given)


def differing(connection: Connection) -> int:
    """Count the levels that are not what units told."""
    return connection.scalar(_DIFFERING) or 0
