"""A workbook that somebody changed, back into the office's book; every problem by sheet, row and column."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.i18n import Plain, Text, _, listed
from bot.office.book import Book, BookError, BookProblem, Numbers
from bot.office.importing import Current, Proposal
from bot.office.sheet import Rows, Sheet, canonical
from bot.office.sheets import GUIDE, SHEETS
from bot.targets.columns import SHEET as TARGETS_SHEET
from bot.units.columns import heading_key
from bot.units.grids import Grid, read_workbook
from bot.units.problem import CellError
from bot.units.sheet import Row, read_grid

LARGEST: Final = 5_000  # rows of one sheet


@dataclass(slots=True)
class _Found:
    """What a workbook holds, while it is read."""

    sheets: dict[str, Rows] = field(default_factory=dict)
    numbers: dict[str, tuple[int, ...]] = field(default_factory=dict)
    problems: list[BookProblem] = field(default_factory=list)


def propose(path: Path, now: Current) -> Proposal:
    """Read a workbook and what it means. Raises BookError with everything that is wrong with it."""
    book, numbers = read_book(path, now.book)
    book.read(numbers)
    return Proposal(now, book)


def read_book(path: Path, before: Book) -> tuple[Book, Numbers]:
    """Read a workbook over the book in force; a sheet that is not in the file stays as it was.

    Also tells where the rows stand in the file. Raises BookError when the file cannot be read, or its headings.
    What the cells mean is for `Book.read` to say.
    """
    found = _Found()
    try:
        for title, grid in read_workbook(path):
            _take(found, title, grid)
    except CellError as bad:
        raise BookError([BookProblem("", 0, "", bad.text)]) from None
    if not found.sheets and not found.problems:
        titles = listed(*(Plain(sheet.title) for sheet in SHEETS))
        found.problems.append(
            BookProblem("", 0, "", _("This workbook has none of the sheets: {sheets}.", sheets=titles))
        )
    if found.problems:
        raise BookError(found.problems)
    return before.with_sheets(found.sheets), found.numbers


def _take(found: _Found, title: str, grid: Grid) -> None:
    sheet = _called(title)
    if sheet is None:
        if heading_key(title) == heading_key(TARGETS_SHEET):
            own = _("targets have a file of their own: python -m bot targets import FILE.")
            found.problems.append(BookProblem(title, 0, "", own))
        elif heading_key(title) != heading_key(GUIDE) and any(any(cells) for cells in grid):
            titles = listed(*(Plain(one.title) for one in SHEETS))
            text = _("nobody knows this sheet; the sheets are: {sheets}.", sheets=titles)
            found.problems.append(BookProblem(title, 0, "", text))
        return
    if sheet.name in found.sheets:
        found.problems.append(BookProblem(title, 0, "", _("this sheet is in the file twice.")))
        return
    read = read_grid(grid, sheet.headings)
    found.problems += [
        BookProblem(title, one.row, sheet.heading(one.column) if one.column else "", one.text) for one in read.problems
    ]
    found.problems += [BookProblem(title, 0, "", text) for text in _too_long(read.rows)]
    kinds = {column.name: column.kind for column in sheet.columns}
    found.sheets[sheet.name] = tuple(
        {name: canonical(cell, kinds[name]) for name, cell in row.cells.items()} for row in read.rows
    )
    found.numbers[sheet.name] = tuple(row.number for row in read.rows)


def _too_long(rows: tuple[Row, ...]) -> Iterator[Text]:
    if len(rows) > LARGEST:
        yield _("this sheet has {count} rows, at most {most} will do.", count=len(rows), most=LARGEST)


def _called(title: str) -> Sheet | None:
    return next((one for one in SHEETS if heading_key(title) in {heading_key(one.title), heading_key(one.name)}), None)
