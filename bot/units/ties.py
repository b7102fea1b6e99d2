"""Putting a unit under another one from a day: what changes, and what speaks against it."""

from __future__ import annotations

from datetime import date, timedelta

from bot.i18n import _
from bot.units.book import Book, Life
from bot.units.changes import Link, Moved, Relation, Succeeded
from bot.units.entry import Entry, key
from bot.units.history import Span, earlier, ended, redirected, span_on

COLUMN = {Relation.MANAGES: "parent", Relation.RECOGNISES: "recognised_by", Relation.SUCCESSOR_OF: "successor_of"}
Spans = tuple[Span, ...]


def tie(book: Book, entry: Entry, relation: Relation, spans: Spans, day: date) -> tuple[Spans, Moved | None]:
    """Tie a unit as its row says from `day` on; give its spans then, and the change if there is any."""
    wanted = entry.parent if relation is Relation.MANAGES else entry.recognised_by
    other = _other(book, entry, relation, wanted) if wanted else None
    if other is None or "valid_from" in entry.broken:
        return spans, None
    start = _start(book, entry, spans, other, day)
    old = span_on(spans, start)
    if old and key(old.code) == key(other.code):
        return spans, None
    if not _open(book, entry, COLUMN[relation], other, start):
        return spans, None
    spans, new = redirected(spans, other.code, start)
    if relation is Relation.MANAGES:
        book.put_span(entry.code, new)
    return spans, _moved(book, entry, relation, old, new)


def _start(book: Book, entry: Entry, spans: Spans, other: Life, day: date) -> date:
    """Many a union is older than the one that manages it today: it is tied from when both are there."""
    own = book.life(entry.code)
    gone_before = own is not None and ended(own.until, other.since)
    return day if span_on(spans, day) or gone_before else max(day, other.since)


def succeed(book: Book, entry: Entry, known: frozenset[str], day: date) -> list[Succeeded]:
    """Give the units before this one that the list does not know of yet."""
    others = (_other(book, entry, Relation.SUCCESSOR_OF, code) for code in entry.successor_of)
    new = [other.code for other in others if other and other.code not in known]
    return [Succeeded(spelled(book, entry), Link(Relation.SUCCESSOR_OF, code, day)) for code in new]


def spelled(book: Book, entry: Entry) -> str:
    """Give a unit's code as the database spells it."""
    unit = book.before(entry.code)
    return unit.code if unit else entry.code


def _other(book: Book, entry: Entry, relation: Relation, code: str) -> Life | None:
    other = book.life(code)
    if key(code) == key(entry.code):
        book.complain(entry, COLUMN[relation], _("a unit cannot be tied to itself."))
        return None
    if other is None:
        text = _("{code} is neither in this file nor in the list of units.", code=code)
        book.complain(entry, COLUMN[relation], text)
    return other


def _open(book: Book, entry: Entry, column: str, other: Life, day: date) -> bool:
    if day < other.since:
        text = _("{code} begins only on {begin}, after {day}.", code=other.code, begin=other.since, day=day)
    elif other.until and ended(other.until, day):
        last = other.until - timedelta(days=1)
        text = _("{code} is closed: its last day is {last}, before {day}.", code=other.code, last=last, day=day)
    else:
        return True
    book.complain(entry, column, text)
    return False


def _moved(book: Book, entry: Entry, relation: Relation, old: Span | None, new: Span) -> Moved:
    life = book.life(entry.code)
    link = Link(relation, new.code, new.since, earlier(new.until, life.until if life else None))
    before = (old.code, old.since) if old else ("", None)
    return Moved(spelled(book, entry), link, *before)
