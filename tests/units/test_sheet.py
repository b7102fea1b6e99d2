"""Reading spreadsheets: encodings, delimiters, headings, Excel's own ideas of a value."""

from __future__ import annotations

import unicodedata
from datetime import date, datetime
from pathlib import Path

import pytest

from bot.i18n import lines
from bot.units.columns import UNITS
from bot.units.sheet import Sheet, read_sheet
from tests.units.lists import ENGLISH, workbook_of

TABLE = "code{d}name{d}members\nLC01{d}Công đoàn xã Mường Than{d}12\n"
WHOLE = {"code": "LC01", "name": "Công đoàn xã Mường Than", "members": "12"}


def read(path: Path, data: bytes) -> Sheet:
    path.write_bytes(data)
    return read_sheet(path, UNITS)


def complaints(sheet: Sheet) -> str:
    return ENGLISH.speak(lines(*(problem.line(sheet.headings) for problem in sheet.problems)))


def cp1258(text: str) -> bytes:
    """Write Vietnamese as old Windows programs do: the tone behind its vowel."""
    tones = "\u0300\u0301\u0303\u0309\u0323"
    written = ""
    for letter in text:
        marks = [mark for mark in unicodedata.normalize("NFD", letter) if mark in tones]
        rest = [mark for mark in unicodedata.normalize("NFD", letter) if mark not in tones]
        written += unicodedata.normalize("NFC", "".join(rest)) + "".join(marks)
    return written.encode("cp1258")


@pytest.mark.parametrize("delimiter", [",", ";", "\t"])
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "cp1258"])
def test_csv_in_every_dress(tmp_path: Path, encoding: str, delimiter: str) -> None:
    """A CSV is read whatever its encoding and delimiter."""
    text = TABLE.format(d=delimiter)
    sheet = read(tmp_path / "a.csv", cp1258(text) if encoding == "cp1258" else text.encode(encoding))
    assert [row.cells for row in sheet.rows] == [WHOLE]
    assert sheet.problems == ()


def test_headings_in_vietnamese(tmp_path: Path) -> None:
    """Headings may be Vietnamese, in any case, with or without diacritics, spaces and asides."""
    head = "STT,MÃ,Tên đơn vị,loai,Quản lý / Trực thuộc,Đoàn viên (người),LAO ĐỘNG,từ ngày,Đến  ngày,Ghi chú"
    sheet = read(tmp_path / "a.csv", f"{head}\n1,A,B,C,D,5,6,7,8,x\n".encode())
    names = ["code", "name", "kind", "parent", "members", "workers", "valid_from", "valid_to"]
    assert dict(sheet.rows[0].cells) == dict(zip(names, "ABCD5678", strict=True))
    assert sheet.headings["members"] == "Đoàn viên (người)"
    assert sheet.problems == ()


def test_a_title_above_the_heading(tmp_path: Path) -> None:
    """A title may stand above the heading, and rows keep the numbers that Excel shows."""
    sheet = read(tmp_path / "a.csv", "DANH SÁCH CĐCS,,\n,,\nmã,tên,loại\n,,\nLC,Một,cdcs\n".encode())
    assert sheet.heading_row == 3
    assert [(row.number, row.cells["code"]) for row in sheet.rows] == [(5, "LC")]


def test_unknown_and_missing_columns(tmp_path: Path) -> None:
    """An unknown heading, a doubled one and a missing required column are named, all at once."""
    sheet = read(tmp_path / "a.csv", "name,tên,kind,chủ tịch\nA,B,cdcs,D\n".encode())
    said = complaints(sheet)
    assert "Row 1, column chủ tịch: nobody knows the column “chủ tịch”" in said
    assert "“tên” says the same as an earlier column" in said
    assert "the column “code” is missing" in said


def test_a_comma_in_a_name(tmp_path: Path) -> None:
    """A name with a comma and no quotation marks is noticed, instead of shifting the cells."""
    sheet = read(tmp_path / "a.csv", b"code,name,kind\nA,Cong ty X, chi nhanh Y,cdcs\n")
    assert "Row 2: “cdcs” stands in a column without a heading" in complaints(sheet)


@pytest.mark.parametrize(
    ("name", "data", "words"),
    [
        ("a.csv", b"", "No row with column headings"),
        ("a.csv", "tổng,cộng\n1,2\n".encode(), "No row with column headings"),
        ("a.xls", b"\xd0\xcf\x11\xe0 old", "old .xls file"),
        ("a.xlsx", b"PK\x03\x04 broken", "workbook is damaged"),
        ("a.csv", b"code,name\nA,\x8a\xff\xd2\x9f\n", "letters of this file"),
        ("a.csv", b'"' + b"x" * 200_000, "quotation mark"),
    ],
)
def test_files_that_cannot_be_read(tmp_path: Path, name: str, data: bytes, words: str) -> None:
    """A file that cannot be read says what to do with it."""
    sheet = read(tmp_path / name, data)
    assert not sheet.rows
    assert words in complaints(sheet)


def test_a_workbook_reads_like_its_csv(tmp_path: Path) -> None:
    """Excel's dates, floats and texts become what a person would have typed."""
    rows: list[list[object]] = [
        ["Mã", "Tên", "Đoàn viên", "Lao động", "Từ ngày", "Đến ngày"],
        ["007", "Công đoàn xã Mường Than", 12.0, 15, datetime(2025, 7, 1), date(2026, 9, 30)],  # noqa: DTZ001
        [12.0, unicodedata.normalize("NFD", "Chè"), None, "", " 01/07/2025 ", None],
    ]
    book = read_sheet(workbook_of(tmp_path / "a.xlsx", rows), UNITS)
    text = (
        "code,name,members,workers,valid_from,valid_to\n"
        "007,Công đoàn xã Mường Than,12,15,2025-07-01,2026-09-30\n12,Chè,,,01/07/2025,\n"
    )
    assert book.rows == read(tmp_path / "a.csv", text.encode()).rows
    assert book.problems == ()


def test_the_sheet_with_the_heading(tmp_path: Path) -> None:
    """Of several sheets the one with the known headings is read."""
    path = workbook_of(tmp_path / "a.xlsx", [["Hướng dẫn"], ["Điền vào trang sau"]])
    from openpyxl import load_workbook

    book = load_workbook(path)
    second = book.create_sheet("Danh sách")
    second.append(["code", "name"])
    second.append(["A", "#REF!"])
    book.save(path)
    sheet = read_sheet(path, UNITS)
    assert [row.cells["code"] for row in sheet.rows] == ["A"]
    assert "Row 2, column name: the formula in this cell failed" in complaints(sheet)
