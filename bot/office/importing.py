"""Taking over another book: what it changes against the one in force, and the effects that put it in force."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.effects import Audit, Effect, KeepBook
from bot.office.book import Book, stored_book
from bot.office.differences import Difference, differences
from bot.office.sheet import Rows
from bot.ports import Reads
from bot.records import BookVersion

OPERATOR: Final = "operator"
SEND, LOOK, TAKE = "send_book", "look_at_book", "take_book"  # jobs
NAMED: Final = 15  # differences and problems that fit into a message


@dataclass(frozen=True, slots=True)
class Current:
    """The book in force and its number; 0: none was ever stored."""

    version: int
    book: Book


@dataclass(frozen=True, slots=True)
class Proposal:
    """A book that is sound, beside the one in force."""

    current: Current
    book: Book

    @property
    def differences(self) -> list[Difference]:
        """List what it would change."""
        return differences(self.current.book, self.book)

    def effects(self, at: datetime, by: str, note: str) -> tuple[Effect, ...]:
        """Put it in force, by a person (or the operator), with a word on where it came from."""
        new = BookVersion(self.current.version + 1, at, by, note, self.book.stored())
        return KeepBook(new), Audit(at, by, "settings", str(new.version), note)


async def current(reads: Reads, shipped: Mapping[str, Rows]) -> Current:
    """Give the book in force."""
    stored = await reads.newer_book(0)
    return Current(0, Book(shipped)) if stored is None else Current(stored.version, stored_book(shipped, stored.sheets))


async def bring_back(reads: Reads, shipped: Mapping[str, Rows], now: Current, version: int) -> Proposal | None:
    """Propose an earlier version again (0: what ships), or None where there is none with that number.

    Raises BookError when it is of no use to this version of the program.
    """
    if version == 0:
        return Proposal(now, Book(shipped))
    stored = await reads.book(version)
    if stored is None:
        return None
    book = stored_book(shipped, stored.sheets)
    book.read()
    return Proposal(now, book)
