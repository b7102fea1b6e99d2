"""Files into rows of texts: CSV as the offices save it, and Excel workbooks."""

from __future__ import annotations

import csv
import io
import unicodedata
import warnings
from collections.abc import Iterator
from datetime import date, datetime, time
from pathlib import Path
from typing import Final
from zipfile import BadZipFile

from bot.i18n import _
from bot.units.problem import CellError

Grid = list[list[str]]
"""The rows of one sheet, the first one is row 1; an empty cell is an empty text."""

DELIMITERS: Final = (",", ";", "\t")
HEAD: Final = 20_000  # characters, within which the headings stand: what does not part them parts nothing
_BYTE_ORDERS: Final = {b"\xff\xfe": "utf-16", b"\xfe\xff": "utf-16"}
_ZIP, _OLD_EXCEL = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"


def read_grids(path: Path) -> Iterator[Grid]:
    """Give the readings that a file allows (a CSV by each delimiter, a workbook by each sheet), one after the other.

    Raises CellError when the file is none that can be read.
    """
    if _start(path) == _ZIP:
        yield from _workbook(path)
    else:
        yield from _delimited(_decode(path.read_bytes()))


def _start(path: Path) -> bytes:
    with path.open("rb") as file:
        start = file.read(4)
    if start == _OLD_EXCEL:
        raise CellError(_("This is an old .xls file or one with a password: save it as .xlsx without a password."))
    return start


def _decode(data: bytes) -> str:
    for encoding in _encodings(data):
        try:
            return unicodedata.normalize("NFC", data.decode(encoding))
        except UnicodeDecodeError:
            continue
    raise CellError(_("The letters of this file cannot be read: save it as CSV UTF-8 or as .xlsx."))


def _encodings(data: bytes) -> tuple[str, ...]:
    """List what the bytes may be; a zero byte only stands in texts of two bytes a letter."""
    if data[:2] in _BYTE_ORDERS:
        return (_BYTE_ORDERS[data[:2]],)
    if b"\0" in data:
        return ("utf-16-be",) if data[:1] == b"\0" else ("utf-16-le",)
    return ("utf-8-sig", "cp1258")


def _delimited(text: str) -> Iterator[Grid]:
    likely = [delimiter for delimiter in DELIMITERS if delimiter in text[:HEAD]] or DELIMITERS[:1]
    failed = 0
    for delimiter in likely:
        try:
            grid = list(csv.reader(io.StringIO(text, newline=""), delimiter=delimiter))
        except csv.Error:
            failed += 1
        else:
            yield grid
    if failed == len(likely):
        raise CellError(_("A quotation mark in this file is never closed: save it anew as CSV or .xlsx."))


def _workbook(path: Path) -> Iterator[Grid]:
    yield from (grid for _title, grid in read_workbook(path))


def read_workbook(path: Path) -> Iterator[tuple[str, Grid]]:
    """Give the sheets of a workbook with their names.

    Raises CellError when the file is none, or damaged.
    """
    # Imported here: the service itself hardly ever reads a workbook, and would carry seven megabytes for nothing.
    from openpyxl import load_workbook
    from openpyxl.utils.exceptions import InvalidFileException

    _start(path)
    with warnings.catch_warnings():
        # openpyxl warns of drawings, validations and styles that it leaves out; no cell's value depends on them.
        warnings.simplefilter("ignore")
        try:
            book = load_workbook(path, read_only=True, data_only=True)
        except (BadZipFile, InvalidFileException, KeyError, ValueError, OSError):
            raise CellError(_("This workbook is damaged: open it in Excel and save it anew as .xlsx.")) from None
        try:
            for sheet in book.worksheets:
                sheet.reset_dimensions()  # the size that some programs write into the file is wrong
                yield sheet.title, [[*map(_shown, row)] for row in sheet.iter_rows(values_only=True)]
        finally:
            book.close()


def _shown(value: object) -> str:
    """Write a cell's value as a person would type it: 12.0 is 12, a day is 2026-11-25."""
    match value:
        case None:
            return ""
        case str():
            return unicodedata.normalize("NFC", value)
        case float() if value.is_integer():
            return str(int(value))
        case datetime() if not (value.hour or value.minute or value.second):
            return value.date().isoformat()
        case date():
            return value.isoformat()
        case time() if not value.second:
            return f"{value:%H:%M}"
    return str(value)
