"""A month in words, and days of one: tháng 11 năm 2026, t11, tháng trước, tháng chạp; 15 tháng 11."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.forms.dates.calendars import FIRST_YEAR, LAST_YEAR, full_year, month_from
from bot.forms.dates.mentions import Day, Loose, Month
from bot.forms.dates.page import Found, Page
from bot.forms.dates.words import DAY_WORDS, LUNAR, MONTH_WORDS, YEAR_SHIFTS, each
from bot.forms.fold import Phrases

_MONTH_SHIFTS: Final = Phrases(
    {
        **each("này, nay", 0),
        **each("trước, rồi, qua, vừa rồi, vừa qua", -1),
        **each("sau, tới", 1),
    }
)
_LUNAR_MONTHS: Final = Phrases({"giêng": 1, "chạp": 12})


def spoken(page: Page, at: int) -> Found | None:
    """15 tháng 11 năm 2026, mười lăm tháng này, 15t11; tháng 11 ngày 15; tháng 11 alone is loose."""
    day = page.number(at)
    if day and (month := month_at(page, day[1])):
        return _day_of_months(page, at, month[1], day[0], month[0])
    month = month_at(page, at)
    if month is None:
        return None
    there = month[1] + 1 if page.says(month[1], ",") else month[1]
    prefix = DAY_WORDS.match(page.words, there)
    day = page.number(prefix[1]) if prefix else None
    if day:
        return _day_of_months(page, at, day[1], day[0], month[0])
    return Loose(page.piece(at, month[1])), month[1]


def _day_of_months(page: Page, start: int, end: int, day: int, months: Sequence[Month]) -> Found:
    dates = tuple(found for month in months for found in page.dates(day, month))
    return Day(page.piece(start, end), dates), end


def month_at(page: Page, at: int) -> tuple[Sequence[Month], int] | None:
    """Take a month with its year; "thang sau" without marks is June or the next, so both are given."""
    there = _month_word(page, at)
    if there is None:
        return None
    if lunar := _LUNAR_MONTHS.match(page.words, there):
        return [Month(lunar[0], lunar=True)], lunar[1]
    shift = _MONTH_SHIFTS.match(page.words, there)
    number = page.number(there)
    if shift and not (number and page.words[at].text == "thang"):
        return [_shifted(page, shift[0])], shift[1]
    if number is None:
        return None
    year = year_at(page, number[1])
    months = [Month(number[0], year[0] if year else None), *([_shifted(page, shift[0])] if shift else [])]
    return months, year[1] if year else number[1]


def _month_word(page: Page, at: int) -> int | None:
    """Take "tháng", or the t of t11, and give the place after it."""
    if page.says(at, "t") and page.digits(at + 1) and page.words[at + 1].glued:
        return at + 1
    word = MONTH_WORDS.match(page.words, at)
    return word[1] if word else None


def _shifted(page: Page, shift: int) -> Month:
    year, month = month_from(page.today, shift)
    return Month(month, year)


def year_at(page: Page, at: int) -> tuple[int, int] | None:
    """Take "năm 2026", "/2026", "2026", "năm ngoái" and give the place after it."""
    if lunar := LUNAR.match(page.words, at):
        at = lunar[1]
    if shift := YEAR_SHIFTS.match(page.words, at):
        return page.today.year + shift[0], shift[1]
    separator = page.separator(at)
    if page.says(at, "nam") and len(page.digits(at + 1)) in (2, 4):
        return full_year(page.digits(at + 1)), at + 2
    there = separator[1] if separator else at
    year = full_year(page.digits(there)) if len(page.digits(there)) == 4 else 0
    return (year, there + 1) if FIRST_YEAR <= year <= LAST_YEAR else None
