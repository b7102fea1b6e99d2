"""When nobody is written to by the clock: at night, and on the first days of Tết."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final
from zoneinfo import ZoneInfo

from bot.i18n import ZONE
from bot.reporting.cycles.day import lunar_day

ONE_DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Quiet:
    """Quiet hours, local: from `begins` to `ends` on the next morning, and the first days of the lunar year whole."""

    begins: time = time(20)
    ends: time = time(6, 30)
    tet_days: int = 3
    zone: ZoneInfo = ZONE

    def over(self, moment: datetime) -> datetime:
        """Give the moment itself if one may speak then, else the end of the quiet."""
        local = moment.astimezone(self.zone)
        if self._tet(local.date()) or local.time() >= self.begins:
            return self.over(self._morning(local.date() + ONE_DAY))
        return self._morning(local.date()) if local.time() < self.ends else moment

    def next(self, moment: datetime) -> datetime:
        """Give when it is quiet again, from a moment at which one may speak."""
        return datetime.combine(moment.astimezone(self.zone).date(), self.begins, self.zone)

    def _morning(self, day: date) -> datetime:
        return datetime.combine(day, self.ends, self.zone)

    def _tet(self, day: date) -> bool:
        first = lunar_day(1, 1, day.year)
        return first <= day < first + timedelta(days=self.tet_days)
