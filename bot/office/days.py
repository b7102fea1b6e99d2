"""The sheet of days on which this office differs from the public calendar."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from bot.i18n import _
from bot.office.sheet import YES_NO, Column, Kind, Rows, Sheet
from bot.reporting.cells import Cells, Row, Wrong, read_words, read_yes_no
from bot.reporting.working_days import WorkingDays
from bot.units.cells import read_day


def read_days(rows: Sequence[Row], _forms: Collection[str]) -> tuple[WorkingDays, list[Wrong]]:
    """Read the office's own working days and days off."""
    found: dict[date, bool] = {}
    wrong: list[Wrong] = []
    for place, row in enumerate(rows):
        cells = Cells(row)
        day = cells.needed("date", read_day, date.min)
        works = cells.needed("working", read_yes_no, False)
        cells.read("note", read_words, "")
        if day in found:
            cells.wrong("date", _("{day} stands in the sheet twice.", day=day))
        if day != date.min:
            found[day] = works
        wrong += [Wrong(place, one.column, one.text) for one in cells.complaints]
    return WorkingDays(found), wrong


def no_days() -> Rows:
    """Give no days: the public calendar holds."""
    return ()


DAYS: Final = Sheet(
    "days",
    "Ngày nghỉ, làm bù",
    _("Days on which the public calendar is wrong for you: swapped days, local holidays. Deadlines move by them."),
    (
        Column("date", "Ngày", _("A date."), 14, Kind.DAY, needed=True),
        Column(
            "working",
            "Làm việc",
            _("“có”: people work on this day, “không”: they do not."),
            12,
            choices=YES_NO,
        ),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 40),
    ),
    ("date",),
    read_days,
    no_days,
)
