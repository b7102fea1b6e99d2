"""The office's book: the rows of all sheets, what they mean together, and everything that is wrong with them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from bot.i18n import Code, Text, _
from bot.office.sheet import Rows, Sheet, tidy
from bot.office.sheets import SHEETS
from bot.reporting.cells import Wrong
from bot.reporting.kinds import REPORT_KINDS

Numbers = Mapping[str, tuple[int, ...]]
"""For each sheet, where its rows stand in the spreadsheet."""


@dataclass(frozen=True, slots=True)
class BookProblem:
    """One thing to mend: sheet and column by the words that stand there, the row as the spreadsheet counts it."""

    sheet: str  # empty: the whole file
    row: int  # 0: the whole sheet
    column: str  # may be empty
    text: Text

    def line(self) -> Text:
        """Give it as one line to show."""
        if not self.sheet:
            return self.text
        sheet, row, text = self.sheet, Code(self.row), self.text
        if not self.row:
            return _("Sheet “{sheet}”: {text}", sheet=sheet, text=text)
        if not self.column:
            return _("Sheet “{sheet}”, row {row}: {text}", sheet=sheet, row=row, text=text)
        column = self.column
        return _("Sheet “{sheet}”, row {row}, column {column}: {text}", sheet=sheet, row=row, column=column, text=text)


class BookError(Exception):
    """A book cannot be used; `problems` has everything that is wrong with it."""

    def __init__(self, problems: Iterable[BookProblem]) -> None:
        """Keep them all."""
        self.problems = tuple(problems)
        super().__init__(f"{len(self.problems)} problems in the office's book of settings")


@dataclass(frozen=True, slots=True)
class Book:
    """The rows of every sheet; a sheet that is not there is as it ships. Equal books say the same."""

    sheets: Mapping[str, Rows] = field(default_factory=dict)

    def rows(self, sheet: Sheet) -> Rows:
        """Give the rows of a sheet."""
        return self.sheets[sheet.name] if sheet.name in self.sheets else sheet.defaults()

    def with_sheets(self, sheets: Mapping[str, Rows]) -> Book:
        """Give the book with some sheets changed."""
        return Book({**self.sheets, **{name: tidy(rows) for name, rows in sheets.items()}})

    def read(self, numbers: Numbers | None = None) -> dict[str, Any]:
        """Give what each sheet means, by its name. Raises BookError with every problem; `numbers` tells their rows."""
        meanings: dict[str, Any] = {}
        problems: list[BookProblem] = []
        for sheet in SHEETS:
            meanings[sheet.name], wrong = sheet.read(self.rows(sheet), REPORT_KINDS)
            problems += _named(sheet, wrong, (numbers or {}).get(sheet.name))
        if problems:
            raise BookError(problems)
        return meanings

    def stored(self) -> dict[str, list[dict[str, str]]]:
        """Give every sheet as it is stored, those that are as they ship too."""
        return {sheet.name: [dict(row) for row in self.rows(sheet)] for sheet in SHEETS}


def stored_book(shipped: Mapping[str, Rows], sheets: Mapping[str, Any]) -> Book:
    """Give the book that was stored, over what ships; sheets that this version of the program lacks are left out."""
    known = {sheet.name for sheet in SHEETS}
    return Book(shipped).with_sheets({name: rows for name, rows in sheets.items() if name in known})


def _named(sheet: Sheet, wrong: Iterable[Wrong], rows: tuple[int, ...] | None) -> Iterator[BookProblem]:
    for one in wrong:
        row = rows[one.row] if rows and one.row < len(rows) else one.row + 2  # row 1 is the heading
        yield BookProblem(sheet.title, row, sheet.heading(one.column) if one.column else "", one.text)
