"""The one day of a message."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.forms.dates.day_of_month import bare_numbers
from bot.forms.dates.mentions import Ago, Day, Hint, Loose, Mention, Span, Weekday, pieces
from bot.forms.dates.page import Page
from bot.forms.dates.recognisers import mentions
from bot.forms.dates.when import When, nearest
from bot.forms.readings import Reading, Trouble, Value, Wrong


def read_date(text: str, today: date, when: When) -> Reading[date]:
    """Read a day, e.g. on 22/11/2026 "thứ 6 vừa rồi" -> Value(20/11/2026), "31/02" -> Wrong(IMPOSSIBLE, "31/02")."""
    page = Page.of(text, today)
    return one_day(mentions(page) or bare_numbers(page), today, when)


def one_day(said: Sequence[Mention], today: date, when: When) -> Reading[date]:
    """Settle on the one day of a message: dates first, then weekdays, then hints."""
    days = [it for it in said if isinstance(it, Day)]
    if spans := [it for it in said if isinstance(it, Span)]:
        return Wrong(Trouble.SEVERAL, pieces(spans))
    sure = [it for it in days if not isinstance(it, (Weekday, Hint, Ago))]
    weekdays = [it for it in days if isinstance(it, Weekday)]
    possible = [it for it in sure if it.dates]
    if sure and not possible:
        return Wrong(Trouble.IMPOSSIBLE, sure[0].piece)
    if possible:
        return _agreed(possible, weekdays, today, when)
    if loose := [it for it in said if isinstance(it, Loose)]:
        return Wrong(Trouble.UNCLEAR, loose[0].piece)
    rest = weekdays or days
    return _agreed(rest, [], today, when) if rest else Wrong(Trouble.NO_DATE)


def _agreed(days: Sequence[Day], weekdays: Sequence[Day], today: date, when: When) -> Reading[date]:
    """The day that all of them mean, or SEVERAL."""
    chosen = {nearest(day.dates, today, when) for day in days}
    first = chosen.pop()
    if chosen:
        return Wrong(Trouble.SEVERAL, pieces(days))
    if isinstance(first, Value) and any(it.dates[0].weekday() != first.value.weekday() for it in weekdays):
        return Wrong(Trouble.SEVERAL, pieces([*weekdays, *days]))
    return first
