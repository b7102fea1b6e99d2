"""Reads who managed whom, and when: the units whose figures count for the units above them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from datetime import date, timedelta

from sqlalchemy import (
    CTE,
    ColumnElement,
    Connection,
    Date,
    and_,
    bindparam,
    case,
    exists,
    func,
    literal,
    or_,
    select,
)

from storage.sql import among
from storage.tables import unit_links, units

Days = tuple[date, date]
"""From the first day until the day before the last."""

_EVER = (literal(date.min, Date), literal(date.max, Date))
_SINCE: ColumnElement[date] = bindparam("since", type_=Date)
_UNTIL: ColumnElement[date] = bindparam("until", type_=Date)


def _managing() -> CTE:
    """Give each managing unit under these, with the days on which it was (from, until the day before).

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
    # Whether it manages anybody is asked first: most units do not.
    step = select(unit_links.c.child, since, until).where(
        unit_links.c.parent == tree.c.id,
        unit_links.c.relation == "manages",
        manages.correlate(unit_links),
        since < until,
        since <= _UNTIL,
        until > _SINCE,
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


_TREE = _managing()
_MANAGING = select(_TREE.c.id, _TREE.c.since, _TREE.c.until)


def managing(connection: Connection, under: Sequence[int], since: date, until: date) -> dict[int, list[Days]]:
    """Give each managing unit under these with its days of since..until, apart and in order."""
    found: dict[int, list[Days]] = defaultdict(list)
    given = {"under": under, "since": since, "until": until}
    for unit, first, end in connection.execute(_MANAGING, given):
        found[unit].append((max(first, since), min(end, until + timedelta(days=1))))
    return {unit: _joined(spans) for unit, spans in found.items()}


def _joined(spans: list[Days]) -> list[Days]:
    """Join spans that overlap or touch: a unit may be found on several ways."""
    joined: list[Days] = []
    for first, end in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif first < end:
            joined.append((first, end))
    return joined
