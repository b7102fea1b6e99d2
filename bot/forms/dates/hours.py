"""What may stand in and right behind an hour: 8h, 8:05, 8 rưỡi, 8 giờ tối."""

from __future__ import annotations

from typing import Final

from bot.forms.dates.page import Page
from bot.forms.fold import Phrases, listed

HOURS: Final = listed("h, g, giờ")
PARTS: Final = Phrases({part: part for part in ("sáng", "trưa", "chiều", "tối", "đêm")} | {"khuya": "đêm"})


def colon(page: Page, at: int) -> tuple[int, int] | None:
    """:05, :05:30"""
    if not page.says(at, ":") or len(page.digits(at + 1)) != 2 or int(page.digits(at + 1)) > 59:
        return None
    seconds = page.says(at + 2, ":") and len(page.digits(at + 3)) == 2
    return int(page.digits(at + 1)), at + 4 if seconds else at + 2


def half(page: Page, at: int) -> tuple[int, int] | None:
    """rưỡi"""
    return (30, at + 1) if page.says(at, "ruoi") else None


def is_clock(page: Page, at: int) -> bool:
    """Whether a time of day begins here, whatever its minutes are."""
    hour = page.number(at)
    if hour is None or hour[0] > 24:
        return False
    return bool(colon(page, hour[1]) or HOURS.match(page.words, hour[1]) or half(page, hour[1]))
