"""The sheet of those on duty: who is alerted of an incident, in which order."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date
from typing import Final

from bot.cases.desks import Duty
from bot.i18n import _
from bot.office.functions import nobody
from bot.office.sheet import Column, Kind, Sheet
from bot.reporting.cells import Cells, Row, Wrong, read_words
from bot.units.cells import read_day


def read_duty(rows: Sequence[Row], _forms: Collection[str]) -> tuple[tuple[Duty, ...], list[Wrong]]:
    """Read who is on duty; the order of the rows of a union is the order of the alerts."""
    found: list[Duty] = []
    wrong: list[Wrong] = []
    for place, row in enumerate(rows):
        cells = Cells(row)
        one = Duty(
            cells.needed("unit", read_words, ""),
            cells.needed("person", read_words, ""),
            cells.read("since", read_day, date.min),
            cells.read("until", read_day, date.max),
        )
        cells.read("note", read_words, "")
        if one.until < one.since:
            cells.wrong("until", _("the last day is before the first."))
        found.append(one)
        wrong += [Wrong(place, each.column, each.text) for each in cells.complaints]
    return tuple(found), wrong


DUTY: Final = Sheet(
    "duty",
    "Lịch trực",
    _("Who is alerted of an urgent incident, day and night: the first row first, the next after half an hour."),
    (
        Column("unit", "Mã đơn vị", _("The code of the union at which the officer works."), 14, needed=True),
        Column("person", "Cán bộ trực", _("The officer's name, or telephone number, as registered."), 26, needed=True),
        Column("since", "Từ ngày", _("The first day on duty; empty: always."), 14, Kind.DAY),
        Column("until", "Đến ngày", _("The last day on duty; empty: until further notice."), 14, Kind.DAY),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 40),
    ),
    ("unit", "person", "since"),
    read_duty,
    nobody,
)
