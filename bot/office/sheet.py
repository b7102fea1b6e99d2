"""A sheet of the office's book: its columns, and how its rows become rules."""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Final

from bot.i18n import Text
from bot.reporting.cells import Row, Wrong
from bot.units.cells import read_day
from bot.units.columns import Column as Heading
from bot.units.columns import Columns
from bot.units.problem import CellError

Rows = tuple[Row, ...]


YES_NO: Final = ("có", "không")


class Kind(StrEnum):
    """What the cells of a column are to a spreadsheet."""

    TEXT = "text"
    WHOLE = "whole"
    DAY = "day"


@dataclass(frozen=True, slots=True)
class Column:
    """One column. `heading` stands above it, in Vietnamese as in the office's other lists; `note` explains it."""

    name: str
    heading: str
    note: Text
    width: int = 14
    kind: Kind = Kind.TEXT
    choices: tuple[str, ...] = ()  # offered by the spreadsheet as a list
    needed: bool = False


@dataclass(frozen=True, slots=True)
class Sheet:
    """One sheet. `read` gives what its rows mean, and everything that is wrong with them."""

    name: str
    title: str  # of the sheet in the workbook, at most 31 characters
    about: Text
    columns: tuple[Column, ...]
    keys: tuple[str, ...]  # the columns that tell one row from the others
    read: Callable[[Sequence[Row], Collection[str]], tuple[Any, list[Wrong]]]  # rows, report kinds
    defaults: Callable[[], Rows]

    @property
    def headings(self) -> Columns:
        """Give the columns as the reader of spreadsheets knows them."""
        return Columns(*(Heading(one.name, (one.heading,), one.needed) for one in self.columns))

    def key(self, row: Row) -> tuple[str, ...]:
        """Give what tells a row from the others."""
        return tuple(row.get(name, "").strip().lower() for name in self.keys)

    def heading(self, column: str) -> str:
        """Give what stands above a column."""
        return next((one.heading for one in self.columns if one.name == column), column)


def canonical(words: str, kind: Kind) -> str:
    """Give a cell as it is stored, however it was typed: a day as 2027-02-13."""
    if kind is not Kind.DAY:
        return words
    try:
        return read_day(words).isoformat()
    except CellError:  # told with all that is wrong, when the sheet is read
        return words


def tidy(rows: Iterable[Row]) -> Rows:
    """Give rows without their empty cells, and without empty rows."""
    kept = ({name: cell for name, cell in row.items() if cell} for row in rows)
    return tuple(row for row in kept if row)
