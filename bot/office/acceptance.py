"""The sheet of acceptance: whether reports must be accepted by an officer, and at which tier."""

from __future__ import annotations

from collections.abc import Callable, Collection, Sequence
from typing import Final

from bot.i18n import Plain, _, listed
from bot.office.sheet import YES_NO, Column, Rows, Sheet
from bot.reporting.acceptance import ANY, Acceptance, Step
from bot.reporting.cells import BadCell, Cells, Row, Wrong, one_of, read_words, read_yes_no
from bot.reporting.kinds import REPORT_KINDS, REPORTING_KINDS
from bot.units.kinds import KINDS, read_kind

EVERY: Final = "mọi loại"
TIERS: Final = tuple(kind for kind in KINDS if kind not in REPORTING_KINDS)


def read_acceptance(rows: Sequence[Row], forms: Collection[str]) -> tuple[Acceptance, list[Wrong]]:
    """Read what holds for which kind of report; what the sheet does not name need not be accepted."""
    steps: dict[str, Step] = {}
    wrong: list[Wrong] = []
    for place, row in enumerate(rows):
        cells = Cells(row)
        form = cells.needed("form", one_of({EVERY: ANY} | {name: name for name in forms}), ANY)
        step = Step(cells.read("required", read_yes_no, False), cells.read("tier", _tier(), ""))
        cells.read("note", read_words, "")
        if form in steps and not cells.complaints:
            cells.wrong("form", _("{code} stands in the sheet twice.", code=row.get("form", "")))
        steps[form] = step
        wrong += [Wrong(place, one.column, one.text) for one in cells.complaints]
    return Acceptance(steps), wrong


def _tier() -> Callable[[str], str]:
    def read(words: str) -> str:
        kind = read_kind(words)
        if kind not in TIERS:
            known = listed(*map(Plain, TIERS))
            raise BadCell(_("“{value}” is none of: {choices}.", value=words[:60], choices=known))
        return str(kind)

    return read


def default_rows() -> Rows:
    """Give what ships: nothing has to be accepted, and any officer above may."""
    return ({"form": EVERY, "required": "không"},)


ACCEPTANCE: Final = Sheet(
    "acceptance",
    "Duyệt báo cáo",
    _(
        "Whether reports must be accepted by an officer, and at which tier. Reports count from the moment they are "
        "filed; accepting says that somebody has checked them."
    ),
    (
        Column(
            "form",
            "Loại báo cáo",
            _("The code of a report kind, or “{every}” for all that have no row of their own.", every=EVERY),
            20,
            choices=(EVERY, *REPORT_KINDS),
            needed=True,
        ),
        Column(
            "required",
            "Bắt buộc",
            _("“có”: the chair sees that a report still waits. Empty: không."),
            10,
            choices=YES_NO,
        ),
        Column(
            "tier",
            "Cấp duyệt",
            _("Kind of the unit whose officers accept it, like cd_xa_phuong. Empty: any officer above."),
            16,
            choices=TIERS,
        ),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 34),
    ),
    ("form",),
    read_acceptance,
    default_rows,
)
