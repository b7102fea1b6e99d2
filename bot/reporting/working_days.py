"""On which days people in Vietnam work: weekends, holidays, swapped Saturdays, and what an office decided."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from functools import cache
from typing import Final

SATURDAY: Final = 5


@dataclass(frozen=True, slots=True)
class WorkingDays:
    """Vietnam's working days; `overrides` is the office's own table {day: does it work?} and always wins."""

    overrides: Mapping[date, bool] = field(default_factory=dict)

    def works(self, day: date) -> bool:
        """Tell whether people work on that day."""
        if day in self.overrides:
            return self.overrides[day]
        off, worked = _table(day.year)
        return day in worked if day.weekday() >= SATURDAY else day not in off

    def next(self, day: date) -> date:
        """Give the day itself if people work on it, else the next day on which they do."""
        while not self.works(day):
            day += timedelta(days=1)
        return day


@cache
def _table(year: int) -> tuple[frozenset[date], frozenset[date]]:
    """Give the public holidays of a year, and the weekend days that were swapped into working days."""
    # Imported here: the first use costs a quarter of a second, which short commands need not pay.
    from holidays import country_holidays

    table = country_holidays("VN", years=year, expand=False)
    return frozenset(table), frozenset(table.weekend_workdays)
