"""Keeps levels in step with what units tell, in the transaction that files it."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Text,
    bindparam,
    func,
    literal_column,
    select,
    update,
)

from storage.levels import EVER, NUMBERS, spans_of
from storage.sql import among, insert
from storage.tables import figures, levels, unit_links, units

Key = tuple[int, str, str]
"""Unit, form, field."""

Told = tuple[date, datetime, int]
"""What a unit told of a field: the day it is about, when it was filed, the value."""

_f, _l = figures.c, levels.c
_LOCK = select(units.c.id).where(among(units.c.id, "parents")).order_by(units.c.id).with_for_update(key_share=True)
_TOLD = select(_f.unit, _f.form, _f.field, _f.day, _f.filed_at, _f.value).where(
    among(_f.unit, "units"), among(_f.form, "forms"), literal_column("choice = ''")
)
_SPANS = spans_of(among(unit_links.c.child, "units"))


@dataclass(frozen=True, slots=True)
class Held:
    """A value that a unit under this one holds from a day until the day before another."""

    parent: int
    form: str
    field: str
    since: date
    until: date
    value: int
    members: int
    workers: int


def keep_levels(
    connection: Connection, added: Sequence[Mapping[str, Any]], dropped: Sequence[Mapping[str, Any]]
) -> None:
    """Change the levels by rows of `figures` that were just added and dropped, those that hold until the next one."""
    changed = {_key(row) for row in (*added, *dropped) if row["last"]}
    if not changed:
        return
    spans = _spans(connection, {unit for unit, _form, _field in changed})
    _lock(connection, {span.parent for of_unit in spans.values() for span in of_unit})
    after = _told(connection, changed)
    before = _before(after, added, dropped)
    moved = Counter[Held]()
    for key in sorted(changed):
        moved.update(_held(key, after[key], spans[key[0]]))
        moved.subtract(_held(key, before[key], spans[key[0]]))
    _move(connection, {held: times for held, times in moved.items() if times})


def _key(row: Mapping[str, Any]) -> Key:
    return row["unit"], row["form"], row["field"]


def _spans(connection: Connection, these: set[int]) -> Mapping[int, list[Any]]:
    found: dict[int, list[Any]] = defaultdict(list)
    for span in connection.execute(_SPANS, {"units": sorted(these)}):
        found[span.unit].append(span)
    return found


def _lock(connection: Connection, parents: set[int]) -> None:
    """Let nobody else change these levels until the end: each change depends on what the one before it left."""
    if connection.dialect.name == "postgresql":
        connection.execute(_LOCK, {"parents": sorted(parents)})


def _told(connection: Connection, keys: set[Key]) -> dict[Key, list[Told]]:
    given = {"units": sorted({unit for unit, _, _ in keys}), "forms": sorted({form for _, form, _ in keys})}
    found: dict[Key, list[Told]] = {key: [] for key in keys}
    for unit, form, field, *told in connection.execute(_TOLD, given):
        if (unit, form, field) in found:
            found[unit, form, field].append(tuple(told))
    return found


def _before(
    after: Mapping[Key, Sequence[Told]], added: Iterable[Mapping[str, Any]], dropped: Iterable[Mapping[str, Any]]
) -> dict[Key, list[Told]]:
    told = {key: Counter(values) for key, values in after.items()}
    for rows, times in ((added, -1), (dropped, 1)):
        for row in rows:
            if row["last"]:
                told[_key(row)][row["day"], row["filed_at"], row["value"]] += times
    return {key: list(values.elements()) for key, values in told.items()}


def _held(key: Key, told: Sequence[Told], spans: Iterable[Any]) -> Iterator[Held]:
    _unit, form, field = key
    in_order = sorted(told)
    ends = [*(day for day, _at, _value in in_order), EVER][1:]
    for (day, _at, value), end in zip(in_order, ends, strict=True):
        for span in spans:
            since, until = max(day, span.since), min(end, span.until)
            if since < until:
                yield Held(span.parent, form, field, since, until, value, span.members, span.workers)


_this_level = (
    _l.parent == bindparam("of_parent", type_=Integer),
    _l.form == bindparam("of_form", type_=Text),
    _l.field == bindparam("of_field", type_=Text),
)
_MOVE = (
    update(levels)
    .where(*_this_level, _l.day >= bindparam("since", type_=Date), _l.day < bindparam("until", type_=Date))
    .values({name: _l[name] + bindparam(f"more_{name}") for name in NUMBERS})
)


def _before_day(name: str) -> ColumnElement[int]:
    """Give a number of the level as it stands just before a day."""
    latest = select(_l[name]).where(*_this_level, _l.day < bindparam("of_day", type_=Date))
    return func.coalesce(latest.order_by(_l.day.desc()).limit(1).scalar_subquery(), 0)


_OPEN = select(
    bindparam("of_parent", type_=Integer),
    bindparam("of_form", type_=Text),
    bindparam("of_field", type_=Text),
    bindparam("of_day", type_=Date),
    *(_before_day(name) for name in NUMBERS),
)


def _move(connection: Connection, moved: Mapping[Held, int]) -> None:
    """Let each level begin anew on the days on which it will change, then change it until the next of them."""
    days = {(one.parent, one.form, one.field, day) for one in moved for day in (one.since, one.until) if day < EVER}
    opened = [dict(zip(("of_parent", "of_form", "of_field", "of_day"), day, strict=True)) for day in sorted(days)]
    if opened:
        open_ = insert(connection, levels).from_select(["parent", "form", "field", "day", *NUMBERS], _OPEN)
        connection.execute(open_.on_conflict_do_nothing(), opened)
        connection.execute(_MOVE, [_change(one, times) for one, times in moved.items()])


def _change(one: Held, times: int) -> dict[str, Any]:
    return {
        "of_parent": one.parent,
        "of_form": one.form,
        "of_field": one.field,
        "since": one.since,
        "until": one.until,
        "more_value": one.value * times,
        "more_units": times,
        "more_members": one.members * times,
        "more_workers": one.workers * times,
    }
