"""A spreadsheet into rows by column name: the heading is found, understood and complained about here."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Final

from bot.forms.fold import clean
from bot.i18n import Plain, Text, _, listed
from bot.units.columns import Columns
from bot.units.grids import Grid, read_grids
from bot.units.problem import CellError, Problem

HEADING_WITHIN: Final = 20  # rows from the top: a title and a department's name may stand above the heading
_EXCEL_ERRORS: Final = ("#N/A", "#REF!", "#NAME?", "#VALUE!", "#DIV/0!", "#NUM!", "#NULL!")


@dataclass(frozen=True, slots=True)
class Row:
    """One row: its number in the spreadsheet, and the cells that are not empty, by column name."""

    number: int
    cells: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Sheet:
    """What a file holds. `headings` gives for each column that is there the words above it."""

    rows: tuple[Row, ...] = ()
    headings: Mapping[str, str] = field(default_factory=dict)
    heading_row: int = 1
    problems: tuple[Problem, ...] = ()


def read_sheet(path: Path, columns: Columns) -> Sheet:
    """Read a CSV or XLSX file with these columns; whatever is wrong with it stands in `problems`."""
    best: tuple[int, Grid] = (0, [])
    try:
        for grid in read_grids(path):
            _at, known = _find_heading(grid, columns)
            if known > best[0]:
                best = (known, grid)
    except CellError as bad:
        return Sheet(problems=(Problem(0, "", bad.text),))
    return read_grid(best[1], columns)


def read_grid(grid: Grid, columns: Columns) -> Sheet:
    """Read one sheet with these columns; whatever is wrong with it stands in `problems`."""
    at, known = _find_heading(grid, columns)
    if not known:
        wanted = listed(*(Plain(column.name) for column in columns.all))
        text = _("No row with column headings was found. The columns are: {columns}.", columns=wanted)
        return Sheet(problems=(Problem(0, "", text),))
    return _with_heading(grid, at, columns)


def _find_heading(grid: Grid, columns: Columns) -> tuple[int, int]:
    """Give the row with the most known headings, and how many these are."""
    counts = [sum(bool(columns.name_of(cell)) for cell in cells) for cells in grid[:HEADING_WITHIN]]
    most = max(counts, default=0)
    return (counts.index(most) if most else 0, most)


def _with_heading(grid: Grid, at: int, columns: Columns) -> Sheet:
    names, problems = _names(grid[at], at + 1, columns)
    headings = {name: " ".join(words.split()) for name, words in zip(names, grid[at], strict=True) if name}
    rows: list[Row] = []
    for number, cells in enumerate(grid[at + 1 :], at + 2):
        row = {name: words for name, cell in zip(names, cells, strict=False) if name and (words := _clean(cell))}
        if row:
            rows.append(Row(number, row))
            problems += _cell_problems(row, number)
        problems += _beyond(names, cells, number)
    return Sheet(tuple(rows), headings, at + 1, tuple(problems))


def _clean(cell: str) -> str:
    return cell.strip() if cell.isascii() else clean(cell)


def _names(heading: list[str], row: int, columns: Columns) -> tuple[list[str | None], list[Problem]]:
    """Name the columns ("" to pass over, None where nothing stands above), and complain."""
    names: list[str | None] = []
    problems: list[Problem] = []
    for words in heading:
        shown = " ".join(words.split())
        name = columns.name_of(shown) if shown else None
        if shown and name is None:
            problems.append(Problem(row, shown, _unknown(shown, columns)))
            name = ""
        elif name and name in names:
            problems.append(Problem(row, name, _("“{heading}” says the same as an earlier column.", heading=shown)))
            name = ""
        names.append(name)
    missing = [name for name in columns.required if name not in names]
    problems += [Problem(row, name, _("the column “{column}” is missing.", column=name)) for name in missing]
    return names, problems


def _unknown(heading: str, columns: Columns) -> Text:
    wanted = listed(*(Plain(column.name) for column in columns.all))
    return _("nobody knows the column “{heading}”. The columns are: {columns}.", heading=heading, columns=wanted)


def _cell_problems(row: Mapping[str, str], number: int) -> Iterator[Problem]:
    for name, words in row.items():
        if words.startswith("#") and words in _EXCEL_ERRORS:
            yield Problem(number, name, _("the formula in this cell failed: {value}.", value=words))


def _beyond(names: list[str | None], cells: list[str], number: int) -> Iterator[Problem]:
    """Complain of a cell under no heading: mostly a name with a comma that was not put in quotation marks."""
    for place, cell in enumerate(cells):
        if (place >= len(names) or names[place] is None) and (words := cell.strip()):
            yield Problem(number, "", _("“{value}” stands in a column without a heading.", value=words[:60]))
            return
