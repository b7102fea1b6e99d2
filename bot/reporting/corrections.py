"""Until when a unit may change what it filed."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from bot.forms.facts import PeriodsLike
from bot.i18n import ZONE
from bot.records import Submission

GRACE: Final = timedelta(days=3)  # a report filed late can still be mended this long
NONE: Final[Mapping[str, datetime]] = {}


def sent_back(unit: int, number: int) -> str:
    """Name the message by which a report was sent back; a correction that is filed drops it while it is unsent."""
    return f"sent-back/{unit}.{number}"


def open_until(report: Submission, periods: PeriodsLike, unlocked: Mapping[str, datetime] = NONE) -> datetime:
    """Give the moment until which the unit may correct or withdraw a report: the end of a day.

    `unlocked` are the periods of which an officer opened the lock for the unit, and until when.
    """
    filed_at = report.filed_at if report.version == 1 else report.first_filed_at or report.filed_at
    last = (filed_at + GRACE).astimezone(ZONE).date()
    period = periods.kept(report.period, report.day)
    opened = [until for code, until in unlocked.items() if code in period.codes]
    return max(period.locks_at, datetime.combine(last, time.max, ZONE), *opened)
