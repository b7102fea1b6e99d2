"""The workbook: its sums are those of the digests, it opens in a real office program, and nothing in it is a formula
that somebody typed."""

from __future__ import annotations

import csv
from collections.abc import AsyncIterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.cli.importing import import_units
from bot.documents.csv_file import write_csv
from bot.documents.gathering import Area
from bot.documents.listing import Listing
from bot.documents.official import TEMPLATES, Paper, fill, official
from bot.documents.sheets import Head, Look, Row, SheetOf, Written
from bot.documents.summing import Piece, Summing
from bot.documents.workbook import Book
from bot.documents.xlsx import write_workbook
from bot.effects import FileReport
from bot.records import Role, Unit
from bot.reporting.hiding import FEW
from handlers.papers import desk_of
from storage.migrate import migrate
from tests.documents.office import converted
from tests.stage import Stage, stage

EVIL = '=SUM(A1:A9)&"<b>"'


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Two unions of a commune that reported a dialogue each."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as ready:
        for number, (name, code) in enumerate((("Páo", "TU-01"), ("Lan", "TU-02")), 1):
            chat = await ready.person(name, Role.CHAIR, code)
            for words in ("doi thoai", f"1; 9/11; {18 * number}; 13; 3; 1", "0", "1"):
                await ready.gets(ready.text(chat, words))
        yield ready


async def _area(on_stage: Stage, code: str = "TU") -> Area:
    house = on_stage.house
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code(code)
        assert unit is not None
        return Area(desk_of(house, on_stage.clock.now), reads, [unit], house.calendar.at("2026-11"))


async def _written(on_stage: Stage, path: Path, code: str = "TU") -> None:
    area = await _area(on_stage, code)
    async with on_stage.store.reading() as reads:
        area.reads = reads
        await area.load()
        voice = on_stage.house.voice(None)
        await write_workbook(path, area.roots[0].name, Book(area, voice).sheets())


def _cells(path: Path, sheet: str) -> list[list[Any]]:
    book = load_workbook(path, data_only=True)
    return [list(row) for row in book[sheet].iter_rows(min_row=5, values_only=True)]


async def test_sums_are_those_of_the_digest(on_stage: Stage, tmp_path: Path) -> None:
    """On the sheet of a kind, on that of all units and in the summary, as computed by us and by LibreOffice."""
    path = tmp_path / "one.xlsx"
    await _written(on_stage, path)
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code("TU")
        assert unit is not None
        period = on_stage.house.calendar.at("2026-11")
        found = {(one.field, one.choice): one.value for one in await reads.sums([unit.id], period.since, period.until)}
    wanted = found["attendees", ""]
    assert wanted == 54
    for book in (path, converted(path, "xlsx:Calc MS Excel 2007 XML")):
        heads, *rows = _cells(book, "Đối thoại tại nơi làm việc")
        at = heads.index("Số người dự (người)")
        assert [row[at] for row in rows if row[2] == "Tổng cộng"] == [wanted]
        assert wanted in [row[3] for row in _cells(book, "Biểu tổng hợp") if row[1] == "Số người dự"]


async def test_what_people_typed_is_no_formula(on_stage: Stage, tmp_path: Path) -> None:
    """Names and remarks stay text, whatever they begin with, in workbooks and in CSV."""
    sheet = SheetOf("a/b", EVIL, "", [Head(EVIL)], [Written(Row.LINE, [EVIL]), Written(Row.LINE, ["http://x.vn"])])
    path = tmp_path / "evil.xlsx"
    await write_workbook(path, EVIL, [sheet, sheet])
    book = load_workbook(path)
    assert book.sheetnames == ["a b", "a b (2)"]
    cells = [cell for row in book["a b"].iter_rows() for cell in row if cell.value]
    assert {cell.data_type for cell in cells} == {"s"}
    assert cells[0].value == EVIL
    await write_csv(tmp_path / "evil.csv", ["x"], [[EVIL], [-5], ["- a"]])
    with (tmp_path / "evil.csv").open(encoding="utf-8-sig", newline="") as file:
        assert list(csv.reader(file)) == [["x"], ["'" + EVIL], ["-5"], ["'- a"]]


