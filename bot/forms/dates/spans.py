"""More days than one: 5-7/11, 5 và 7/11."""

from __future__ import annotations

from typing import Final

from bot.forms.dates.mentions import Day, Span
from bot.forms.dates.months import spoken
from bot.forms.dates.page import Found, Page
from bot.forms.dates.words import DAY_WORDS
from bot.forms.dates.written import numeric
from bot.forms.fold import Phrases

_JOINS: Final = Phrases(dict.fromkeys(("đến", "tới", "và", "&", "+", "-", "–", ","), True))


def span(page: Page, at: int) -> Found | None:
    """5-7/11, 5 và 7/11, 5 đến ngày 7/11, 5, 6 tháng 11"""
    join = _JOINS.match(page.words, at + 1) if 0 < int(page.digits(at)[:3] or 0) <= 31 else None
    if join is None:
        return None
    prefix = DAY_WORDS.match(page.words, join[1])
    there = prefix[1] if prefix else join[1]
    last = page.mention(there, (numeric, spoken))
    # 5-7-11 has its year behind the second dash.
    if last is None or not isinstance(last[0], Day) or not last[0].dates or page.says(there + 1, "-"):
        return None
    return Span(page.piece(at, last[1])), last[1]
