"""The solar and the lunar calendar: which days a day of a month can be."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from functools import lru_cache
from typing import Final

from lunar_vn import LunarDate, lunar_to_solar, solar_to_lunar

from bot.forms.dates.mentions import Month

FIRST_YEAR: Final = 1901
LAST_YEAR: Final = 2099
LEAP_GAP: Final = 8  # 29/02 may be eight years away, around 1900 and 2100
_MONTHS_AROUND: Final = range(-3, 4)  # a 31st is never further than two months away
_TWO_MOONS: Final = 62  # days


def years_of(month: Month, today: date, around: int) -> Sequence[int]:
    """The year that was said, or those around today."""
    return [month.year] if month.year is not None else range(today.year - around, today.year + around + 1)


def full_year(digits: str) -> int:
    """Read a year of two or four digits; 0, which no calendar has, for another."""
    if len(digits) == 2:
        return 2000 + int(digits)
    return int(digits) if len(digits) == 4 else 0


def month_from(today: date, shift: int) -> tuple[int, int]:
    """Year and month so many months away."""
    years, month = divmod(today.year * 12 + today.month - 1 + shift, 12)
    return years, month + 1


def solar_days(day: int, month: int, years: Iterable[int]) -> tuple[date, ...]:
    """This day in each of the years that have it."""
    possible = (_solar(year, month, day) for year in years)
    return tuple(found for found in possible if found)


def solar_around(day: int, today: date) -> tuple[date, ...]:
    """This day in the months around today."""
    months = (month_from(today, shift) for shift in _MONTHS_AROUND)
    return tuple(found for month in months if (found := _solar(month[0], month[1], day)))


def _solar(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day) if FIRST_YEAR <= year <= LAST_YEAR else None
    except ValueError:
        return None


def lunar_days(day: int, month: int, years: Iterable[int]) -> tuple[date, ...]:
    """The solar days of this lunar day (of no leap month) in each of the years that have it."""
    possible = (_from_lunar(year, month, day) for year in years)
    return tuple(found for found in possible if found)


@lru_cache(maxsize=32)
def lunar_around(day: int, today: date) -> tuple[date, ...]:
    """This day in the lunar months around today, leap months too."""
    near = (today + timedelta(days) for days in range(-_TWO_MOONS, _TWO_MOONS + 1))
    return tuple(found for found in near if solar_to_lunar(found).day == day)


def _from_lunar(year: int, month: int, day: int) -> date | None:
    if not FIRST_YEAR < year < LAST_YEAR or not 1 <= month <= 12 or not 1 <= day <= 30:
        return None
    lunar = LunarDate(day, month, year)
    solar = lunar_to_solar(lunar)
    # A 30th of a month of 29 days comes back as the 1st of the next.
    return solar if solar_to_lunar(solar) == lunar else None
