"""The hours of the night in which Zalo carries only what answers somebody."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from typing import Final

from bot.i18n import ZONE

EVENING: Final = time(22)
MORNING: Final = time(6)


def asleep(now: datetime) -> bool:
    """Tell whether it is night in Vietnam."""
    return not MORNING <= now.astimezone(ZONE).time() < EVENING


def until_morning(now: datetime) -> float:
    """Count the seconds until it is six o'clock in Vietnam."""
    local = now.astimezone(ZONE)
    day = local.date() if local.time() < MORNING else local.date() + timedelta(days=1)
    return (datetime.combine(day, MORNING, ZONE) - local).total_seconds()
