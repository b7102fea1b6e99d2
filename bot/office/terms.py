"""The sheet of how long cases may take."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import replace
from typing import Any, Final

from bot.cases.terms import Terms
from bot.i18n import _
from bot.office.sheet import Column, Kind, Rows, Sheet
from bot.reporting.cells import Cells, Row, Wrong, one_of, read_words, whole

LIMITS: Final = {  # the most that is allowed, and what the item is
    "petition_days": (60, "Số ngày làm việc để trả lời một kiến nghị"),
    "legal_days": (60, "Số ngày làm việc để trả lời việc pháp luật"),
    "question_days": (30, "Số ngày làm việc để trả lời câu hỏi"),
    "urgent_days": (30, "Số ngày làm việc khi cần trả lời sớm"),
    "pass_on_days": (30, "Quá hạn bao nhiêu ngày làm việc thì chuyển lên cấp trên"),
    "confirm_days": (30, "Sau khi trả lời bao nhiêu ngày thì hỏi lại đơn vị"),
    "close_days": (90, "Sau khi trả lời bao nhiêu ngày thì tự kết thúc"),
    "alert_minutes": (240, "Vụ khẩn chưa ai nhận: sau bao nhiêu phút báo người tiếp theo"),
    "first_day_hours": (24, "Vụ khẩn, ngày đầu: mấy giờ hỏi tình hình một lần"),
    "later_hours": (168, "Vụ khẩn, những ngày sau: mấy giờ hỏi tình hình một lần"),
}
DEFAULTS: Final = Terms()


def read_terms(rows: Sequence[Row], _forms: Collection[str]) -> tuple[Terms, list[Wrong]]:
    """Read the numbers; what the sheet does not name is as it ships."""
    given: dict[str, Any] = {}
    wrong: list[Wrong] = []
    for place, row in enumerate(rows):
        cells = Cells(row)
        item = cells.needed("item", one_of({name: name for name in LIMITS}), "")
        cells.read("note", read_words, "")
        if item:
            value = cells.needed("value", whole(1, LIMITS[item][0]), getattr(DEFAULTS, item))
            if item in given:
                cells.wrong("item", _("{code} stands in the sheet twice.", code=item))
            given[item] = value
        wrong += [Wrong(place, one.column, one.text) for one in cells.complaints]
    return replace(DEFAULTS, **given), wrong


def default_rows() -> Rows:
    """Give the numbers that ship."""
    return tuple(
        {"item": name, "value": str(getattr(DEFAULTS, name)), "note": note} for name, (_most, note) in LIMITS.items()
    )


TERMS: Final = Sheet(
    "terms",
    "Hạn xử lý",
    _("How long petitions, questions and incidents may take until somebody else is told."),
    (
        Column("item", "Mã", _("One of: {items}.", items=", ".join(LIMITS)), 18, choices=tuple(LIMITS), needed=True),
        Column("value", "Giá trị", _("A whole number."), 12, Kind.WHOLE),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 60),
    ),
    ("item",),
    read_terms,
    default_rows,
)
