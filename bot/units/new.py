"""A row about a unit that is not in the list yet."""

from __future__ import annotations

from bot.i18n import _
from bot.units.book import Book
from bot.units.changes import New, Relation
from bot.units.entry import Entry
from bot.units.history import History
from bot.units.ties import succeed, tie


def add_new(book: Book, entry: Entry) -> list[New]:
    """Plan a new unit; the list is empty when something is wrong with it."""
    complaints = len(book.problems)
    _require(book, entry)
    check_figures(book, entry, entry.members, entry.workers)
    since = book.beginning(entry)
    parents, managed = tie(book, entry, Relation.MANAGES, (), since)
    recognisers, recognised = tie(book, entry, Relation.RECOGNISES, (), since)
    successions = succeed(book, entry, frozenset(), since)
    names = ((since, entry.name),)
    book.put(History(entry.code, entry.kind, since, entry.until, names, parents, recognisers))
    if len(book.problems) > complaints:
        return []
    links = tuple(change.link for change in (managed, recognised, *successions) if change)
    new = New(entry.code, entry.name, entry.kind, since, entry.until, entry.members, entry.workers, entry.sector, links)
    return [new]


def check_figures(book: Book, entry: Entry, members: int | None, workers: int | None) -> None:
    """Complain where a union has more members than its workplace has workers."""
    if members is not None and workers is not None and members > workers:
        text = _("{members} members are more than the {workers} workers.", members=members, workers=workers)
        book.complain(entry, "members", text)


def _require(book: Book, entry: Entry) -> None:
    if not entry.name and "name" not in entry.broken and "name" in book.columns:
        book.complain(entry, "name", _("{code} is new: it needs a name.", code=entry.code))
    if not entry.kind and "kind" not in entry.broken and "kind" in book.columns:
        book.complain(entry, "kind", _("{code} is new: it needs a kind, like cdcs.", code=entry.code))
