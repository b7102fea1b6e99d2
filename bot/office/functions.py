"""The sheet of functions: which officer receives which cases."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Final

from bot.cases.case import Kind as CaseKind
from bot.cases.desks import ANYTHING, Function
from bot.i18n import _
from bot.office.sheet import Column, Rows, Sheet
from bot.reporting.cells import BadCell, Cells, Row, Wrong, read_code, read_words

KINDS: Final = tuple(kind.value for kind in CaseKind)


def read_receives(words: str) -> str:
    """Read a kind of case, the code of a topic, or * for everything."""
    if words == ANYTHING:
        return words
    try:
        return read_code(words)
    except BadCell:
        raise BadCell(
            _(
                "“{value}” is no kind of case and no topic: write one of {kinds}, the code of a topic, or *.",
                value=words[:60],
                kinds=", ".join(KINDS),
            )
        ) from None


def read_functions(rows: Sequence[Row], _forms: Collection[str]) -> tuple[tuple[Function, ...], list[Wrong]]:
    """Read who receives what; the same officer may stand there for several things."""
    found: list[Function] = []
    wrong: list[Wrong] = []
    for place, row in enumerate(rows):
        cells = Cells(row)
        one = Function(
            cells.needed("receives", read_receives, ""),
            cells.needed("unit", read_words, ""),
            cells.needed("person", read_words, ""),
        )
        cells.read("note", read_words, "")
        if one in found:
            cells.wrong("person", _("this row stands in the sheet twice."))
        found.append(one)
        wrong += [Wrong(place, each.column, each.text) for each in cells.complaints]
    return tuple(found), wrong


def nobody() -> Rows:
    """Give no rows: cases go to the nearest union above, there to whoever leads."""
    return ()


FUNCTIONS: Final = Sheet(
    "functions",
    "Phân công xử lý",
    _("Which officer receives which petitions, questions and incidents. What nobody is named for goes to the leader."),
    (
        Column(
            "receives",
            "Nhận việc",
            _("One of {kinds}, the code of a topic (nha_o), or * for everything.", kinds=", ".join(KINDS)),
            18,
            choices=(*KINDS, ANYTHING),
            needed=True,
        ),
        Column("unit", "Mã đơn vị", _("The code of the union at which the officer works."), 14, needed=True),
        Column("person", "Cán bộ", _("The officer's name, or telephone number, as registered."), 26, needed=True),
        Column("note", "Ghi chú", _("For the office itself; shown to nobody."), 40),
    ),
    ("receives", "unit", "person"),
    read_functions,
    nobody,
)
