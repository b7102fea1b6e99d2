"""The sheets of petitions and incidents: dates, who sees to it, how it came out; no unit, no person, no raw words."""

from __future__ import annotations

from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.cases.case import Case, Deed, Event, Kind, State
from bot.documents.gathering import Area
from bot.documents.sheets import Row, SheetOf, Written, each
from bot.documents.workbook import Book
from bot.documents.xlsx import write_workbook
from bot.effects import FileReport, KeepCase
from bot.i18n import ZONE, Plain
from bot.records import Role, Submission
from handlers.papers import desk_of
from storage.migrate import migrate
from tests.documents.office import converted
from tests.stage import MORNING, Stage, stage

TOPICS = {"nha_o": Plain("Nhà ở"), "bhxh": Plain("BHXH"), "no_luong": Plain("Nợ lương")}
DAY = timedelta(days=1)
CAME = datetime(2026, 10, 20, 9, tzinfo=ZONE)
BASE = Case("c", 1, Kind.PETITION, "nha_o", 0, "p-páo", CAME, State.OPENED, "p-mai", 0, CAME + DAY)


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Six petitions about homes (one answered in two days, one in four), two about insurance, two incidents."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as ready:
        await ready.person("Páo", Role.CHAIR, "TU-01")
        async with ready.store.reading() as reads:
            one, desk = await reads.unit_by_code("TU-01"), await reads.unit_by_code("TU")
        assert one is not None
        assert desk is not None
        base = replace(BASE, unit=one.id, desk=desk.id)
        cases = [replace(base, wording="Mong có nhà ở xã hội.") for _n in range(4)]
        cases += [_answered(base, days) for days in (2, 4)]
        cases += [replace(base, topic="bhxh", kind=Kind.LEGAL) for _n in range(2)]
        cases += [replace(base, kind=Kind.INCIDENT, topic="no_luong", report=n) for n in (1, 2)]
        cases += [replace(base, kind=Kind.QUESTION), replace(base, opened_at=CAME - 30 * DAY)]
        numbered = [replace(case, id=f"c{n}", number=n) for n, case in enumerate(cases, 1)]
        await ready.effects(*(KeepCase(case, _event(case)) for case in numbered))
        await ready.effects(FileReport(_incident(one.id, 1, 3)), FileReport(_incident(one.id, 2, 120)))
        yield ready


def _answered(case: Case, days: int) -> Case:
    return replace(case, state=State.ANSWERED, answered_at=CAME + days * DAY)


def _event(case: Case) -> Event:
    return Event(case.id, 0, case.opened_at, "p-páo", Deed.OPENED, text="Anh Páo ở tổ 3 nói")


def _incident(unit: int, number: int, people: int) -> Submission:
    answers = {"incident_type": "no_luong", "people_involved": people}
    day = date(2026, 10, 20)
    return Submission(f"i{number}", unit, "incident", number, 1, "p-páo", "web", day, "2026-11", MORNING, answers)


async def _sheets(on_stage: Stage, code: str = "TU") -> dict[str, SheetOf]:
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code(code)
        assert unit is not None
        desk = desk_of(on_stage.house, on_stage.clock.now)
        area = Area(desk, reads, [unit], on_stage.house.calendar.at("2026-11"))
        await area.load()
        found = {}
        async for sheet in Book(area, on_stage.house.voice(None), topics=TOPICS).sheets():
            rows = [row async for row in each(sheet.rows)]
            found[sheet.name] = replace(sheet, rows=rows)
        return found


async def _rows(sheet: SheetOf) -> list[Written]:
    return [row async for row in each(sheet.rows)]


async def test_petitions_by_topic(on_stage: Stage) -> None:
    """Two about insurance alone could be told from others: they take the next topic along; dates and counts add up."""
    rows = await _rows((await _sheets(on_stage))["Kiến nghị"])
    assert [row.cells[2] for row in rows if row.kind is Row.GROUP] == ["Chủ đề khác"]
    lines = [row.cells for row in rows if row.kind is Row.LINE]
    came, due = date(2026, 10, 20), date(2026, 10, 21)
    first = ["1", "KN1", None, "Mong có nhà ở xã hội.", came, "Công đoàn xã Than Uyên", due, None, "đã nhận", 1, 0, 1]
    assert [line for line in lines if line[1] == "KN1"] == [[*first, None]]
    assert next(line for line in lines if line[1] == "KN6")[7:] == [date(2026, 10, 24), "đã trả lời", 1, 1, 0, 4.0]
    assert rows[-1].cells[9:] == [8, 2, 6, 3.0]
    assert len(lines) == 8


async def test_incidents_by_kind(on_stage: Stage) -> None:
    """How large each was, roughly; the kind, and who sees to it."""
    rows = await _rows((await _sheets(on_stage))["Vụ việc"])
    assert rows[0].cells[2] == "Nợ lương"
    told: list[Any] = [(row.cells[1], row.cells[3], row.cells[4]) for row in rows if row.kind is Row.LINE]
    assert told == [
        ("VV9", "dưới 10 người", date(2026, 10, 20)),
        ("VV10", "từ 50 đến 199 người", date(2026, 10, 20)),
    ]
    assert rows[-1].cells[9:] == [2, 0, 0, None]


async def test_no_unit_and_nobody_is_named(on_stage: Stage) -> None:
    """Nor anything that a unit wrote; elsewhere there are no cases."""
    sheets = await _sheets(on_stage)
    cells = [cell for name in ("Kiến nghị", "Vụ việc") for row in await _rows(sheets[name]) for cell in row.cells]
    assert not any("Chè" in str(cell) or "Páo" in str(cell) or "tổ 3" in str(cell) for cell in cells)
    elsewhere = await _sheets(on_stage, "TP")
    assert [row.kind for row in await _rows(elsewhere["Kiến nghị"])] == [Row.TOTAL]


async def test_the_sheets_open_in_an_office_program(on_stage: Stage, tmp_path: Path) -> None:
    """Their sums are what LibreOffice adds up anew."""
    sheets = await _sheets(on_stage)
    path = tmp_path / "cases.xlsx"
    await write_workbook(path, "Than Uyên", [sheets["Kiến nghị"], sheets["Vụ việc"]])
    book: Any = load_workbook(converted(path, "xlsx:Calc MS Excel 2007 XML"), data_only=True)
    last = [row for row in book["Kiến nghị"].iter_rows(values_only=True) if row[2] == "Tổng cộng"]
    assert [row[9:13] for row in last] == [(8, 2, 6, 3)]


async def test_an_empty_sheet_adds_nothing_up(on_stage: Stage, tmp_path: Path) -> None:
    """Every line is as wide as its headings, and a sum of no lines is no formula that would add itself up."""
    for under in ("TU", "TP"):
        sheets = await _sheets(on_stage, under)
        for sheet in (sheets["Kiến nghị"], sheets["Vụ việc"]):
            assert {len(row.cells) for row in await _rows(sheet) if row.kind is Row.TOTAL} == {len(sheet.heads)}
    path = tmp_path / "none.xlsx"
    await write_workbook(path, "Tân Phong", [sheets["Vụ việc"]])
    cells = [cell for row in load_workbook(path)["Vụ việc"].iter_rows(values_only=True) for cell in row]
    assert not any(str(cell).startswith("=") for cell in cells)