async def test_odd_names_and_endless_remarks_stay_whole(on_stage: Stage, tmp_path: Path) -> None:
    """A unit that is called like a formula with marks of XML, and 10,000 characters of what went well."""
    name, remark = 'CĐCS =SUM(A1) <Chè> & "Con"', "rất tốt <b>&amp; " * 600
    listed = tmp_path / "names.csv"
    quoted = name.replace('"', '""')
    listed.write_text(f'code,name,valid_from\nTU-01,"{quoted}",2026-11-01\n', encoding="utf-8")
    assert not (await import_units(on_stage.store, listed, dry_run=False)).refused
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code("TU-01")
        assert unit is not None
        told = await reads.submissions([unit.id], 1)
    answers = {"period": "2026-11", "highlights": remark}
    filed = replace(told[0], id="long", form="periodic", number=9, draft="", period="2026-11", answers=answers)
    await on_stage.effects(FileReport(filed))
    path, paper = tmp_path / "one.xlsx", tmp_path / "one.docx"
    await _written(on_stage, path)
    for book in (path, converted(path, "xlsx:Calc MS Excel 2007 XML")):
        (line,) = [row for row in _cells(book, "Lời văn") if row[1] == "TU-01"]
        assert (line[2], remark in line) == (name, True)
    area = await _area(on_stage, "TU-01")
    async with on_stage.store.reading() as reads:
        area.reads = reads
        await area.load()
        template = TEMPLATES / "official.docx"
        words = Paper(template, words={"uu_diem": remark})
        fill(template, await official(area, on_stage.house.voice(None), words), paper)
    text = converted(paper, "txt:Text (encoded):UTF8").read_text(encoding="utf-8")
    assert name.removeprefix("CĐCS ").upper() in text  # spelt out in the head
    assert remark.strip() in text


async def test_heads_stay_and_numbers_are_numbers(on_stage: Stage, tmp_path: Path) -> None:
    """Frozen, repeated on every printed page, with the marks of thousands."""
    path = tmp_path / "one.xlsx"
    await _written(on_stage, path)
    book = load_workbook(path)
    for page in book.worksheets:
        assert page.freeze_panes
        assert page.print_title_rows == "$5:$5"
        assert page.page_setup.paperSize == 9
    numbers = [cell for row in book["Biểu tổng hợp"].iter_rows(min_row=6) for cell in row if cell.data_type == "n"]
    assert {cell.number_format for cell in numbers if cell.value is not None} == {"#,##0"}


async def test_the_list_of_a_kind(on_stage: Stage) -> None:
    """A line for each report, and no photos in it but their number."""
    area = await _area(on_stage)
    async with on_stage.store.reading() as reads:
        area.reads = reads
        await area.load()
        form = on_stage.house.forms["dialogue"]
        listing = Listing(area, form, on_stage.house.voice(None))
        heads = [head.words for head in listing.heads(codes=True)]
        lines = [dict(zip(heads, line, strict=True)) async for line in listing.lines()]
    assert [(line["unit"], line["attendees"]) for line in lines] == [("TU-01", 18), ("TU-02", 36)]


def test_small_sums_are_hidden_too() -> None:
    """In the line of an area and of all, and so that the sum of all gives none of them away."""
    heads = [Head("ill", Look.NUMBER, added=True, sensitive=True)]
    units = [Unit(n, f"u{n}", f"u{n}", "cdcs") for n in range(4)]
    pieces = [Piece("A", units[:2], [[1], [2]]), Piece("B", units[2:], [[3], [30]])]
    shown = [row.cells[2:] for row in Summing(heads, pieces).rows("all")]
    assert shown[:4] == [["A"], ["u0", FEW], ["u1", FEW], ["A", FEW]]
    assert shown[4:] == [["B"], ["u2", FEW], ["u3", 30], ["B", "*"], ["all", 36]]
