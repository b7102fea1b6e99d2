"""Targets in force as a workbook that can be changed and read in again."""

from __future__ import annotations

from collections.abc import Iterable
from pathlib import Path
from typing import Any, Final

from bot.i18n import Voice
from bot.records import Target
from bot.reporting.indicators import NET, way_of
from bot.targets.columns import GROSS_WORDS, HEADINGS, NET_WORDS, SHEET

WIDTHS: Final = (14, 40, 30, 8, 12, 16, 22, 36, 14)


def write_targets(path: Path, rows: Iterable[tuple[str, str, Target]], voice: Voice) -> int:
    """Write (code, name, target) a row each; give how many. No cell is ever a formula, whatever it begins with."""
    from xlsxwriter import Workbook  # costs a start nothing

    kept = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    count = 0
    with Workbook(str(path), {**kept, "constant_memory": True}) as book:
        head, number = book.add_format({"bold": True, "text_wrap": True}), book.add_format({"num_format": "#,##0"})
        day = book.add_format({"num_format": "dd/mm/yyyy"})
        page = book.add_worksheet(SHEET)
        page.freeze_panes(1, 2)
        for place, width in enumerate(WIDTHS):
            page.set_column(place, place, width)
        page.write_row(0, 0, list(HEADINGS.values()), head)
        for count, (code, name, one) in enumerate(rows, 1):
            _write(page, count, (code, name, one), voice, (number, day))
    return count


def _write(page: Any, at: int, row: tuple[str, str, Target], voice: Voice, formats: tuple[Any, Any]) -> None:
    code, name, one = row
    page.write_string(at, 0, code)
    page.write_string(at, 1, name)
    page.write_string(at, 2, voice.speak(way_of(one.indicator, one.basis).title))
    page.write_number(at, 3, one.year)
    page.write_number(at, 4, one.value, formats[0])
    page.write_string(at, 5, (NET_WORDS if one.basis == NET else GROSS_WORDS)[1])
    page.write_string(at, 6, one.doc_no)
    page.write_string(at, 7, one.decided_by)
    if one.valid_from is not None:
        page.write_datetime(at, 8, one.valid_from, formats[1])
