"""Reads units: what they are called and managed by on a day, what lies under them, what words find."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Date,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from bot.forms.fold import fold
from bot.records import Unit
from storage.sql import among
from storage.tables import unit_links, unit_names, units

ON: ColumnElement[date] = bindparam("on", type_=Date)


def valid(table: Any, on: ColumnElement[date] = ON) -> ColumnElement[bool]:
    """Tell that a dated row holds on a day."""
    return and_(table.c.valid_from <= on, not_closed(table, on))


def not_closed(table: Any, on: ColumnElement[date] = ON) -> ColumnElement[bool]:
    """Tell that a dated row is not over on a day, though it may begin later."""
    return or_(table.c.valid_to.is_(None), table.c.valid_to > on)


def named() -> ColumnElement[str]:
    """Give what a unit is called on the day; before its first name, that one."""
    names = select(unit_names.c.name).where(unit_names.c.unit == units.c.id).correlate(units).limit(1)
    then = names.where(unit_names.c.valid_from <= ON).order_by(unit_names.c.valid_from.desc())
    first = names.order_by(unit_names.c.valid_from)
    return func.coalesce(then.scalar_subquery(), first.scalar_subquery(), "")


def managed_by() -> ColumnElement[int | None]:
    """Give the unit that manages a unit on the day."""
    managing = select(unit_links.c.parent).where(
        unit_links.c.child == units.c.id, unit_links.c.relation == "manages", valid(unit_links)
    )
    latest = managing.order_by(unit_links.c.valid_from.desc()).limit(1)
    return latest.correlate(units).scalar_subquery()


# In the order of the fields of Unit, as they are on the day `on`.
COLUMNS: list[ColumnElement[Any]] = [
    units.c.id,
    units.c.code,
    named().label("name"),
    units.c.kind,
    managed_by().label("parent"),
    units.c.members,
    units.c.workers,
    units.c.valid_from,
    units.c.valid_to,
    func.coalesce(units.c.sector, ""),
]


def tree_of(roots: Select[int]) -> CTE:
    """Give the units managed on the day by these, at any depth, the roots included.

    First those that manage others themselves, which are few, then what they manage. Those stand there twice, to be
    asked for by `in_`: telling 120,000 rows apart would take as long as finding them.
    """
    managers = managers_of(roots)
    return select(managers.c.id).union_all(_children(managers)).cte("these")


def managers_of(roots: Select[int]) -> CTE:
    """Give the units that manage others themselves among these and those managed on the day by them; and all these."""
    tree = roots.cte("tree", recursive=True)
    below = unit_links.alias("below")
    manages = exists().where(below.c.parent == unit_links.c.child, below.c.relation == "manages").correlate(unit_links)
    return tree.union(_children(tree).where(manages))


def _children(of: CTE) -> Select[int]:
    return select(unit_links.c.child).where(
        unit_links.c.parent == of.c.id, unit_links.c.relation == "manages", valid(unit_links)
    )


ROOTS = select(units.c.id).where(among(units.c.id, "under"))
_UNDER = select(*COLUMNS).where(units.c.id.in_(select(tree_of(ROOTS).c.id)), valid(units))
_BY_ID = select(*COLUMNS).where(among(units.c.id, "ids"))
_BY_CODE = select(*COLUMNS).where(units.c.code == bindparam("code"))
_OF_KIND = (
    select(*COLUMNS)
    .where(units.c.kind == bindparam("kind"), valid(units))
    .order_by(units.c.code)
    .limit(bindparam("most"))
)
_SUBTREE = _UNDER.order_by(units.c.code)
_NEXT_BELOW = (
    select(unit_links.c.child)
    .where(among(unit_links.c.parent, "ids"), unit_links.c.relation == "manages", valid(unit_links))
    .limit(bindparam("most"))
)


def _within() -> Select[Any]:
    """Climb from units to those above them, and give the units whose way leads through `under`."""
    start = select(units.c.id, units.c.id.label("above")).where(among(units.c.id, "ids"), valid(units))
    climb = start.cte("climb", recursive=True)
    climbed = climb.union(
        select(climb.c.id, unit_links.c.parent).where(
            unit_links.c.child == climb.c.above, unit_links.c.relation == "manages", valid(unit_links)
        )
    )
    inside = select(climbed.c.id).where(among(climbed.c.above, "under"))
    return select(*COLUMNS).where(units.c.id.in_(inside)).order_by(units.c.code)


_WITHIN = _within()
_PARENTS = (
    select(unit_links.c.child, unit_links.c.valid_from, unit_links.c.valid_to, unit_links.c.parent)
    .where(among(unit_links.c.child, "ids"), unit_links.c.relation == "manages")
    .order_by(unit_links.c.valid_from)
)


def unit_from(row: Sequence[Any]) -> Unit:
    """Read a row of `COLUMNS`."""
    return Unit(*row)


def by_id(connection: Connection, unit: int, on: date) -> Unit | None:
    """Give a unit by id."""
    row = connection.execute(_BY_ID, {"ids": [unit], "on": on}).first()
    return unit_from(row) if row else None


def by_code(connection: Connection, code: str, on: date) -> Unit | None:
    """Give a unit by its code."""
    row = connection.execute(_BY_CODE, {"code": code, "on": on}).first()
    return unit_from(row) if row else None


def of_kind(connection: Connection, kind: str, limit: int, on: date) -> list[Unit]:
    """List valid units of a kind."""
    found = connection.execute(_OF_KIND, {"kind": kind, "on": on, "most": limit})
    return [unit_from(row) for row in found]


def more_than(connection: Connection, under: Sequence[int], most: int, on: date) -> bool:
    """Tell whether more units than that are managed on a day: level by level, so as to see no more than it must."""
    level = list(set(under))
    seen = len(level)
    while level and seen <= most:
        level = list(connection.execute(_NEXT_BELOW, {"ids": level, "on": on, "most": most + 1}).scalars())
        seen += len(level)
    return seen > most


def subtree(connection: Connection, under: Sequence[int], on: date) -> list[Unit]:
    """List the units managed on a day."""
    return [unit_from(row) for row in connection.execute(_SUBTREE, {"under": under, "on": on}).all()]


def within(connection: Connection, under: Sequence[int], these: Sequence[int], on: date) -> list[Unit]:
    """Give those of these units that are managed on a day by others, at any depth."""
    return [unit_from(row) for row in connection.execute(_WITHIN, {"under": under, "ids": these, "on": on})]


@dataclass(frozen=True, slots=True)
class Search:
    """What somebody looks for: every word, somewhere in the code or a name, in the subtrees of `under`."""

    under: Sequence[int]
    words: str
    limit: int


def search(connection: Connection, search: Search, on: date) -> list[Unit]:
    """Find valid units, the one with exactly this code first."""
    wanted = fold(search.words)
    found = _UNDER.where(*[units.c.folded.contains(word, autoescape=True) for word in wanted.split()])
    exact = case((units.c.folded.startswith(f"{wanted} |", autoescape=True), 0), else_=1)
    best = found.order_by(exact, units.c.code).limit(search.limit)
    return [unit_from(row) for row in connection.execute(best, {"under": search.under, "on": on})]


def parents(connection: Connection, these: Sequence[int]) -> dict[int, list[tuple[date, date | None, int]]]:
    """Give the managing units of units, with their dates."""
    found: dict[int, list[tuple[date, date | None, int]]] = {unit: [] for unit in these}
    for child, since, until, parent in connection.execute(_PARENTS, {"ids": these}):
        found[child].append((since, until, parent))
    return found
