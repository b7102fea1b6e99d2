"""What importing a list of units would change, and everything that speaks against it; nothing is written here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import TypeVar

from bot.i18n import _
from bot.units.book import Book
from bot.units.changes import (
    Change,
    Closed,
    Corrected,
    FiguresChanged,
    Moved,
    New,
    Plan,
    Relation,
    Renamed,
    Succeeded,
)
from bot.units.columns import UNITS
from bot.units.entry import Entry, key, read_entries
from bot.units.history import History
from bot.units.known import change_known
from bot.units.new import add_new
from bot.units.problem import Problem
from bot.units.sheet import Sheet
from bot.units.tree import tree_problems

C = TypeVar("C", bound=Change)


def plan(sheet: Sheet, known: Mapping[str, History], today: date) -> Plan:
    """Plan an import. `known` are the units in the database by code; undated changes take effect `today`."""
    if sheet.problems and not sheet.rows:
        return Plan(problems=sheet.problems)
    entries, problems = read_entries(sheet.rows)
    book = Book(known.values(), entries, today, sheet.headings)
    new: list[New] = []
    changes: list[Change] = []
    for entry in entries:
        if unit := book.before(entry.code):
            changes += change_known(book, entry, unit)
        else:
            new += add_new(book, entry)
    problems += _absent_columns(sheet, book, entries)
    problems += book.problems
    problems += tree_problems(book)
    if problems or sheet.problems:
        return Plan(problems=_in_order([*sheet.problems, *problems]))
    return _sorted_out(new, changes, entries)


def _absent_columns(sheet: Sheet, book: Book, entries: Iterable[Entry]) -> list[Problem]:
    """Complain once of a column that new units need, instead of in each of their rows."""
    absent = [column for column in ("name", "kind") if column not in sheet.headings]
    if not absent or all(book.before(entry.code) for entry in entries):
        return []
    text = _("this column is missing, and there are new units in the file.")
    return [Problem(sheet.heading_row, column, text) for column in absent]


def _in_order(problems: Iterable[Problem]) -> tuple[Problem, ...]:
    places = {column.name: place for place, column in enumerate(UNITS.all)}
    return tuple(sorted(dict.fromkeys(problems), key=lambda p: (p.row, places.get(p.column, len(places)))))


def _sorted_out(new: list[New], changes: list[Change], entries: Iterable[Entry]) -> Plan:
    def of(kind: type[C]) -> tuple[C, ...]:
        return tuple(change for change in changes if isinstance(change, kind))

    touched = {key(unit.code) for unit in new} | {key(change.code) for change in changes}
    moves = of(Moved)
    return Plan(
        new=tuple(new),
        renamed=of(Renamed),
        moved=tuple(move for move in moves if move.link.relation is Relation.MANAGES),
        recognised=tuple(move for move in moves if move.link.relation is Relation.RECOGNISES),
        closed=of(Closed),
        figures_changed=of(FiguresChanged),
        corrected=of(Corrected),
        succeeded=of(Succeeded),
        unchanged=tuple(entry.code for entry in entries if key(entry.code) not in touched),
    )
