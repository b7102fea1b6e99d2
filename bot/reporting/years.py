"""The two years of the union: statistics run from December to November, targets and plans with the calendar."""

from __future__ import annotations

from datetime import date

DECEMBER = 12


def statistical_year(year: int) -> tuple[date, date]:
    """Give the first and last day of a statistical year: 01/12 of the year before to 30/11 (form 01-HĐCĐ)."""
    return date(year - 1, 12, 1), date(year, 11, 30)


def statistical_year_of(day: date) -> int:
    """Give the statistical year that a day belongs to."""
    return day.year + (day.month == DECEMBER)


def calendar_year(year: int) -> tuple[date, date]:
    """Give the first and last day of a calendar year."""
    return date(year, 1, 1), date(year, 12, 31)
