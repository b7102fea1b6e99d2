"""Reads who managed whom, and when: the units whose figures count for the units above them.

Of 120,000 units some thousands manage others. Their links are read once in a transaction, whatever days are asked for:
finding out which units manage any takes longer than all that follows from it.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from typing import Any
from weakref import WeakKeyDictionary

from sqlalchemy import CTE, ColumnElement, Connection, Date, Integer, Select, and_, cast, exists, null, or_, select

from storage.sql import among
from storage.tables import unit_links, units

Days = tuple[date, date]
"""From the first day until the day before the last."""

Held = tuple[int, date, date]
"""A managing unit that was under those asked for, from a day until the day before another one."""


@dataclass(frozen=True, slots=True)
class _Link:
    """That somebody managed a unit which itself manages others."""

    unit: int
    since: date
    until: date
    first: bool  # nobody managed it before


@dataclass(frozen=True, slots=True)
class _Links:
    """Those of the units asked for that there are, and the links below them by who manages."""

    roots: tuple[int, ...]
    below: Mapping[int, Sequence[_Link]]


def _links() -> Select[Any]:
    """Give each managing unit that ever was under these, with its link to the one above, and these with no link."""
    no_link = (
        cast(null(), Integer).label("parent"),
        cast(null(), Date).label("since"),
        cast(null(), Date).label("end"),
    )
    roots = select(units.c.id, *no_link).where(among(units.c.id, "under"))
    tree = roots.cte("managing", recursive=True)
    link = unit_links.c
    step = select(link.child, link.parent, link.valid_from, link.valid_to).where(
        link.parent == tree.c.id, link.relation == "manages", _manages()
    )
    tree = tree.union(step)
    return select(tree.c.id, tree.c.parent, tree.c.since, tree.c.end, _has_an_earlier_link(tree))


def _manages() -> ColumnElement[bool]:
    """Tell that a unit manages any itself: by looking, for PostgreSQL would turn EXISTS into reading all links."""
    below = unit_links.alias("below")
    any_ = select(below.c.parent).where(below.c.parent == unit_links.c.child, below.c.relation == "manages").limit(1)
    return any_.correlate(unit_links).scalar_subquery().is_not(None)


def _has_an_earlier_link(link: CTE) -> ColumnElement[bool]:
    """Tell that a unit was managed by another one before; links of the same day are told apart by the parent."""
    earlier = unit_links.alias("earlier")
    before = or_(
        earlier.c.valid_from < link.c.since,
        and_(earlier.c.valid_from == link.c.since, earlier.c.parent < link.c.parent),
    )
    return exists().where(earlier.c.child == link.c.id, earlier.c.relation == "manages", before).correlate(link)


_LINKS = _links()
_READ: WeakKeyDictionary[Connection, dict[tuple[int, ...], _Links]] = WeakKeyDictionary()


def managing(connection: Connection, under: Sequence[int], since: date, until: date) -> dict[int, list[Days]]:
    """Give each managing unit under these with its days of since..until, apart and in order.

    What happened before a unit's first link counts as if that link had held already, as the figures themselves do:
    a unit is often entered into the list later than it began to report.
    """
    end = until + timedelta(days=1)
    found: dict[int, list[Days]] = defaultdict(list)
    for unit, first, after in _held(_links_under(connection, under), since, end):
        found[unit].append((max(first, since), min(after, end)))
    return {unit: _joined(spans) for unit, spans in found.items()}


def managers(connection: Connection, under: Sequence[int], on: date) -> list[int]:
    """List these units, and those managed by them on a day, at any depth, that manage others themselves."""
    links = _links_under(connection, under)
    found = dict.fromkeys(links.roots)
    todo = list(found)
    while todo:
        here = [link.unit for link in links.below.get(todo.pop(), ()) if link.since <= on < link.until]
        todo += [unit for unit in here if unit not in found]
        found.update(dict.fromkeys(here))
    return sorted(found)


def _links_under(connection: Connection, under: Sequence[int]) -> _Links:
    """Read the links; no transaction that reads them changes them."""
    wanted = tuple(sorted(set(under)))
    read = _READ.setdefault(connection, {})
    if wanted not in read:
        read[wanted] = _read(connection, wanted)
    return read[wanted]


def _read(connection: Connection, under: tuple[int, ...]) -> _Links:
    below: dict[int, list[_Link]] = defaultdict(list)
    there = set()
    for unit, parent, since, until, later in connection.execute(_LINKS, {"under": under}).all():
        there.add(unit)
        if parent is not None:
            below[parent].append(_Link(unit, since, until or date.max, not later))
    return _Links(tuple(unit for unit in under if unit in there), below)


def _held(links: _Links, since: date, end: date) -> Iterator[Held]:
    """Go down from the roots, which hold at all times; a link holds while all links above it do."""
    todo: list[Held] = [(root, date.min, date.max) for root in links.roots]
    seen = set(todo)
    while todo:
        yield (held := todo.pop())
        below = [one for link in links.below.get(held[0], ()) if (one := _through(link, held))]
        new = [one for one in below if one[1] < end and one[2] > since and one not in seen]
        seen.update(new)
        todo += new


def _through(link: _Link, above: Held) -> Held | None:
    _unit, since, until = above
    first, after = since if link.first else max(since, link.since), min(until, link.until)
    return (link.unit, first, after) if first < after else None


def _joined(spans: list[Days]) -> list[Days]:
    """Join spans that overlap or touch: a unit may be found on several ways."""
    joined: list[Days] = []
    for first, end in sorted(spans):
        if joined and first <= joined[-1][1]:
            joined[-1] = joined[-1][0], max(end, joined[-1][1])
        elif first < end:
            joined.append((first, end))
    return joined
