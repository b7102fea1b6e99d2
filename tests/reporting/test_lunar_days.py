"""Lunar days by the Vietnamese calendar, beside the sky itself and beside the dates that offices print."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.reporting.anniversaries.rule import Rule, lunar_day, read_rule
from bot.reporting.cells import BadCell
from tests.reporting.moons import Month, months_of

UNCERTAIN = 90  # seconds


@pytest.fixture(scope="module")
def months() -> list[Month]:
    """Every month that ends in 1901–2100, computed from the sky."""
    return [month for year in range(1901, 2101) for month in months_of(year)]


def off(month: Month) -> list[int]:
    """Which of the first, fifteenth, last and thirtieth day of a month fall elsewhere than the sky says."""
    return [
        day
        for day in (1, 15, month.days, 30)
        if lunar_day(day, month.number, month.year) != month.first + timedelta(days=min(day, month.days) - 1)
    ]


def test_every_month_of_two_centuries_begins_with_its_new_moon(months: list[Month]) -> None:
    """Each first, fifteenth and last day from 1901 to 2100 is where astronomy puts it.

    A 30th that this month lacks is its last day: Tết's eve is 29 or 30 tháng Chạp. Only a new moon within 90 seconds
    of midnight decides by the last digits of the theory, and by how slowly the earth will turn; there are four.
    """
    wrong = [month for month in months if month.year >= 1901 and not month.leap and off(month)]
    assert [month for month in wrong if month.from_midnight > UNCERTAIN] == []
    assert [(month.year, month.number) for month in wrong if 1 in off(month)] == [
        (1944, 5),
        (1967, 6),
        (2072, 11),
        (2077, 10),
    ]
    assert len(months) > 2470
    assert {month.days for month in months} == {29, 30}


def test_a_day_of_a_doubled_month_is_that_of_the_first_one(months: list[Month]) -> None:
    """In a year with a leap month, an anniversary in that month falls in the month before it, and only there."""
    leap = [month for month in months if month.leap and month.year >= 1901]
    assert len(leap) == 73
    for month in leap:
        found = lunar_day(15, month.number, month.year)
        assert found is not None
        assert found < month.first


@pytest.mark.parametrize(
    ("year", "tet"),
    [
        (1968, date(1968, 1, 29)),
        (1985, date(1985, 1, 21)),  # 20/02 by the Chinese calendar
        (2007, date(2007, 2, 17)),
        (2030, date(2030, 2, 2)),
        (2053, date(2053, 2, 18)),
    ],
)
def test_tet_where_the_chinese_calendar_differs(year: int, tet: date) -> None:
    """Tết follows the meridian of Hà Nội, not that of Beijing (since 1968, decision 121/CP)."""
    assert lunar_day(1, 1, year) == tet


# 23 tháng Chạp (of the lunar year before), mùng 1 Tết, 10/3, 15/8: as the provincial office prints them.
PRINTED = """
2026  10/02/2026  17/02/2026  26/04/2026  25/09/2026
2027  30/01/2027  06/02/2027  16/04/2027  15/09/2027
2028  19/01/2028  26/01/2028  04/04/2028  03/10/2028
2029  06/02/2029  13/02/2029  23/04/2029  22/09/2029
2030  26/01/2030  02/02/2030  12/04/2030  12/09/2030
2031  16/01/2031  23/01/2031  01/04/2031  01/10/2031
2032  04/02/2032  11/02/2032  19/04/2032  19/09/2032
"""


@pytest.mark.parametrize("line", PRINTED.strip().splitlines())
def test_printed_dates(line: str) -> None:
    """The four lunar days of the union year fall where they are printed."""
    year, *printed = line.split()
    rules = (Rule(23, 12, lunar=True), Rule(1, 1, lunar=True), Rule(10, 3, lunar=True), Rule(15, 8, lunar=True))
    years = (int(year) - 1, int(year), int(year), int(year))
    found = [rule.first(of) for rule, of in zip(rules, years, strict=True)]
    assert [f"{day:%d/%m/%Y}" for day in found if day is not None] == printed


@pytest.mark.parametrize(("year", "day"), [(2037, date(2037, 4, 24)), (2038, date(2038, 4, 13))])
def test_the_day_of_the_hung_kings_where_calendars_differ(year: int, day: date) -> None:
    """Giỗ Tổ of these years is a day earlier than by the Chinese calendar."""
    assert lunar_day(10, 3, year) == day


def test_years_beyond_the_tables() -> None:
    """What cannot be computed is no day at all, rather than a wrong one."""
    assert lunar_day(1, 1, 2101) is None
    assert lunar_day(1, 1, 1800) is None
    assert Rule(28, 7).first(9999) is None


@pytest.mark.parametrize(
    ("words", "rule"),
    [
        ("28/7", Rule(28, 7)),
        (" 28 / 07 ", Rule(28, 7)),
        ("15/8 ÂL", Rule(15, 8, lunar=True)),
        ("15/8 âm lịch", Rule(15, 8, lunar=True)),
        ("15/8 (ÂL)", Rule(15, 8, lunar=True)),
        ("30/12 al", Rule(30, 12, lunar=True)),
        ("1/5–31/5", Rule(1, 5, 31, 5)),
        ("15/11 - 15/12", Rule(15, 11, 15, 12)),
        ("15/12-7/1 ÂL", Rule(15, 12, 7, 1, lunar=True)),
        ("2027-07-28", Rule(28, 7)),  # a spreadsheet took 28/7 for a date
        ("29/2", Rule(29, 2)),
    ],
)
def test_rules_as_people_write_them(words: str, rule: Rule) -> None:
    """A rule is read however it is typed, and written one way."""
    assert read_rule(words) == rule
    assert read_rule(str(rule)) == rule


@pytest.mark.parametrize("words", ["31/4", "30/2", "0/5", "5/13", "31/8 ÂL", "1/13 ÂL", "1/5–32/5", "hè", "28-7", "28"])
def test_days_that_never_come(words: str) -> None:
    """A day that no year has is refused, with an example."""
    with pytest.raises(BadCell):
        read_rule(words)


def test_leap_day_and_turning_window() -> None:
    """29/2 is the last day of February; a campaign may turn the year."""
    assert [Rule(29, 2).first(year) for year in (2027, 2028)] == [date(2027, 2, 28), date(2028, 2, 29)]
    assert Rule(15, 12, 7, 1).last(2026) == date(2027, 1, 7)
    assert Rule(15, 12, 7, 1, lunar=True).last(2026) == date(2027, 2, 12)
