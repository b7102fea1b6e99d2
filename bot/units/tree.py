"""What can be wrong with the tree as a whole: circles, and units that would be left under a closed one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from datetime import date, timedelta
from typing import Final

from bot.i18n import Plain, _, listed
from bot.units.book import Book
from bot.units.entry import Entry, key
from bot.units.history import History, Span, earlier, ended
from bot.units.problem import Problem

SHOWN: Final = 3


def tree_problems(book: Book) -> list[Problem]:
    """Find what the rows would do to the tree, on any day."""
    found = [problem for at in book.moved for problem in _circle(book, book.entries[at])]
    return [*found, *_outlived(book), *_left_behind(book)]


def _circle(book: Book, entry: Entry) -> Iterator[Problem]:
    """Complain when a unit would one day be managed by itself, through however many others."""
    way = _way_back(book, key(entry.code), book.moved[key(entry.code)])
    if way:
        units = listed(*(Plain(span.code) for span in way))
        text = _("{code} would be managed by itself: {units}.", code=entry.code, units=units)
        yield Problem(entry.row, "parent", text)


def _way_back(book: Book, goal: str, span: Span) -> list[Span]:
    """Climb from unit to unit within the days of a span; give the way when it leads back to the goal."""
    came_from: dict[Span, Span | None] = {span: None}
    climbing = [span]
    while climbing:
        at = climbing.pop()
        if key(at.code) == goal:
            return _way(came_from, at)
        unit = book.after(at.code)
        for above in unit.parents if unit else ():
            higher = Span(above.code, max(at.since, above.since), earlier(at.until, above.until))
            if not ended(higher.until, higher.since) and higher not in came_from:
                came_from[higher] = at
                climbing.append(higher)
    return []


def _way(came_from: dict[Span, Span | None], last: Span) -> list[Span]:
    way, at = [last], came_from[last]
    while at:
        way.append(at)
        at = came_from[at]
    return way[::-1]


def _end(unit: History, span: Span) -> date | None:
    """Tell when a unit stops being managed so, at the latest with its own end."""
    return earlier(span.until, unit.until)


def _outlasts(unit: History, span: Span, until: date) -> bool:
    """Tell whether the unit is still managed so on the day when the managing one is no more."""
    return span.since < until and not ended(_end(unit, span), until)


def _closing(book: Book) -> dict[str, date]:
    """List the units that the file closes, with the first day on which they are no more."""
    rows = ((at, entry, book.before(at)) for at, entry in book.entries.items() if entry.until)
    return {at: entry.until for at, entry, unit in rows if entry.until and not (unit and unit.until == entry.until)}


def _left_behind(book: Book) -> Iterator[Problem]:
    """Complain of units that are closed while they still manage others."""
    closing = _closing(book)
    left: dict[str, list[str]] = defaultdict(list)
    for unit in book.everybody() if closing else ():
        for span in unit.parents:
            until = closing.get(key(span.code))
            if until and _outlasts(unit, span, until):
                left[key(span.code)].append(unit.code)
    for at, codes in left.items():
        more = [Plain("…")] if len(codes) > SHOWN else []
        units = listed(*map(Plain, sorted(codes)[:SHOWN]), *more)
        text = _(
            "units stay under it after that day: {units} ({count}). Move or close them.", units=units, count=len(codes)
        )
        yield Problem(book.entries[at].row, "valid_to", text)


def _outlived(book: Book) -> Iterator[Problem]:
    """Complain of units that a row puts under one whose end is known already, beyond that end."""
    closing = _closing(book)
    for at, span in book.moved.items():
        unit, parent = book.after(at), book.after(span.code)
        if unit and parent and parent.until and key(span.code) not in closing and _outlasts(unit, span, parent.until):
            last = parent.until - timedelta(days=1)
            text = _("{code} is closed: its last day is {last}, the unit goes on.", code=parent.code, last=last)
            yield Problem(book.entries[at].row, "parent", text)
