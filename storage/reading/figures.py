"""Reads figures: sums over what was under a unit on the day of each event, and the latest value of each unit."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import cache
from typing import Any

from sqlalchemy import (
    CTE,
    BigInteger,
    ColumnElement,
    Connection,
    Date,
    Select,
    Subquery,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
    true,
    union_all,
)

from bot.ports import Sum, Tied
from storage.reading.units import ON, tree_of
from storage.sql import among
from storage.tables import figures, submissions, unit_links, units

_EVER = (literal(date.min, Date), literal(date.max, Date))
_SINCE: ColumnElement[date] = bindparam("since", type_=Date)
_UNTIL: ColumnElement[date] = bindparam("until", type_=Date)


def _managing() -> CTE:
    """Give each managing unit under these, with the days on which it was.

    What happened before a unit's first link counts as if that link had held already, as the figures themselves do:
    a unit is often entered into the list later than it began to report.
    """
    roots = select(units.c.id, _EVER[0].label("since"), _EVER[1].label("until"))
    tree = roots.where(among(units.c.id, "under")).cte("managing", recursive=True)
    below = unit_links.alias("below")
    ends = func.coalesce(unit_links.c.valid_to, _EVER[1], type_=Date)
    begins_later = and_(unit_links.c.valid_from > tree.c.since, _has_an_earlier_link())
    since = case((begins_later, unit_links.c.valid_from), else_=tree.c.since)
    until = case((ends < tree.c.until, ends), else_=tree.c.until)
    manages = exists().where(below.c.parent == unit_links.c.child, below.c.relation == "manages")
    step = select(unit_links.c.child, since, until).where(
        unit_links.c.parent == tree.c.id,
        unit_links.c.relation == "manages",
        since < until,
        since <= _UNTIL,
        until > _SINCE,
        manages.correlate(unit_links),
    )
    return tree.union(step)


def _has_an_earlier_link() -> ColumnElement[bool]:
    """Tell that a unit was managed by another one before; links of the same day are told apart by the parent."""
    earlier = unit_links.alias("earlier")
    before = or_(
        earlier.c.valid_from < unit_links.c.valid_from,
        and_(earlier.c.valid_from == unit_links.c.valid_from, earlier.c.parent < unit_links.c.parent),
    )
    links = exists().where(earlier.c.child == unit_links.c.child, earlier.c.relation == "manages", before)
    return links.correlate(unit_links)


def _these(roots: int, *, tied: bool = False) -> Subquery:
    """Give the figures by parent, and those of the roots themselves; `tied`: of reports that made a choice.

    With several roots, one may lie under another: then their figures are first told apart.
    """
    tree = _managing()
    within: ColumnElement[bool] = figures.c.day.between(_SINCE, _UNTIL)
    if tied:
        chosen = figures.alias("chosen")
        made = and_(
            chosen.c.field == bindparam("field", type_=Text), chosen.c.choice == bindparam("choice", type_=Text)
        )
        reports = select(chosen.c.submission).where(made, chosen.c.day.between(_SINCE, _UNTIL))
        within = and_(within, figures.c.submission.in_(reports))
    columns = [figures.c[name] for name in ("submission", "form", "field", "choice", "value", "unit")]
    under = (
        select(*columns)
        .join(tree, tree.c.id == figures.c.parent)
        .where(within, figures.c.day >= tree.c.since, figures.c.day < tree.c.until)
    )
    own = select(*columns).where(within, among(figures.c.unit, "under"))
    return (under.union_all(own) if roots == 1 else under.union(own)).subquery("these")


def _sums(roots: int, *, tied: bool = False) -> Select[Any]:
    """Sum figures, and count the reports that they come from."""
    these = _these(roots, tied=tied)
    key = (these.c.form, these.c.field, these.c.choice)
    total = cast(func.sum(these.c.value), BigInteger)
    return select(*key, total, func.count()).group_by(*key).order_by(*key)


_ONE_ROOT, _SEVERAL_ROOTS = _sums(1), _sums(2)
_TIED = _sums(2, tied=True)
_REPORTING = select(func.count(_these(2, tied=True).c.unit.distinct()))


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


def sums(connection: Connection, under: Sequence[int], since: date, until: date) -> list[Sum]:
    """Sum the figures of the days since..until."""
    roots = sorted(set(under))
    statement = _ONE_ROOT if len(roots) == 1 else _SEVERAL_ROOTS
    given = {"under": roots, "since": since, "until": until}
    return [Sum(*row) for row in connection.execute(statement, given)]


def tied(connection: Connection, under: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> Tied:
    """Sum the figures of the reports that made this choice (field, code), and count the units that filed them."""
    given = {"under": sorted(set(under)), "since": since, "until": until, "field": chosen[0], "choice": chosen[1]}
    units_ = connection.execute(_REPORTING, given).scalar_one()
    return Tied(units_, tuple(Sum(*row) for row in connection.execute(_TIED, given)))


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
