"""The membership ledger: which total a report starts from."""

from datetime import date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.i18n import ZONE
from bot.reporting.ledger import Entry, expected_total


def at(day: int, hour: int = 8) -> datetime:
    """Give a moment in November 2026."""
    return datetime(2026, 11, day, hour, tzinfo=ZONE)


HISTORY: list[Entry] = [
    (date(2026, 11, 5), at(6), 120),
    (date(2026, 11, 9), at(9, 8), 125),
    (date(2026, 11, 9), at(9, 15), 124),
    (date(2026, 10, 20), at(12), 118),  # reported late, about an earlier day
]


@pytest.mark.parametrize(
    ("day", "total"),
    [
        (date(2026, 10, 19), 100),  # before every report: the opening figure
        (date(2026, 10, 20), 118),
        (date(2026, 11, 4), 118),
        (date(2026, 11, 5), 120),  # the same day counts
        (date(2026, 11, 8), 120),
        (date(2026, 11, 9), 124),  # two about one day: the last filed
        (date(2026, 12, 31), 124),  # the latest day, not the latest filing
    ],
)
def test_the_last_total_on_or_before_the_day(day: date, total: int) -> None:
    """A report starts from the total of the latest day up to its own, then the latest filed, else the opening."""
    assert expected_total(HISTORY, day, 100) == total


def test_without_any_figure_nothing_is_expected() -> None:
    """A unit without an opening figure and without reports may state any total."""
    assert expected_total([], date(2026, 11, 9), None) is None


def test_an_opening_figure_of_zero_is_a_figure() -> None:
    """A new union begins with nobody, which is not the same as unknown."""
    assert expected_total([], date(2026, 11, 9), 0) == 0
    assert expected_total([(date(2026, 11, 1), at(1), 0)], date(2026, 11, 9), 50) == 0


ENTRIES = st.lists(
    st.tuples(
        st.dates(date(2026, 1, 1), date(2026, 12, 31)),
        st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(ZONE)),  # noqa: DTZ001 - bounds
        st.integers(0, 500),
    ),
    max_size=8,
    unique_by=lambda entry: entry[:2],
)


@given(ENTRIES, st.dates(date(2026, 1, 1), date(2026, 12, 31)))
def test_later_days_and_order_do_not_matter(entries: list[Entry], day: date) -> None:
    """Only reports about the day or earlier ones count, in whatever order they are given."""
    shuffled = sorted(entries, key=lambda entry: entry[2])
    known = [entry for entry in entries if entry[0] <= day]
    assert expected_total(shuffled, day, -1) == expected_total(known, day, -1)


@given(ENTRIES)
def test_the_ledger_follows_its_reports(entries: list[Entry]) -> None:
    """Where each report states what it started from plus its own change, the sum of changes is the last total."""
    total, history = 0, list[Entry]()
    for day, filed_at, change in sorted(entries):
        start = expected_total(history, day, 0)
        assert start == total
        total += change
        history.append((day, filed_at, total))
    assert expected_total(history, date(2027, 1, 1), 0) == total
