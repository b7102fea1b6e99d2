"""The sheet of hours: when the program speaks by itself, when it is quiet, and which digests are sent at all."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import time
from typing import Final

from bot.i18n import Text, _
from bot.office.sheet import Column, Rows, Sheet
from bot.reporting.cells import Cells, Row, Wrong, one_of, read_words, read_yes_no, whole
from bot.reporting.cycles.rows import read_time
from bot.reporting.occasions import Kind
from bot.reporting.quiet import Quiet

LONGEST_TET: Final = 10
TIMES: Final = {"quiet_begins": "20:00", "quiet_ends": "06:30", "speak_at": "08:00", "digest_at": "07:30"}
TET: Final = "tet_days"
DIGESTS: Final = {"daily": Kind.DAILY, "weekly": Kind.WEEKLY, "closing": Kind.CLOSING}
ITEMS: Final = (*TIMES, TET, *DIGESTS)
ABOUT: Final = {
    "quiet_begins": "Bắt đầu giờ yên lặng buổi tối",
    "quiet_ends": "Hết giờ yên lặng buổi sáng",
    "speak_at": "Giờ gửi thông báo ngày kỷ niệm",
    "digest_at": "Giờ gửi bản tổng hợp cho cán bộ",
    "tet_days": "Số ngày Tết hoàn toàn không nhắn",
    "daily": "Gửi cán bộ bản tin mỗi sáng (có hoặc không)",
    "weekly": "Gửi cán bộ bản tin sáng thứ Hai (có hoặc không)",
    "closing": "Gửi cán bộ kết quả khi hết hạn một kỳ (có hoặc không)",
}


@dataclass(frozen=True, slots=True)
class Hours:
    """When the program speaks by itself, local."""

    quiet: Quiet
    speak_at: time
    digest_at: time
    off: frozenset[Kind]  # digests that nobody is sent


def read_hours(rows: Sequence[Row], _forms: Collection[str]) -> tuple[Hours, list[Wrong]]:
    """Read the hours; what the sheet does not name is as it ships."""
    times = {name: read_time(words) for name, words in TIMES.items()}
    places: dict[str, int] = {}
    wrong: list[Wrong] = []
    tet, off = Quiet().tet_days, set()
    for place, row in enumerate(rows):
        cells = Cells(row)
        item = cells.needed("item", one_of({name: name for name in ITEMS}), "")
        cells.read("note", read_words, "")
        if item == TET:
            tet = cells.needed("value", whole(0, LONGEST_TET), tet)
        elif item in DIGESTS:
            off |= set() if cells.needed("value", read_yes_no, True) else {DIGESTS[item]}
        elif item:
            times[item] = cells.needed("value", read_time, times[item])
        if item and places.setdefault(item, place) != place:
            cells.wrong("item", _("{code} stands in the sheet twice.", code=item))
        wrong += [Wrong(place, one.column, one.text) for one in cells.complaints]
    wrong += [] if wrong else _together(times, places)
    quiet = Quiet(times["quiet_begins"], times["quiet_ends"], tet)
    return Hours(quiet, times["speak_at"], times["digest_at"], frozenset(off)), wrong


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
    values = {**TIMES, TET: str(Quiet().tet_days), **dict.fromkeys(DIGESTS, "có")}
    return tuple({"item": name, "value": values[name], "note": ABOUT[name]} for name in ITEMS)


HOURS: Final = Sheet(
    "hours",
    "Giờ giấc",
    _("When the program speaks by itself, when it is quiet, and which digests are sent. Urgent incidents do not wait."),
    (
        Column("item", "Mã", _("One of: {items}.", items=", ".join(ITEMS)), 18, choices=ITEMS, needed=True),
        Column(
            "value",
            "Giá trị",
            _(
                "A time of day, Vietnam time, like 20:00; for {tet} a number of days; for {digests} có or không.",
                tet=TET,
                digests=", ".join(DIGESTS),
            ),
            12,
        ),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 44),
    ),
    ("item",),
    read_hours,
    default_rows,
)
