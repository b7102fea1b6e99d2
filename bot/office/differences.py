"""What is different between two books, in words: rows that are new, gone or changed, by sheet."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Final

from bot.i18n import Text, _, _n, lines
from bot.office.book import Book
from bot.office.sheet import Sheet
from bot.office.sheets import SHEETS
from bot.reporting.cells import Row

EMPTY: Final = "–"


@dataclass(frozen=True, slots=True)
class Difference:
    """One row that is not as it was; `before` None: it is new, `after` None: it is gone."""

    sheet: Sheet
    before: Row | None
    after: Row | None

    def line(self) -> Text:
        """Give it as one line."""
        row = self.after if self.after is not None else self.before
        name = " · ".join(row.get(key, EMPTY) for key in self.sheet.keys) if row is not None else EMPTY
        gaps = {"sheet": self.sheet.title, "row": name}
        if self.before is None:
            return _("{sheet}: {row} is new ({cells}).", cells=self._cells(), **gaps)
        if self.after is None:
            return _("{sheet}: {row} is gone.", **gaps)
        return _("{sheet}: {row}: {cells}.", cells=self._cells(), **gaps)

    def _cells(self) -> str:
        changed = []
        for column in self.sheet.columns:
            old, new = ((row or {}).get(column.name, "") for row in (self.before, self.after))
            if old != new and not (self.before is None and column.name in self.sheet.keys):
                shown = new or EMPTY
                changed.append(
                    f"{column.heading} {shown}" if self.before is None else f"{column.heading} {old or EMPTY} → {shown}"
                )
        return "; ".join(changed)


def differences(before: Book, after: Book) -> list[Difference]:
    """List what is different, sheet by sheet in the order of the rows."""
    return [one for sheet in SHEETS for one in _in(sheet, before, after)]


def _in(sheet: Sheet, before: Book, after: Book) -> Iterator[Difference]:
    old = {sheet.key(row): row for row in before.rows(sheet)}
    new = {sheet.key(row): row for row in after.rows(sheet)}
    for key, row in new.items():
        if old.get(key) != row:
            yield Difference(sheet, old.get(key), row)
    yield from (Difference(sheet, row, None) for key, row in old.items() if key not in new)


def told(found: list[Difference], most: int) -> Text:
    """Tell the differences, at most so many by name."""
    if not found:
        return _("Nothing is different from the book in force.")
    rest = len(found) - most
    more = _n("… and {count} more.", "… and {count} more.", rest) if rest > 0 else None
    count = _n("{count} row is different:", "{count} rows are different:", len(found))
    return lines(count, *(one.line() for one in found[:most]), more)
