"""The sheet of reporting cycles: what is asked for, of which days, until when."""

from __future__ import annotations

from typing import Final

from bot.i18n import _
from bot.office.sheet import YES_NO, Column, Sheet
from bot.reporting.cycles import default_rows, read_cycles

CYCLES: Final = Sheet(
    "cycles",
    "Kỳ báo cáo",
    _(
        "Which reports are asked for, of which days, until when. A day of a monthly cycle is written 15, “cuối tháng” "
        "or “16 tháng trước”; of a yearly one 15/3, “1/12 năm trước” or “23/12 ÂL năm trước”; +5 is five days after "
        "the data end."
    ),
    (
        Column(
            "cycle", "Mã kỳ", _("For ever. The cycle “month” says which days count for which month."), 14, needed=True
        ),
        Column(
            "for",
            "Riêng cho",
            _(
                "Empty: for everybody. A unit kind or a unit's code makes a row that differs from everybody's: repeat "
                "the code of the cycle, and fill only the cells that differ."
            ),
            14,
        ),
        Column("active", "Dùng", _("Whether units are asked for it."), 8, choices=YES_NO),
        Column("repeats", "Lặp lại", _("“tháng” or “năm”: how often there is a period."), 9, choices=("tháng", "năm")),
        Column(
            "code",
            "Mã từng kỳ",
            _("With gaps: {gaps}, and {before} for the year before.", gaps="{year}, {month}", before="{before}"),
            20,
        ),
        Column("name", "Tên kỳ", _("What people read, with the same gaps. May be empty for the cycles that ship."), 36),
        Column("from", "Số liệu từ", _("First day of the data."), 18),
        Column("cut_off", "Chốt số liệu", _("Last day of the data."), 18),
        Column("estimated_to", "Ước đến", _("The day up to which figures are estimated, if it is later."), 10),
        Column("due", "CĐCS nộp", _("Due day of grassroots unions."), 18),
        Column("due_commune", "CĐ xã, phường nộp", _("Due day of commune and ward unions."), 18),
        Column("due_province", "Tỉnh tổng hợp", _("Due day of the province."), 18),
        Column("time", "Giờ", _("Hour of all deadlines, Vietnam time: 17:00."), 8),
        Column(
            "late_days",
            "Nhắc thêm (ngày)",
            _("For how many days after the deadline it is asked for; empty: until it locks."),
            10,
        ),
        Column("lock", "Khóa", _("At the end of this day units can no longer change their reports by themselves."), 18),
        Column("forms", "Loại báo cáo", _("Report kinds that close it, or “mọi loại” for any."), 26),
        Column("nil", "Nhận không phát sinh", _("Whether “nothing to report” closes it too."), 10, choices=YES_NO),
        Column("kinds", "Loại đơn vị", _("Unit kinds that are asked."), 22),
        Column(
            "shift",
            "Dời ngày nghỉ",
            _("Whether a due day on which nobody works moves to the next working day."),
            9,
            choices=YES_NO,
        ),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 34),
    ),
    ("cycle", "for"),
    read_cycles,
    default_rows,
)
