"""Calendars for tests: the monthly cycle alone, with some of its cells written differently."""

from __future__ import annotations

from pathlib import Path

from bot.reporting.calendar import Calendar
from bot.reporting.cells import Row
from bot.reporting.cycles import Wrong, default_rows, read_cycles
from bot.reporting.kinds import REPORT_KINDS
from bot.reporting.working_days import WorkingDays

ROOT = Path(__file__).resolve().parents[2]
MONTH = default_rows()[0]
WHOLE = {
    "since": "1",
    "cut_off": "cuối tháng",
    "due": "5 tháng sau",
    "due_commune": "8 tháng sau",
    "due_province": "10 tháng sau",
    "lock": "10 tháng sau",
}


def monthly(working_days: WorkingDays | None = None, **cells: str) -> Calendar:
    """Make a calendar of months; `cells` (with `from` written `since`) replace those of the row that is shipped."""
    row = {**MONTH, **{"from" if name == "since" else name: cell for name, cell in cells.items()}}
    cycles, wrong = read_cycles([row], REPORT_KINDS)
    assert not wrong, wrong
    return Calendar(cycles, working_days or WorkingDays())


def complaints(*changes: Row, **cells: str) -> list[Wrong]:
    """Give what is wrong with the shipped rows when more rows stand below them, or the monthly one has other cells."""
    rows = [{**row, **cells} if row is MONTH else row for row in default_rows()]
    return read_cycles([*rows, *changes], REPORT_KINDS)[1]
