"""Working days against the announced calendars of Vietnam."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reporting.working_days import WorkingDays

DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
VIETNAM = WorkingDays()


@pytest.mark.parametrize(
    ("day", "works"),
    [
        (date(2026, 11, 13), True),  # a plain Friday
        (date(2026, 11, 14), False),  # Saturday
        (date(2026, 11, 15), False),  # Sunday
        (date(2026, 11, 16), True),
        (date(2026, 11, 24), False),  # Vietnam Cultural Day, off since 2026
        (date(2025, 11, 24), True),
        (date(2026, 8, 22), True),  # a Saturday worked instead of Monday 31/8
        (date(2026, 8, 31), False),
        (date(2026, 8, 29), False),
        (date(2026, 4, 26), False),  # Hung Kings' day falls on a Sunday
        (date(2026, 4, 27), False),  # and is made up for on Monday
        (date(2027, 2, 3), True),  # the last day before Tết
        (date(2027, 2, 4), False),
        (date(2027, 2, 6), False),  # mùng 1
        (date(2027, 2, 10), False),
        (date(2027, 2, 11), True),
        (date(2027, 5, 3), False),  # for 1/5, a Saturday
        (date(2026, 9, 2), False),
        (date(2014, 12, 27), True),  # worked for a day off in the next year
        (date(2150, 9, 2), True),  # beyond the library's tables only weekends are known
    ],
)
def test_known_days(day: date, works: bool) -> None:
    """Weekends, holidays, days in lieu and swapped Saturdays are as announced."""
    assert VIETNAM.works(day) is works


def test_the_office_has_the_last_word() -> None:
    """An override beats weekends, holidays and swapped Saturdays alike."""
    office = WorkingDays({date(2026, 11, 14): True, date(2026, 11, 16): False, date(2026, 8, 22): False})
    assert office.works(date(2026, 11, 14))
    assert not office.works(date(2026, 11, 16))
    assert not office.works(date(2026, 8, 22))
    assert office.works(date(2026, 11, 17))


@pytest.mark.parametrize(
    ("day", "following"),
    [
        (date(2026, 11, 16), date(2026, 11, 16)),
        (date(2026, 11, 15), date(2026, 11, 16)),
        (date(2026, 2, 15), date(2026, 2, 23)),  # Sunday, then the week of Tết, then a weekend
        (date(2026, 8, 22), date(2026, 8, 22)),
        (date(2026, 12, 31), date(2026, 12, 31)),
        (date(2027, 1, 1), date(2027, 1, 4)),
    ],
)
def test_next_working_day(day: date, following: date) -> None:
    """A working day is its own next; any other waits for the first one after it."""
    assert VIETNAM.next(day) == following


@settings(deadline=None)
@given(DAYS, st.dictionaries(DAYS, st.booleans(), max_size=5))
def test_next_skips_only_days_off(day: date, overrides: dict[date, bool]) -> None:
    """The next working day works, and no day passed over on the way does."""
    office = WorkingDays(overrides)
    found = office.next(day)
    assert office.works(found)
    assert not any(office.works(day + timedelta(days=n)) for n in range((found - day).days))
