"""All ways of saying a time, in the order in which they are tried, and the walk over a message."""

from __future__ import annotations

from typing import Final

from bot.forms.dates.ago import ago, just_now
from bot.forms.dates.clock import clock
from bot.forms.dates.day_of_month import named_day
from bot.forms.dates.days import hint, loosely, near_day
from bot.forms.dates.lunar import full_moon, tet
from bot.forms.dates.mentions import Mention
from bot.forms.dates.months import spoken
from bot.forms.dates.page import Page, Recogniser
from bot.forms.dates.spans import span
from bot.forms.dates.weekdays import week_first, weekday
from bot.forms.dates.written import numeric

_MOST_MENTIONS: Final = 12  # more is no answer to a question, and not worth the time
RECOGNISERS: Final[tuple[Recogniser, ...]] = (
    just_now,
    ago,
    clock,
    span,
    numeric,
    tet,
    weekday,
    spoken,
    loosely,
    named_day,
    full_moon,
    week_first,
    near_day,
    hint,
)


def mentions(page: Page) -> list[Mention]:
    """Find every time that a message mentions."""
    found: list[Mention] = []
    at = 0
    while at < len(page.words) and len(found) < _MOST_MENTIONS:
        mention = page.mention(at, RECOGNISERS)
        if mention:
            found.append(mention[0])
        at = mention[1] if mention else at + 1
    return found
