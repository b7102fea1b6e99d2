"""A row about a unit that is in the list already: only what it says differently changes."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta

from bot.i18n import _
from bot.units.book import Book
from bot.units.changes import Change, Closed, Corrected, FiguresChanged, Relation, Renamed
from bot.units.entry import Entry
from bot.units.history import History, ended, renamed
from bot.units.new import check_figures
from bot.units.ties import succeed, tie


def change_known(book: Book, entry: Entry, unit: History) -> list[Change]:
    """Plan what changes of a unit; an empty cell changes nothing."""
    if entry.since and entry.since < unit.since:
        text = _("{code} began on {begin}: nothing can change before that.", code=unit.code, begin=unit.since)
        book.complain(entry, "valid_from", text)
        entry = replace(entry, broken=entry.broken | {"valid_from"})
    changes = [*_dated(book, entry, unit), *_undated(book, entry, unit)]
    changed = book.after(unit.code) or unit
    book.put(replace(changed, until=entry.until or unit.until))
    return [*changes, *_closed(book, entry, unit)]


def _dated(book: Book, entry: Entry, unit: History) -> list[Change]:
    """Plan what takes effect on the row's day, or today."""
    day = entry.since or max(book.today, unit.since)
    name = _renamed(entry, unit, day)
    parents, managed = tie(book, entry, Relation.MANAGES, unit.parents, day)
    recognisers, recognised = tie(book, entry, Relation.RECOGNISES, unit.recognisers, day)
    names = renamed(unit.names, entry.name, day) if name else unit.names
    book.put(replace(unit, names=names, parents=parents, recognisers=recognisers))
    changes = [change for change in (name, managed, recognised) if change]
    if changes and "valid_from" not in entry.broken:
        _check_alive(book, entry, unit, day)
    return [*changes, *succeed(book, entry, unit.predecessors, day)]


def _renamed(entry: Entry, unit: History, day: date) -> Renamed | None:
    before = unit.name_on(day)
    if not entry.name or entry.name == before:
        return None
    return Renamed(unit.code, before, entry.name, day, corrects=any(since == day for since, _name in unit.names))


def _check_alive(book: Book, entry: Entry, unit: History, day: date) -> None:
    until = entry.until or unit.until
    if until and ended(until, day) and not (entry.until and entry.since):  # both in one row: told already
        last = until - timedelta(days=1)
        text = _("the last day of {code} is {last}: nothing can change on {day}.", code=unit.code, last=last, day=day)
        book.complain(entry, "valid_from", text)


def _undated(book: Book, entry: Entry, unit: History) -> list[Change]:
    changes: list[Change] = []
    members = unit.members if entry.members is None else entry.members
    workers = unit.workers if entry.workers is None else entry.workers
    if (members, workers) != (unit.members, unit.workers):
        check_figures(book, entry, members, workers)
        changes.append(FiguresChanged(unit.code, members, workers))
    kind, sector = entry.kind or unit.kind, entry.sector or unit.sector
    if (kind, sector) != (unit.kind, unit.sector):
        changes.append(Corrected(unit.code, kind, sector))
    return changes


def _closed(book: Book, entry: Entry, unit: History) -> Sequence[Closed]:
    if entry.until is None or entry.until == unit.until:
        return ()
    latest = max(_days(unit))
    if latest >= entry.until:
        text = _("{code} cannot end before {day}: something begins or changes then.", code=unit.code, day=latest)
        book.complain(entry, "valid_to", text)
    return (Closed(unit.code, entry.until, unit.until),)


def _days(unit: History) -> list[date]:
    """List the days on which something of a unit begins."""
    spans = [*unit.parents, *unit.recognisers]
    return [unit.since, *(since for since, _name in unit.names), *(span.since for span in spans)]
