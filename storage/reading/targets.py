"""Reads targets, and for each of some units the figures that they are measured by."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from sqlalchemy import BigInteger, Connection, Date, Integer, bindparam, cast, func, literal_column, select

from bot.ports import Assignment, Sum
from bot.records import Target, Unit
from storage.reading import figures as added_up
from storage.reading.units import COLUMNS, named, unit_from, valid
from storage.sql import among, columns_of
from storage.tables import figures, submissions, targets, unit_links, units

_c, _f = targets.c, figures.c
_OF = columns_of(targets, Target)
_YEAR = bindparam("year", type_=Integer)
# Written out: a partial index is only taken where its condition stands in the statement.
_IN_FORCE = select(*_OF).where(literal_column("current"), _c.year == _YEAR, among(_c.unit, "units"))
_ALL = (
    select(units.c.code, *_OF)
    .join(units, units.c.id == _c.unit)
    .where(literal_column("current"), _c.year == _YEAR)
    .order_by(units.c.code, _c.indicator)
)
_VERSIONS = (
    select(_c.version, _c.person, _c.at, *_OF)
    .where(_c.unit == bindparam("unit"), _c.indicator == bindparam("indicator"), _c.year == _YEAR)
    .order_by(_c.version.desc())
)
_OWN = (
    select(_f.unit, _f.form, _f.field, _f.choice, cast(func.sum(_f.value), BigInteger), cast(func.count(), Integer))
    .where(
        _f.submission.in_(select(submissions.c.id).where(among(submissions.c.unit, "units"), submissions.c.current)),
        among(_f.form, "forms"),
        _f.day >= bindparam("since", type_=Date),
        _f.day < bindparam("end", type_=Date),
    )
    .group_by(_f.unit, _f.form, _f.field, _f.choice)
    .order_by(_f.unit, _f.form, _f.field, _f.choice)
)
_NAMES = select(units.c.code, named().label("name"))
_MANAGERS = (
    select(unit_links.c.parent)
    .where(among(unit_links.c.parent, "units"), unit_links.c.relation == "manages")
    .distinct()
)
_BELOW = (
    select(*COLUMNS)
    .where(
        units.c.id.in_(
            select(unit_links.c.child).where(
                unit_links.c.parent == bindparam("unit"), unit_links.c.relation == "manages", valid(unit_links)
            )
        ),
        valid(units),
    )
    .order_by(units.c.code)
)


def in_force(connection: Connection, these: Sequence[int], year: int) -> list[Target]:
    """Give the targets in force of units."""
    found = connection.execute(_IN_FORCE, {"units": these, "year": year})
    return sorted((Target(*row) for row in found), key=lambda one: (one.unit, one.indicator))


def of_year(connection: Connection, year: int) -> list[tuple[str, Target]]:
    """Give every target in force, with the code of its unit."""
    return [(code, Target(*row)) for code, *row in connection.execute(_ALL, {"year": year})]


def versions(connection: Connection, unit: int, indicator: str, year: int) -> list[Assignment]:
    """List every version of a target."""
    found = connection.execute(_VERSIONS, {"unit": unit, "indicator": indicator, "year": year})
    return [Assignment(Target(*row), version, person, at) for version, person, at, *row in found]


def sums_each(
    connection: Connection, these: Sequence[int], since: date, until: date, forms: Sequence[str]
) -> dict[int, list[Sum]]:
    """Sum for each unit apart: those that never managed any in one statement, each of the few others by itself."""
    managers = set(connection.execute(_MANAGERS, {"units": these}).scalars())
    alone = [unit for unit in these if unit not in managers]
    found: dict[int, list[Sum]] = defaultdict(list)
    if alone:
        given: dict[str, Any] = {"units": alone, "forms": forms, "since": since, "end": until + timedelta(days=1)}
        for unit, *told in connection.execute(_OWN, given):
            found[unit].append(Sum(*told))
    for unit in sorted(managers):
        found[unit] = [one for one in added_up.sums(connection, [unit], since, until) if one.form in forms]
    return {unit: found.get(unit, []) for unit in these}


def unit_ids(connection: Connection) -> dict[str, int]:
    """Give the ids of all units by code."""
    return dict(connection.execute(select(units.c.code, units.c.id)).all())


def unit_names(connection: Connection, on: date) -> dict[str, str]:
    """Give the names of all units by code."""
    return dict(connection.execute(_NAMES, {"on": on}).all())


def managed(connection: Connection, unit: int, on: date) -> list[Unit]:
    """List the units that a unit manages itself."""
    return [unit_from(row) for row in connection.execute(_BELOW, {"unit": unit, "on": on})]
