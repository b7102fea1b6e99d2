"""The sheet of anniversaries and campaigns."""

from __future__ import annotations

from typing import Final

from bot.i18n import _
from bot.office.sheet import YES_NO, Column, Kind, Sheet
from bot.reporting.anniversaries import default_rows, read_anniversaries
from bot.reporting.anniversaries.rows import AUDIENCES, leads_by_rank
from bot.reporting.kinds import REPORT_KINDS

CALENDAR: Final = Sheet(
    "calendar",
    "Ngày kỷ niệm",
    _("The days and campaigns of the union year: what is announced, to whom, how long before."),
    (
        Column(
            "code", "Mã", _("For ever: reports are tied to it. Letters without marks, digits and _."), 20, needed=True
        ),
        Column(
            "name", "Tên chính thức", _("As it shall stand in notices, beginning with “Ngày” where it is a day."), 52
        ),
        Column(
            "rule",
            "Ngày",
            _("Day and month: 28/7; a lunar day (Vietnamese calendar): 15/8 ÂL; a whole campaign: 1/5–31/5."),
            16,
        ),
        Column(
            "base_year",
            "Năm gốc",
            _("The year of the event; notices count the years from it. May be empty."),
            10,
            Kind.WHOLE,
        ),
        Column(
            "rank",
            "Hạng",
            _("A: main date, B: notice, C: short news without a report. A year that ends in 0 raises it by one."),
            8,
            choices=("A", "B", "C"),
        ),
        Column(
            "leads",
            "Báo trước (ngày)",
            _("How many days before it a notice is sent. Left empty it goes by rank: {ranks}.", ranks=leads_by_rank()),
            18,
        ),
        Column(
            "audience",
            "Dành cho",
            _(
                "For whom: {choices}, or sectors of your list of units, set apart by semicolons. Empty: for all. "
                "A unit without a sector gets it too.",
                choices=", ".join(AUDIENCES),
            ),
            16,
        ),
        Column("activities", "Gợi ý hoạt động", _("What a unit may do, as it shall stand in the notice."), 60),
        Column(
            "form",
            "Loại báo cáo",
            _("The report that its button opens; empty, or one that is not there yet: propaganda."),
            16,
            choices=REPORT_KINDS,
        ),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 30),
        Column(
            "active",
            "Dùng",
            _("“không” switches the day off; reports made for it keep it. Empty: có."),
            8,
            choices=YES_NO,
        ),
    ),
    ("code",),
    read_anniversaries,
    default_rows,
)
