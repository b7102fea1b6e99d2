"""The time of day: 8h30, 14:05, 7 giờ tối, 9h kém 15."""

from __future__ import annotations

from typing import Final

from bot.forms.dates.ago import ago
from bot.forms.dates.days import near_day
from bot.forms.dates.hours import HOURS, PARTS, colon, half
from bot.forms.dates.lunar import tet
from bot.forms.dates.mentions import Clock
from bot.forms.dates.months import spoken
from bot.forms.dates.page import Found, Page
from bot.forms.dates.written import numeric
from bot.forms.fold import listed

_MINUTES: Final = listed("phút, p, ph, '")


def clock(page: Page, at: int) -> Found | None:
    """8h30, 14:05, 7 giờ tối, 8 rưỡi, 9h kém 15"""
    hour = page.number(at)
    if hour is None or hour[0] > 24:
        return None
    minutes = colon(page, hour[1]) or _after_hour(page, hour[1]) or half(page, hour[1])
    if minutes is None:
        return None
    part = None if page.mention(minutes[1], (near_day,)) else PARTS.match(page.words, minutes[1])
    end = part[1] if part else minutes[1]
    return Clock(page.piece(at, end), hour[0] * 60 + minutes[0], part[0] if part else None), end


def _after_hour(page: Page, at: int) -> tuple[int, int] | None:
    """h, h30, giờ 30 phút, giờ rưỡi, giờ kém 15; in "8h 15/11" the 15 is no minutes"""
    hours = HOURS.match(page.words, at)
    if hours is None:
        return None
    if thirty := half(page, hours[1]):
        return thirty
    less = page.says(hours[1], "kem")
    there = hours[1] + 1 if less else hours[1]
    minutes = page.number(there)
    if minutes is None or minutes[0] > 59 or page.mention(there, (ago, numeric, spoken, tet)):
        return 0, hours[1]
    unit = _MINUTES.match(page.words, minutes[1])
    return -minutes[0] if less else minutes[0], unit[1] if unit else minutes[1]
