"""Reads sums of figures unit by unit, over what was under units on the day of each event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import BigInteger, Connection, Text, bindparam, cast, func, select

from bot.ports import UnitSum
from storage.reading.figures import alike
from storage.reading.managing import managing
from storage.sql import among
from storage.tables import figures, submissions

_f = figures.c
_KEY = (_f.unit, _f.parent, _f.field, _f.choice)
_DAYS = (_f.form == bindparam("form", type_=Text), _f.day >= bindparam("since"), _f.day < bindparam("end"))
_SUMS = (
    select(*_KEY, cast(func.sum(_f.value), BigInteger), func.count())
    .where(among(_f.parent, "parents"), *_DAYS)
    .group_by(*_KEY)
)
_OWN = select(*_KEY, _f.day, _f.value).where(
    _f.submission.in_(select(submissions.c.id).where(among(submissions.c.unit, "under"), submissions.c.current)), *_DAYS
)


def unit_sums(connection: Connection, under: Sequence[int], since: date, until: date, form: str) -> list[UnitSum]:
    """Sum the figures of a form of the days since..until: of all managed by these units or below, and their own."""
    roots, end = sorted(set(under)), until + timedelta(days=1)
    parents = managing(connection, roots, since, until)
    found: dict[tuple[int, int | None, str, str], list[int]] = defaultdict(lambda: [0, 0])
    for days, units in alike(parents).items():
        given = {"parents": units, "since": days[0], "end": days[1], "form": form}
        for unit, parent, field, choice, value, reports in connection.execute(_SUMS, given):
            _add(found[unit, parent, field, choice], value, reports)
    own = connection.execute(_OWN, {"under": roots, "since": since, "end": end, "form": form})
    for unit, parent, field, choice, day, value in own:
        if not any(first <= day < after for first, after in parents.get(parent, ())):
            _add(found[unit, parent, field, choice], value, 1)
    return [UnitSum(*key, *told) for key, told in found.items()]


def _add(to: list[int], value: int, reports: int) -> None:
    to[0] += value
    to[1] += reports
