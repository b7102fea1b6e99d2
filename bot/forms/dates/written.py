"""Days written with marks: 15/11, 15-11-2026, 2026-11-15."""

from __future__ import annotations

from bot.forms.dates.calendars import full_year
from bot.forms.dates.hours import HOURS, is_clock
from bot.forms.dates.mentions import Day, Loose, Month, Span
from bot.forms.dates.months import year_at
from bot.forms.dates.page import Found, Page


def numeric(page: Page, at: int) -> Found | None:
    """15/11, 15-11-2026, 15.11.26, 2026-11-15; 11/2026 is a month."""
    second = page.separator(at + 1) if page.digits(at) else None
    if second is None or HOURS.match(page.words, second[1] + 1):
        return None
    mark, there = second
    first, digits = page.digits(at), page.digits(there)
    if len(first) == 4:
        return _iso(page, at, there)
    if len(digits) == 4 and len(first) <= 2:
        return Loose(page.piece(at, there + 1)), there + 1
    if len(first) > 2 or len(digits) > 2:
        return None
    return _with_year(page, at, there, mark)


def _iso(page: Page, at: int, there: int) -> Found | None:
    """2026-11-15"""
    third = page.separator(there + 1)
    if third is None or len(page.digits(there)) > 2 or len(page.digits(third[1])) > 2:
        return None
    month = Month(int(page.digits(there)), int(page.digits(at)))
    return day_of(page, at, third[1] + 1, int(page.digits(third[1])), month)


def _with_year(page: Page, at: int, there: int, mark: str) -> Found:
    """Take the year behind day and month: /26, -2026, "năm ngoái"; "/15-17" is a span."""
    day, month = int(page.digits(at)), int(page.digits(there))
    third = page.separator(there + 1)
    if third and _is_year(page, there + 1, third, mark):
        return day_of(page, at, third[1] + 1, day, Month(month, full_year(page.digits(third[1]))))
    if third and _touches(page, there + 1, third[1]) and not is_clock(page, third[1]):
        return Span(page.piece(at, third[1] + 1)), third[1] + 1
    year = year_at(page, there + 1)
    return day_of(page, at, year[1] if year else there + 1, day, Month(month, year[0] if year else None))


def _is_year(page: Page, at: int, third: tuple[str, int], mark: str) -> bool:
    """Whether the digits behind a second separator are the year: "15/11 - 30 người" has none."""
    if len(page.digits(third[1])) == 4:
        return True
    return third[0] == mark and (mark == "/" or _touches(page, at, third[1])) and not is_clock(page, third[1])


def _touches(page: Page, at: int, end: int) -> bool:
    return page.words[at].glued and page.words[end].glued


def day_of(page: Page, start: int, end: int, day: int, month: Month | None) -> Found:
    """Mention what was said from one word to another: this day, of this month or of any."""
    return Day(page.piece(start, end), page.dates(day, month)), end
