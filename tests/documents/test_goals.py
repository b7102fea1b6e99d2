"""The appendix of targets and the sheet of targets tell what the chat tells, as of the last day of the period."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.gathering import Area
from bot.documents.goals import reached
from bot.documents.official import Paper, official
from bot.documents.sheets import each
from bot.documents.workbook import Book
from bot.effects import Assign, FileReport
from bot.records import Figure, Role, Submission, Target
from handlers.papers import desk_of
from storage.migrate import migrate
from tests.stage import MORNING, Stage, stage


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """Two unions of a commune with targets; each admitted members in October, one of them in November too."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as ready:
        await ready.person("Páo", Role.CHAIR, "TU-01")
        one, two, area = [await _unit(ready, code) for code in ("TU-01", "TU-02", "TU")]
        goals = [Target(area, "members", 2026, 20, "gross", "12/QĐ-LĐLĐ"), Target(one, "members", 2026, 10, "gross")]
        goals += [Target(two, "members", 2026, 10, "net"), Target(one, "dialogues", 2026, 0)]
        goals += [Target(two, "members", 2025, 99)]
        days = [(one, date(2026, 10, 1), 9), (two, date(2026, 10, 2), -3), (one, date(2026, 11, 5), 4)]
        filed = [_admitted(f"s{n}", unit, area, day, value) for n, (unit, day, value) in enumerate(days)]
        await ready.effects(Assign(tuple(goals), "p-páo", MORNING), *filed)
        yield ready


async def _unit(on_stage: Stage, code: str) -> int:
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code(code)
    assert unit is not None
    return unit.id


def _admitted(name: str, unit: int, area: int, day: date, value: int) -> FileReport:
    number = int(name[1:]) + 1
    told = Submission(name, unit, "membership", number, 1, "p-páo", "telegram", day, f"2026-{day.month}", MORNING, {})
    fields = (("new_members", max(value, 0)), ("net_members", value))
    return FileReport(told, tuple(Figure(name, unit, area, "membership", day, *_f(one)) for one in fields))


def _f(one: tuple[str, int]) -> tuple[str, str, int]:
    return one[0], "", one[1]


async def _area(on_stage: Stage, reads: Any, code: str, period: str) -> Area:
    unit = await reads.unit_by_code(code)
    area = Area(desk_of(on_stage.house, on_stage.clock.now), reads, [unit], on_stage.house.calendar.at(period))
    await area.load()
    return area


async def _appendix(on_stage: Stage, code: str, period: str) -> list[list[str]]:
    async with on_stage.store.reading() as reads:
        area = await _area(on_stage, reads, code, period)
        given = await official(area, on_stage.house.voice(None), Paper(Path("none.docx")), await reached(area))
    columns = ("tt", "chi_tieu", "giao", "thuc_hien", "dat", "can_dat", "danh_gia", "van_ban")
    return [[row.cells.get(name, "") for name in columns] for row in given["phu_luc_3"]]


async def test_the_appendix_of_targets(on_stage: Stage) -> None:
    """The union's own target first, then each unit below it; net growth below zero has no percentage."""
    assert await _appendix(on_stage, "TU", "2026-11") == [
        ["1", "Kết nạp mới đoàn viên", "20", "13", "65,0%", "91,7%", "Chậm", "12/QĐ-LĐLĐ"],
        ["", "CĐCS Chè Than Uyên", "10", "13", "130,0%", "91,7%", "Đạt", ""],
        ["", "CĐCS Thủy điện Nậm Mu · thực tăng", "10", "−3", "", "91,7%", "Chậm", ""],
    ]


async def test_a_period_that_is_over_is_told_as_of_its_end(on_stage: Stage) -> None:
    """What came later counts later, and the year was not so far gone."""
    (own,) = await _appendix(on_stage, "TU-01", "2026-10")
    assert own[2:7] == ["10", "9", "90,0%", "83,3%", "Đạt"]
    assert await _appendix(on_stage, "TP", "2026-11") == [["", "Chưa giao chỉ tiêu.", *[""] * 6]]


async def test_the_sheet_of_targets(on_stage: Stage) -> None:
    """Every unit with a target; the summary has the union's own, as a number, a share and a word."""
    async with on_stage.store.reading() as reads:
        area = await _area(on_stage, reads, "LC", "2026-11")
        sheets = {}
        async for sheet in Book(area, on_stage.house.voice(None), await reached(area)).sheets():
            sheets[sheet.name] = [row.cells async for row in each(sheet.rows)]
        area = await _area(on_stage, reads, "TU", "2026-11")
        (summary, *_others) = [
            [row.cells async for row in each(sheet.rows)]
            async for sheet in Book(area, on_stage.house.voice(None), await reached(area)).sheets()
        ]
    assert [line[1:2] + line[4:7] + line[8:] for line in sheets["Chỉ tiêu"]] == [
        ["TU", 20, 13, 0.65, "Chậm", "12/QĐ-LĐLĐ"],
        ["TU-01", 10, 13, 1.3, "Đạt", None],
        ["TU-02", 10, -3, None, "Chậm", None],
    ]
    new = next(line for line in summary if line[3:5] == [4, 13])
    assert new[3:] == [4, 13, None, 20, 0.65, "Chậm"]
