"""Days that only the lunar calendar has: rằm tháng 8, mùng 4 tết."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.forms.dates.calendars import lunar_around, lunar_days, years_of
from bot.forms.dates.mentions import Day
from bot.forms.dates.months import month_at
from bot.forms.dates.page import Found, Page
from bot.forms.fold import listed

_FULL_MOON: Final = listed("rằm")


def full_moon(page: Page, at: int) -> Found | None:
    """rằm, rằm tháng 8: by the lunar calendar"""
    if not _FULL_MOON.match(page.words, at):
        return None
    month = month_at(page, at + 1)
    if month is None or month[0][0].year:
        return Day(page.piece(at, at + 1), lunar_around(15, page.today)), at + 1
    dates = lunar_days(15, month[0][0].month, years_of(month[0][0], page.today, 3))
    return Day(page.piece(at, month[1]), dates), month[1]


def tet(page: Page, at: int) -> Found | None:
    """mùng 4 tết, 28 tết: days of the lunar New Year; 30 tết is its eve, even where the month has 29 days."""
    number = page.number(at)
    if number is None or not page.says(number[1], "tet"):
        return None
    day, end = number[0], number[1] + 1
    years = range(page.today.year - 2, page.today.year + 3)
    if day == 30:
        dates = tuple(first - timedelta(1) for first in lunar_days(1, 1, years))
    else:
        dates = lunar_days(day, 1 if day <= 10 else 12, years)
    return Day(page.piece(at, end), dates), end
