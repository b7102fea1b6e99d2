"""Writes sheets as an Excel workbook, line by line, so that a hundred thousand lines need no memory."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date
from functools import partial
from math import ceil
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from bot.documents.sheets import Each, Look, Row, SheetOf, Written, each
from bot.reporting.hiding import Cell

if TYPE_CHECKING:
    from xlsxwriter.format import Format
    from xlsxwriter.workbook import Workbook
    from xlsxwriter.worksheet import Worksheet

FORBIDDEN_NAME: Final = re.compile(r"[\[\]:*?/\\]")
CONTROL: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
LONGEST_NAME: Final = 31
LONGEST_CELL: Final = 32_767
ABOVE: Final = 4  # lines above the table: the union, the title, what it is about, an empty one
NUMBERS: Final = {Look.NUMBER: "#,##0", Look.PERCENT: "0.0%", Look.DAY: "dd/mm/yyyy", Look.DECIMAL: "#,##0.0"}
FONT: Final = "Times New Roman"
BLUE, GREY = "#DCE6F1", "#F2F2F2"
A4: Final = 9
PAGE_WIDTH: Final = 240  # of columns on a page that can still be read
WHO: Final = 2  # the last of the columns that say which unit a line is about
BOLD: Final = frozenset({Row.GROUP, Row.SUM, Row.TOTAL})
OPTIONS: Final = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
ADD_UP: Final = 9  # the function SUM of SUBTOTAL, which passes over other subtotals

Progress = Callable[[int], None]


async def write_workbook(
    path: Path, owner: str, sheets: Each[SheetOf], progress: Progress = lambda _lines: None
) -> int:
    """Write the sheets one after the other; give the number of lines. Text stays text, whatever it begins with."""
    from xlsxwriter.workbook import Workbook

    lines = 0
    with Workbook(str(path), OPTIONS) as book:
        pen = _Pen(book)
        async for sheet in each(sheets):
            page = book.add_worksheet(_name(sheet.name, {one.name.lower() for one in book.worksheets()}))
            lines += await pen.write(page, owner, sheet, partial(_beyond, progress, lines))
    return lines


def _beyond(progress: Progress, before: int, done: int) -> None:
    progress(before + done)


def _name(words: str, taken: set[str]) -> str:
    """Give a sheet a name that Excel takes and no other has."""
    name = FORBIDDEN_NAME.sub(" ", words).strip("' ")[:LONGEST_NAME].strip() or "Sheet"
    number = 2
    while name.lower() in taken:
        name = f"{name[: LONGEST_NAME - 4].strip()} ({number})"
        number += 1
    return name


class _Pen:
    """Writes one sheet after the other in one book."""

    def __init__(self, book: Workbook) -> None:
        self._book = book
        self._formats: dict[tuple[Any, ...], Format] = {}
        self._title = book.add_format({"bold": True, "font_name": FONT, "font_size": 14})
        self._plain = book.add_format({"font_name": FONT, "font_size": 12, "italic": True})
        self._owner = book.add_format({"font_name": FONT, "font_size": 12, "bold": True})
        self._head = book.add_format(
            {
                "bold": True,
                "font_name": FONT,
                "font_size": 11,
                "border": 1,
                "bg_color": BLUE,
                "text_wrap": True,
                "align": "center",
                "valign": "vcenter",
            }
        )

    async def write(self, page: Worksheet, owner: str, sheet: SheetOf, progress: Progress) -> int:
        """Write a sheet: what stands above, heads, lines, notes; set it up for printing."""
        for at, head in enumerate(sheet.heads):
            page.set_column(at, at, head.width)
        for at, (words, look) in enumerate(
            ((owner, self._owner), (sheet.title, self._title), (sheet.about, self._plain))
        ):
            page.write_string(at, 0, _clean(words), look)
        page.set_row(ABOVE, 48)
        for at, head in enumerate(sheet.heads):
            page.write_string(ABOVE, at, _clean(head.words), self._head)
        written, since = 0, ABOVE + 1
        async for row in each(sheet.rows):
            written += 1
            since = self._row(page, ABOVE + written, row, sheet, since)
            if not written % 1000:
                progress(written)
        for number, note in enumerate(sheet.notes, 2):
            page.write_string(ABOVE + written + number, 0, _clean(note), self._plain)
        _set_up(page, sheet, written)
        return written

    def _row(self, page: Worksheet, at: int, row: Written, sheet: SheetOf, since: int) -> int:
        """Write a line; give the first of the lines that the next sum adds up."""
        heads, bare = sheet.heads, sheet.bare and row.kind is Row.LINE
        cells = [*row.cells, *[None] * (len(heads) - len(row.cells))]
        first = {Row.SUM: since, Row.TOTAL: ABOVE + 1}.get(row.kind)
        first = first if first is not None and first < at else None  # a sum of no lines would add itself up
        for column, (cell, head) in enumerate(zip(cells, heads, strict=True)):
            if bare and cell is None:
                continue
            look = self._format(head.look, row.kind, isinstance(cell, str))
            if first is not None and head.added and not head.sensitive and isinstance(cell, int):
                letter = _letters(column)
                formula = f"=SUBTOTAL({ADD_UP},{letter}{first + 1}:{letter}{at})"
                page.write_formula(at, column, formula, look, cell)
            else:
                _put(page, at, column, cell, look)
        return at + 1 if row.kind in {Row.SUM, Row.GROUP} else since

    def _format(self, look: Look, kind: Row, words: bool) -> Format:
        key = (look, kind, words)
        if key not in self._formats:
            right = look is not Look.TEXT
            self._formats[key] = self._book.add_format(
                {
                    "font_name": FONT,
                    "font_size": 11,
                    "border": 1,
                    "valign": "top",
                    **({"num_format": NUMBERS[look]} if look in NUMBERS and not words else {}),
                    **({"align": "right"} if right else {"text_wrap": True}),
                    **({"bold": True} if kind in BOLD else {}),
                    **({"bg_color": GREY} if kind in {Row.SUM, Row.TOTAL} else {}),
                }
            )
        return self._formats[key]


def _put(page: Worksheet, at: int, column: int, cell: Cell | date, look: Format) -> None:
    if cell is None:
        page.write_blank(at, column, None, look)
    elif isinstance(cell, str):
        page.write_string(at, column, _clean(cell), look)
    elif isinstance(cell, date):
        page.write_datetime(at, column, cell, look)
    else:
        page.write_number(at, column, cell, look)


def _set_up(page: Worksheet, sheet: SheetOf, lines: int) -> None:
    """Freeze the heads, let them stand on every printed page, and fit the columns to its width."""
    page.freeze_panes(ABOVE + 1, min(WHO + 1, len(sheet.heads) - 1))
    page.repeat_rows(ABOVE)
    page.set_paper(A4)
    if sheet.wide:
        page.set_landscape()
    across = max(1, ceil(sum(head.width for head in sheet.heads) / PAGE_WIDTH))
    page.fit_to_pages(across, 0)
    if across > 1:
        page.repeat_columns(0, WHO)
    page.set_margins(left=0.6, right=0.5, top=0.8, bottom=0.6)
    page.set_footer("&C&P/&N")
    if lines and sheet.heads:
        page.autofilter(ABOVE, 0, ABOVE + lines, len(sheet.heads) - 1)


def _letters(column: int) -> str:
    from xlsxwriter.utility import xl_col_to_name

    letters: str = xl_col_to_name(column)
    return letters


def _clean(words: str) -> str:
    """Leave out what no XML may hold, and what is longer than a cell."""
    cleaned = CONTROL.sub("", words)
    return cleaned if len(cleaned) <= LONGEST_CELL else cleaned[: LONGEST_CELL - 1] + "…"
