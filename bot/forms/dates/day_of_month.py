"""A day by its number only: ngày 15, mùng năm, or 15 where the message is nothing else."""

from __future__ import annotations

from bot.forms.dates.ago import ago
from bot.forms.dates.calendars import full_year
from bot.forms.dates.clock import clock
from bot.forms.dates.lunar import tet
from bot.forms.dates.mentions import Day, Mention, Month
from bot.forms.dates.months import spoken
from bot.forms.dates.page import Found, Page
from bot.forms.dates.spans import span
from bot.forms.dates.words import DAY_WORDS, POLITE
from bot.forms.dates.written import day_of, numeric


def named_day(page: Page, at: int) -> Found | None:
    """ngày 15, mùng năm, hôm 15; what has more than the day is left to the others."""
    prefix = DAY_WORDS.match(page.words, at)
    number = page.number(prefix[1]) if prefix else None
    if prefix is None or number is None or page.mention(prefix[1], (ago, clock, span, numeric, spoken, tet)):
        return None
    return day_of(page, at, number[1], number[0], None)


def bare_numbers(page: Page) -> list[Mention]:
    """Take "15" or "15 11 2026" for a day where the message is nothing else."""
    numbers = [at for at in range(len(page.words)) if page.digits(at)]
    rest = [word for word in page.words if word.text.isalpha()]
    if not 0 < len(numbers) < 4 or not all(POLITE.get(word) for word in rest):
        return []
    day, *later = (page.digits(at)[:5] for at in numbers)
    piece = page.piece(numbers[0], numbers[-1] + 1)
    if later:
        month = Month(int(later[0]), full_year(later[1]) if later[1:] else None)
        return [Day(piece, page.dates(int(day), month))]
    return [Day(piece, page.dates(int(day), None))] if int(day) <= 31 else []
