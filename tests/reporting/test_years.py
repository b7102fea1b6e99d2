"""The year so far is one and the same in the chat, on sheets and in documents: that of statistics."""

from __future__ import annotations

from datetime import date

import pytest

from bot.reporting.calendar import Calendar
from bot.reporting.compared import code_year_earlier, year_earlier, year_so_far

SHIPPED = Calendar()


@pytest.mark.parametrize(
    ("code", "since"),
    [
        ("2026-11", date(2025, 12, 1)),
        ("2026-01", date(2025, 12, 1)),
        ("2026-12", date(2026, 11, 16)),  # the month that begins before the year does is counted whole
        ("2027-Q1", date(2026, 12, 1)),
        ("2026", date(2025, 12, 1)),
    ],
)
def test_a_year_so_far_begins_in_december(code: str, since: date) -> None:
    """On the first of December before the end of the period, or with the period."""
    period = SHIPPED.at(code)
    assert (year_so_far(period).since, year_so_far(period).until) == (since, period.until)


@pytest.mark.parametrize(("code", "earlier"), [("2026-11", "2025-11"), ("2027-Q1", "2026-Q1"), ("2026S", "2025S")])
def test_the_same_period_a_year_earlier(code: str, earlier: str) -> None:
    """It has the same code but for the year, and the same days."""
    period = SHIPPED.at(code)
    before = year_earlier(period, SHIPPED)
    assert code_year_earlier(period) == earlier
    assert before is not None
    assert before.code == earlier
    assert before.until.year == period.until.year - 1
