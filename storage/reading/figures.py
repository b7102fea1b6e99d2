"""Reads sums of figures over what was under units on the day of each event: whole halves of months from totals."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime, time, timedelta
from typing import Any

from sqlalchemy import (
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    Text,
    bindparam,
    cast,
    func,
    select,
)

from bot.i18n import ZONE
from bot.ports import Sum, Tied
from storage.columns import Moment
from storage.halves import half_of, next_half
from storage.reading.managing import Days, managing
from storage.sql import among
from storage.tables import figures, submissions, totals

_SINCE: ColumnElement[date] = bindparam("since", type_=Date)
_END: ColumnElement[date] = bindparam("end", type_=Date)  # the first day after

_f, _t = figures.c, totals.c


def _grouped(table: Any, value: ColumnElement[int], reports: ColumnElement[int]) -> Select[Any]:
    key = (table.c.form, table.c.field, table.c.choice)
    return select(*key, cast(func.sum(value), BigInteger), cast(reports, Integer)).group_by(*key)


_FROM_TOTALS = _grouped(totals, _t.value, func.sum(_t.reports)).where(
    among(_t.parent, "parents"), _t.half >= _SINCE, _t.half < _END
)
_FROM_FIGURES = _grouped(figures, _f.value, func.count()).where(
    among(_f.parent, "parents"), _f.day >= _SINCE, _f.day < _END
)
_OWN = select(_f.parent, _f.day, _f.form, _f.field, _f.choice, _f.value).where(
    _f.submission.in_(select(submissions.c.id).where(among(submissions.c.unit, "under"), submissions.c.current)),
    _f.day >= _SINCE,
    _f.day < _END,
)

# Reports that made one choice: "it was for this anniversary".
_chosen = figures.alias("chosen")
_CHOSEN = _f.submission.in_(
    select(_chosen.c.submission).where(
        _chosen.c.field == bindparam("field", type_=Text),
        _chosen.c.choice == bindparam("choice", type_=Text),
        _chosen.c.day >= _SINCE,
        _chosen.c.day < _END,
    )
)
_TIED = _FROM_FIGURES.where(_CHOSEN)
_TIED_UNITS = select(_f.unit).where(_CHOSEN, among(_f.parent, "parents"), _f.day >= _SINCE, _f.day < _END).distinct()
_CHOSE = (
    select(submissions.c.unit)
    .join(figures, _f.submission == submissions.c.id)
    .where(among(submissions.c.unit, "units"), submissions.c.current)
    .where(submissions.c.filed_at >= bindparam("filed_since", type_=Moment))  # nothing is reported before it happened
    .where(_f.field == bindparam("field", type_=Text), _f.choice == bindparam("choice", type_=Text))
    .where(_f.day >= _SINCE, _f.day < _END)
    .distinct()
)
_TIED_OWN = _OWN.add_columns(_f.unit).where(_CHOSEN)


def sums(connection: Connection, under: Sequence[int], since: date, until: date) -> list[Sum]:
    """Sum the figures of the days since..until: of all that was managed by these units or below, and their own."""
    roots, end = sorted(set(under)), until + timedelta(days=1)
    parents = managing(connection, roots, since, until)
    found: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for statement, days, units in _pieces(parents):
        given = {"parents": units, "since": days[0], "end": days[1]}
        for *key, value, reports in connection.execute(statement, given):
            _add(found[tuple(key)], value, reports)
    own = connection.execute(_OWN, {"under": roots, "since": since, "end": end})
    for parent, day, *key, value in own:
        if not any(first <= day < after for first, after in parents.get(parent, ())):
            _add(found[tuple(key)], value, 1)
    return [Sum(*key, value, reports) for key, (value, reports) in sorted(found.items()) if reports]


def _add(to: list[int], value: int, reports: int) -> None:
    to[0] += value
    to[1] += reports


def _pieces(parents: Mapping[int, Sequence[Days]]) -> Iterator[tuple[Select[Any], Days, list[int]]]:
    """Part the days of units into whole halves, which stand in `totals`, and the rest; units with the same together."""
    alike: dict[tuple[bool, Days], list[int]] = defaultdict(list)
    for unit, spans in parents.items():
        for days in spans:
            for whole, piece in _parts(days):
                alike[whole, piece].append(unit)
    for (whole, piece), units in alike.items():
        yield _FROM_TOTALS if whole else _FROM_FIGURES, piece, units


def _parts(days: Days) -> Iterator[tuple[bool, Days]]:
    since, end = days
    first, last = next_half(since), half_of(end)
    if first >= last:
        yield False, days
        return
    yield True, (first, last)
    yield from ((False, edge) for edge in ((since, first), (last, end)) if edge[0] < edge[1])


def tied(connection: Connection, under: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> Tied:
    """Sum the figures of the reports that made this choice (field, code), and count the units that filed them."""
    roots, end = sorted(set(under)), until + timedelta(days=1)
    choice = {"field": chosen[0], "choice": chosen[1]}
    parents = managing(connection, roots, since, until)
    found: dict[tuple[str, str, str], list[int]] = defaultdict(lambda: [0, 0])
    reporting: set[int] = set()
    for days, units in alike(parents).items():
        given = {"parents": units, "since": days[0], "end": days[1], **choice}
        reporting.update(connection.execute(_TIED_UNITS, given).scalars())
        for *key, value, reports in connection.execute(_TIED, given):
            _add(found[tuple(key)], value, reports)
    own = connection.execute(_TIED_OWN, {"under": roots, "since": since, "end": end, **choice})
    for parent, day, *key, value, unit in own:
        reporting.add(unit)
        if not any(first <= day < after for first, after in parents.get(parent, ())):
            _add(found[tuple(key)], value, 1)
    return Tied(len(reporting), tuple(Sum(*key, *told) for key, told in sorted(found.items())))


def chose(connection: Connection, units: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> set[int]:
    """Tell which units have a report with this choice (field, code)."""
    filed_since = datetime.combine(since, time(), ZONE)
    days = {"since": since, "end": until + timedelta(days=1), "filed_since": filed_since}
    given = {"units": units, "field": chosen[0], "choice": chosen[1], **days}
    return set(connection.execute(_CHOSE, given).scalars())


def alike(parents: Mapping[int, Sequence[Days]]) -> dict[Days, list[int]]:
    """Put the units together that managed on the same days."""
    alike: dict[Days, list[int]] = defaultdict(list)
    for unit, spans in parents.items():
        for days in spans:
            alike[days].append(unit)
    return alike
