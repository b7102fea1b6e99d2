"""The one moment of a message: its day and its time of day together, or one counted from now."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.forms.dates.days import near_day
from bot.forms.dates.hours import PARTS
from bot.forms.dates.mentions import Ago, Clock, Mention, pieces
from bot.forms.dates.one_day import one_day
from bot.forms.dates.page import Page
from bot.forms.dates.recognisers import RECOGNISERS, mentions
from bot.forms.dates.when import When, nearest
from bot.forms.fold import listed
from bot.forms.readings import Reading, Trouble, Wrong

_AFTERNOON: Final = {  # the hours to which a part of the day adds twelve
    "trưa": range(1, 4),
    "chiều": range(1, 12),
    "tối": range(4, 13),
    "đêm": range(6, 13),
}
_LAST_NIGHT: Final = listed("đêm qua, đêm hôm qua, khuya qua, khuya hôm qua")


def read_datetime(text: str, now: datetime, when: When) -> Reading[datetime]:
    """Read a moment in the zone of now, e.g. "7 giờ tối 15/11" -> Value(2026-11-15 19:00); a day alone is UNCLEAR."""
    page = Page.of(text, now.date())
    found = mentions(page)
    clocks = [mention for mention in found if isinstance(mention, Clock)]
    if not clocks:
        return _without_clock(found, now, when)
    minutes = {_minutes(page, clock) for clock in clocks}
    if len(minutes) > 1:
        return Wrong(Trouble.SEVERAL, pieces(clocks))
    return _moment(one_day(found, now.date(), when), timedelta(minutes=minutes.pop()), now, when)


def _moment(day: Reading[date], since_midnight: timedelta, now: datetime, when: When) -> Reading[datetime]:
    """Put day and clock together; a clock alone is of yesterday, today or tomorrow."""
    if isinstance(day, Wrong) and day.why is not Trouble.NO_DATE:
        return day
    midnight = datetime.combine(now.date(), time(), now.tzinfo)
    days = [day.value] if not isinstance(day, Wrong) else [now.date() + timedelta(shift) for shift in (-1, 0, 1)]
    return nearest([midnight + (it - now.date()) + since_midnight for it in days], now, when)


def _without_clock(said: Sequence[Mention], now: datetime, when: When) -> Reading[datetime]:
    """Take "vừa xong", "2 tiếng trước"; a day alone is no moment."""
    moments = [now - mention.ago for mention in said if isinstance(mention, Ago)]
    if len(moments) == len(said) == 1:
        return nearest(moments, now, when)
    return Wrong(Trouble.UNCLEAR, pieces(said)) if said else Wrong(Trouble.NO_DATE)


def _minutes(page: Page, clock: Clock) -> int:
    """Minutes since midnight; more than a day's for "12h đêm" and "2h đêm qua", which is the night to today."""
    part = clock.part or _part_of_day(page)
    hour = clock.minutes // 60
    if hour in _AFTERNOON.get(part or "", ()):
        return clock.minutes + 12 * 60
    late = part == "đêm" and hour < 6 and any(_LAST_NIGHT.match(page.words, at) for at in range(len(page.words)))
    return clock.minutes + 24 * 60 if late else clock.minutes


def _part_of_day(page: Page) -> str | None:
    """Find sáng, tối… apart from the clock; "toi" is "tôi" unless a day follows."""
    for at, word in enumerate(page.words):
        part = PARTS.get(word)
        if part and (word.text != "toi" or page.mention(at, (near_day,)) or page.mention(at + 1, RECOGNISERS)):
            return part
    return None
