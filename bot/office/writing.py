"""The office's book as an Excel workbook: headings with notes, lists to choose from, dates as dates, no formulas."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path
from typing import Final

from openpyxl import Workbook
from openpyxl.cell import Cell, MergedCell
from openpyxl.comments import Comment
from openpyxl.styles import Alignment, Font, PatternFill
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from bot.i18n import Voice, _, lines
from bot.office.book import Book
from bot.office.sheet import Column, Kind, Sheet
from bot.office.sheets import GUIDE, SHEETS
from bot.units.cells import read_day
from bot.units.problem import CellError

FORMATS: Final = {Kind.TEXT: "@", Kind.WHOLE: "0", Kind.DAY: "dd/mm/yyyy"}  # "@": 28/7 stays what it is
FONT: Final = "Calibri"  # as the cells below; without a name each program takes its own
A4: Final = 9
LETTERS: Final = 1.0  # in a unit of width
LINE: Final = 15.0  # points
HEAD: Final = PatternFill("solid", fgColor="1F5C99")
SPARE_ROWS: Final = 500  # below the heading, for which lists are offered
NOTE_WIDTH: Final = 320
NOTE_LINE: Final = 42  # letters
FORBIDDEN: Final = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f]")
LONGEST_LIST: Final = 255  # characters of the choices that Excel takes


def write_book(book: Book, path: Path, voice: Voice, version: int = 0) -> None:
    """Write the workbook, a sheet of explanations first."""
    workbook = Workbook()
    guide = workbook.worksheets[0]
    _write_guide(guide, voice, version)
    for sheet in SHEETS:
        _write_sheet(workbook.create_sheet(sheet.title), sheet, book, voice)
    workbook.active = 1
    guide.sheet_view.tabSelected = False
    workbook.save(path)


def _write_guide(page: Worksheet, voice: Voice, version: int) -> None:
    page.title = GUIDE
    page.column_dimensions["A"].width = 26
    page.column_dimensions["B"].width = 100
    intro = lines(
        _("The office's book of settings, version {version}.", version=str(version)),
        _("Change, add or delete rows; then send the file in the chat, or: python -m bot settings import FILE."),
        _("Nothing is taken over if anything in it is wrong; every version is kept and can be brought back."),
        _("A sheet that you delete stays as it is. A row that you delete is gone."),
    )
    texts = [("", line) for line in voice.speak(intro).splitlines()]
    for sheet in SHEETS:
        texts += [("", ""), (sheet.title, voice.speak(sheet.about))]
        texts += [(f"    {column.heading}", voice.speak(column.note)) for column in sheet.columns]
    for number, (name, words) in enumerate(texts, 1):
        _put(page.cell(number, 1), name, Kind.TEXT)
        _put(page.cell(number, 2), words, Kind.TEXT)
        page.cell(number, 1).font = Font(name=FONT, bold=not name.startswith(" "))
        page.cell(number, 2).alignment = Alignment(wrap_text=True, vertical="top")
        page.cell(number, 1).alignment = Alignment(vertical="top")
    _make_room(page)
    _for_paper(page)


def _write_sheet(page: Worksheet, sheet: Sheet, book: Book, voice: Voice) -> None:
    rows = book.rows(sheet)
    page.freeze_panes = "C2" if len(sheet.columns) > 3 else "A2"
    page.auto_filter.ref = f"A1:{get_column_letter(len(sheet.columns))}{len(rows) + 1}"
    for place, column in enumerate(sheet.columns, 1):
        _write_column(page, place, column, voice)
        for number, row in enumerate(rows, 2):
            _put(page.cell(number, place), row.get(column.name, ""), column.kind)
    page.print_title_rows = "1:1"
    _make_room(page)
    _for_paper(page)


def _for_paper(page: Worksheet) -> None:
    """Print every column on the width of a page, across, with the name of the sheet and the number of the page."""
    page.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    page.page_setup.paperSize, page.page_setup.orientation = A4, "landscape"
    page.page_setup.fitToWidth, page.page_setup.fitToHeight = 1, 0
    page.page_margins.left = page.page_margins.right = 0.4
    if page.oddFooter is not None:
        page.oddFooter.center.text = "&A · &P/&N"


def _make_room(page: Worksheet) -> None:
    """Make the rows high enough for what wraps in them: not every program does it by itself on opening."""
    for number, cells in enumerate(page.iter_rows(), 1):
        rooms = ((cell, page.column_dimensions[get_column_letter(place)].width) for place, cell in enumerate(cells, 1))
        high = max(-(-len(str(cell.value or "")) // int(width * LETTERS)) for cell, width in rooms)
        if high > 1:
            page.row_dimensions[number].height = high * LINE


def _write_column(page: Worksheet, place: int, column: Column, voice: Voice) -> None:
    letter = get_column_letter(place)
    page.column_dimensions[letter].width = column.width
    page.column_dimensions[letter].number_format = FORMATS[column.kind]
    head = page.cell(1, place)
    _put(head, column.heading, Kind.TEXT)
    head.font, head.fill = Font(name=FONT, bold=True, color="FFFFFF"), HEAD
    head.alignment = Alignment(wrap_text=True, vertical="center")
    words = voice.speak(column.note)
    head.comment = Comment(words, "", width=NOTE_WIDTH, height=24 + 18 * -(-len(words) // NOTE_LINE))
    offered = ",".join(column.choices)
    if offered and len(offered) <= LONGEST_LIST:
        choices = DataValidation("list", formula1=f'"{offered}"', allow_blank=True, showErrorMessage=False)
        choices.add(f"{letter}2:{letter}{SPARE_ROWS}")
        page.add_data_validation(choices)


def _put(cell: Cell | MergedCell, words: str, kind: Kind) -> None:
    """Put a value into a cell as what it is; never as a formula, whatever it begins with."""
    value = _value(FORBIDDEN.sub("", words), kind)
    cell.number_format = FORMATS[kind]
    if value == "":
        return
    cell.value = value
    if isinstance(value, str):
        cell.data_type = "s"
        cell.alignment = Alignment(wrap_text=True, vertical="top")
    else:
        cell.alignment = Alignment(horizontal="center", vertical="top")


def _value(words: str, kind: Kind) -> str | int | date:
    if kind is Kind.WHOLE and re.fullmatch(r"-?[0-9]{1,9}", words):
        return int(words)
    if kind is Kind.DAY and words:
        try:
            return read_day(words)
        except CellError:
            return words
    return words
