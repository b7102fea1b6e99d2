"""Reads what stands behind a number of a digest, parted so that the parts always add up to it."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BigInteger, Connection, Date, Integer, Select, Text, bindparam, cast, func, select

from bot.ports import Cell, Part, Share
from storage.reading.managing import Days, managing
from storage.sql import among
from storage.tables import figures, submissions

_f, _s = figures.c, submissions.c
_DAYS = (_f.day >= bindparam("since", type_=Date), _f.day < bindparam("end", type_=Date))
_FORM = _f.form == bindparam("form", type_=Text)
_CELL = (_f.field == bindparam("field", type_=Text), _f.choice == bindparam("choice", type_=Text))
_MANAGED = among(_f.parent, "parents")
_OWN = _f.submission.in_(select(_s.id).where(among(_s.unit, "under"), _s.current))
_REPORTS = cast(func.count(_f.submission.distinct()), Integer)
_VALUE = cast(func.sum(_f.value), BigInteger)


def _shares(value: Any) -> Select[Any]:
    return select(_f.parent, value, _REPORTS).where(_MANAGED, _FORM, *_DAYS).group_by(_f.parent)


def _parts(value: Any, condition: Any) -> Select[Any]:
    return (
        select(_f.submission, _f.unit, _s.number, _f.day, _f.parent, value)
        .join(submissions, _s.id == _f.submission)
        .where(condition, _FORM, *_DAYS)
        .group_by(_f.submission, _f.unit, _s.number, _f.day, _f.parent)
    )


# With a field its values are added up; without one, reports are counted.
_SHARES = {True: _shares(_VALUE).where(*_CELL), False: _shares(_REPORTS)}
_PARTS = {True: _parts(_VALUE, _MANAGED).where(*_CELL), False: _parts(_REPORTS, _MANAGED)}
_OWN_PARTS = {True: _parts(_VALUE, _OWN).where(*_CELL), False: _parts(_REPORTS, _OWN)}


def shares(connection: Connection, under: Sequence[int], days: tuple[date, date], cell: Cell) -> list[Share]:
    """Part a number among managing units; a root's own reports, that none of them managed, are its own share."""
    found: dict[int, list[int]] = defaultdict(lambda: [0, 0])
    spans = managing(connection, sorted(set(under)), *days)
    for since_end, parents in _alike(spans).items():
        for unit, value, reports in connection.execute(_SHARES[bool(cell.field)], _given(cell, since_end, parents)):
            found[unit][0] += value
            found[unit][1] += reports
    for part in _own(connection, under, days, cell, spans):
        found[part.unit][0] += part.value
        found[part.unit][1] += 1
    return [Share(unit, *told) for unit, told in sorted(found.items(), key=lambda one: (-one[1][0], one[0]))]


def parts(
    connection: Connection, under: Sequence[int], days: tuple[date, date], cell: Cell, only: Collection[int]
) -> list[Part]:
    """List the reports behind the shares of the units `only`."""
    spans = managing(connection, sorted(set(under)), *days)
    found = [part for part in _own(connection, under, days, cell, spans) if part.unit in only]
    for since_end, parents in _alike({unit: spans[unit] for unit in spans if unit in only}).items():
        rows = connection.execute(_PARTS[bool(cell.field)], _given(cell, since_end, parents))
        found += [Part(id_, unit, number, day, value) for id_, unit, number, day, _parent, value in rows]
    return sorted(found, key=lambda one: (-one.value, one.unit, one.day, one.submission))


def _own(
    connection: Connection,
    under: Sequence[int],
    days: tuple[date, date],
    cell: Cell,
    spans: dict[int, list[Days]],
) -> Iterator[Part]:
    """Give the reports of the roots themselves, but for those that another root, or one below, managed that day."""
    whole = (days[0], days[1] + timedelta(days=1))
    given = _given(cell, whole, []) | {"under": sorted(set(under))}
    for id_, unit, number, day, parent, value in connection.execute(_OWN_PARTS[bool(cell.field)], given):
        if not any(first <= day < after for first, after in spans.get(parent, ())):
            yield Part(id_, unit, number, day, value)


def _alike(spans: dict[int, list[Days]]) -> dict[Days, list[int]]:
    """Put the units together that managed on the same days."""
    alike: dict[Days, list[int]] = defaultdict(list)
    for unit, pieces in spans.items():
        for piece in pieces:
            alike[piece].append(unit)
    return alike


def _given(cell: Cell, days: Days, parents: list[int]) -> dict[str, Any]:
    given: dict[str, Any] = {"form": cell.form, "since": days[0], "end": days[1], "parents": parents}
    return given | ({"field": cell.field, "choice": cell.choice} if cell.field else {})
