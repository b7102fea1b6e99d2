"""The sheet of reminders: how many days before or after a deadline who is reminded, and at what hour."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence
from datetime import time
from typing import Final

from bot.i18n import _
from bot.office.sheet import YES_NO, Column, Rows, Sheet
from bot.reporting.cells import BadCell, Cells, Row, Wrong, one_of, read_words, read_yes_no
from bot.reporting.cycles.rows import read_time
from bot.reporting.occasions import LADDER, Kind, Rung

STEP: Final = re.compile(r"[Tt]\s*(?:(?P<sign>[-–−+])\s*(?P<days>\d{1,2}))?")
FURTHEST: Final = 60
WHOM: Final = {"chủ tịch": Kind.REMIND, "cán bộ": Kind.ESCALATE}
NAMES: Final = {kind: words for words, kind in WHOM.items()}


def read_step(words: str) -> int:
    """Read "T-7", "T" or "T+1": days after the deadline."""
    found = STEP.fullmatch(words)
    if found is None or int(found["days"] or 0) > FURTHEST:
        raise BadCell(
            _("“{value}” is no step: write T-7, T or T+1, at most {most} days.", value=words[:60], most=FURTHEST)
        )
    days = int(found["days"] or 0)
    return days if found["sign"] == "+" else -days


def read_reminders(rows: Sequence[Row], _forms: Collection[str]) -> tuple[tuple[Rung, ...], list[Wrong]]:
    """Read the ladder; steps that are switched off are left out."""
    ladder: list[Rung] = []
    wrong: list[Wrong] = []
    seen: set[tuple[Kind, int]] = set()
    for place, row in enumerate(rows):
        cells = Cells(row)
        days = cells.needed("step", read_step, 0)
        at = cells.needed("time", read_time, time(8))
        kind = cells.needed("whom", one_of(WHOM), Kind.REMIND)
        active = cells.read("active", read_yes_no, True)
        cells.read("note", read_words, "")
        if (kind, days) in seen:
            cells.wrong("step", _("{code} stands in the sheet twice.", code=row.get("step", "")))
        seen.add((kind, days))
        wrong += [Wrong(place, one.column, one.text) for one in cells.complaints]
        if active:
            ladder.append(Rung(f"T{days:+d}" if days else "T", days, at, kind))
    return tuple(sorted(ladder, key=lambda rung: rung.days)), wrong


def default_rows() -> Rows:
    """Give the ladder that ships."""
    return tuple(
        {"step": rung.step, "time": f"{rung.at:%H:%M}", "whom": NAMES[rung.kind], "active": "có"} for rung in LADDER
    )


REMINDERS: Final = Sheet(
    "reminders",
    "Nhắc báo cáo",
    _(
        "When units that have not reported are reminded. A step in quiet hours moves to their end, and is dropped if "
        "the next one is less than a day off; nobody is reminded after the report is there."
    ),
    (
        Column("step", "Bước", _("Days before or after the deadline: T-7, T, T+1."), 10, needed=True),
        Column("time", "Giờ", _("At what hour, Vietnam time: 8:00."), 10),
        Column(
            "whom",
            "Nhắc ai",
            _("“chủ tịch”: whoever reports for the unit; “cán bộ”: the officer above, with the missing units."),
            14,
            choices=tuple(WHOM),
        ),
        Column("active", "Dùng", _("“không” switches the step off. Empty: có."), 8, choices=YES_NO),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 34),
    ),
    ("step", "whom"),
    read_reminders,
    default_rows,
)
