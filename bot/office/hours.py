"""The sheet of hours: when the program speaks by itself, and when it is quiet."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from bot.i18n import Text, _
from bot.office.sheet import Column, Rows, Sheet
from bot.reporting.cells import Cells, Row, Wrong, one_of, read_words, whole
from bot.reporting.cycles.rows import read_time
from bot.reporting.quiet import Quiet

LONGEST_TET: Final = 10
TIMES: Final = {"quiet_begins": "20:00", "quiet_ends": "06:30", "speak_at": "08:00", "digest_at": "07:30"}
TET: Final = "tet_days"
ITEMS: Final = (*TIMES, TET)
ABOUT: Final = {
    "quiet_begins": "Bắt đầu giờ yên lặng buổi tối",
    "quiet_ends": "Hết giờ yên lặng buổi sáng",
    "speak_at": "Giờ gửi thông báo ngày kỷ niệm",
    "digest_at": "Giờ gửi bản tổng hợp cho cán bộ",
    "tet_days": "Số ngày Tết hoàn toàn không nhắn",
}


@dataclass(frozen=True, slots=True)
class Hours:
    """When the program speaks by itself, local."""

    quiet: Quiet
    speak_at: time
    digest_at: time


def read_hours(rows: Sequence[Row], _forms: Collection[str]) -> tuple[Hours, list[Wrong]]:
    """Read the hours; what the sheet does not name is as it ships."""
    times = {name: read_time(words) for name, words in TIMES.items()}
    places: dict[str, int] = {}
    wrong: list[Wrong] = []
    tet = Quiet().tet_days
    for place, row in enumerate(rows):
        cells = Cells(row)
        item = cells.needed("item", one_of({name: name for name in ITEMS}), "")
        cells.read("note", read_words, "")
        if item == TET:
            tet = cells.needed("value", whole(0, LONGEST_TET), tet)
        elif item:
            times[item] = cells.needed("value", read_time, times[item])
        if item and places.setdefault(item, place) != place:
            cells.wrong("item", _("{code} stands in the sheet twice.", code=item))
        wrong += [Wrong(place, one.column, one.text) for one in cells.complaints]
    wrong += [] if wrong else _together(times, places)
    return Hours(Quiet(times["quiet_begins"], times["quiet_ends"], tet), times["speak_at"], times["digest_at"]), wrong


def _together(times: dict[str, time], places: dict[str, int]) -> list[Wrong]:
    begins, ends = times["quiet_begins"], times["quiet_ends"]
    told: list[tuple[str, Text]] = []
    if not ends < begins:
        told.append(("quiet_ends", _("the quiet of the night must end in the morning, before {time}.", time=begins)))
    told += [
        (name, _("{time} is in the quiet hours ({begins}–{ends}).", time=times[name], begins=begins, ends=ends))
        for name in ("speak_at", "digest_at")
        if ends < begins and not ends <= times[name] < begins
    ]
    return [Wrong(places.get(name, 0), "value", text) for name, text in told]


def default_rows() -> Rows:
    """Give the hours that ship."""
    values = {**TIMES, TET: str(Quiet().tet_days)}
    return tuple({"item": name, "value": values[name], "note": ABOUT[name]} for name in ITEMS)


HOURS: Final = Sheet(
    "hours",
    "Giờ giấc",
    _("When the program speaks by itself, and when it is quiet. Urgent incidents do not wait."),
    (
        Column("item", "Mã", _("One of: {items}.", items=", ".join(ITEMS)), 18, choices=ITEMS, needed=True),
        Column(
            "value", "Giá trị", _("A time of day, Vietnam time, like 20:00; for {tet} a number of days.", tet=TET), 12
        ),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 44),
    ),
    ("item",),
    read_hours,
    default_rows,
)
