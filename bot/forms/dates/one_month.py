"""The one month of a message."""

from __future__ import annotations

from datetime import date

from bot.forms.dates.calendars import FIRST_YEAR, LAST_YEAR, full_year
from bot.forms.dates.mentions import Month
from bot.forms.dates.months import month_at
from bot.forms.dates.page import LONGEST_PIECE, Page
from bot.forms.dates.words import POLITE
from bot.forms.readings import Reading, Trouble, Value, Wrong

_Said = tuple[str, Month]


def read_month(text: str, today: date) -> Reading[tuple[int, int]]:
    """Read a month, without its year the latest one begun, e.g. "t10" -> Value((2026, 10)); 13/2026 is IMPOSSIBLE."""
    said = _months(Page.of(text, today))
    if not said:
        return Wrong(Trouble.NO_DATE)
    settled = {_settled(month, today) for _, month in said}
    if len(settled) > 1:
        return Wrong(Trouble.SEVERAL, ", ".join([piece for piece, _ in said][:3]))
    month = settled.pop()
    return Value(month) if month else Wrong(Trouble.IMPOSSIBLE, said[0][0])


def _months(page: Page) -> list[_Said]:
    """Find every month that is mentioned, with its piece of the text."""
    found: list[_Said] = []
    at = 0
    while at < len(page.words):
        month = _numeric_month(page, at) or _named_month(page, at)
        if month:
            found.append((page.piece(at, month[1]), month[0]))
        at = month[1] if month else at + 1
    return found or _bare_month(page)


def _named_month(page: Page, at: int) -> tuple[Month, int] | None:
    """tháng 11, t11/2026, tháng trước; lunar months are none of ours"""
    month = month_at(page, at)
    return (month[0][0], month[1]) if month and not month[0][0].lunar else None


def _numeric_month(page: Page, at: int) -> tuple[Month, int] | None:
    """11/2026, 11/26, 2026-11, and whole dates"""
    second = page.separator(at + 1) if page.digits(at) else None
    if second is None:
        return None
    third = page.separator(second[1] + 1)
    first, digits = page.digits(at), page.digits(second[1])
    last = page.digits(third[1]) if third else ""
    end = third[1] + 1 if third else second[1] + 1
    if len(first) == 4:
        return Month(int(digits[:3]), int(first)), end
    if third:
        return Month(int(digits[:3]), full_year(last)), end
    if len(digits) == 4 or int(digits[:3]) > 12:
        return Month(int(first[:3]), full_year(digits)), end
    return None


def _bare_month(page: Page) -> list[_Said]:
    """Take "11" for a month where the message is nothing else."""
    numbers = [word for word in page.words if word.is_number]
    rest = [word for word in page.words if word.text.isalpha()]
    if len(numbers) != 1 or not all(POLITE.get(word) for word in rest):
        return []
    return [(numbers[0].text[:LONGEST_PIECE], Month(int(numbers[0].text[:3])))]


def _settled(month: Month, today: date) -> tuple[int, int] | None:
    """Year and month, without a year the latest month begun; None for a thirteenth month."""
    if not 1 <= month.month <= 12 or (month.year is not None and not FIRST_YEAR <= month.year <= LAST_YEAR):
        return None
    if month.year is not None:
        return month.year, month.month
    return today.year - (month.month > today.month), month.month
