"""What officers are told of the week: what came in, how the periods stand, who has been silent for long."""

from __future__ import annotations

from datetime import date, datetime

from bot.i18n import ZONE, Voice, load_catalogues
from bot.records import Unit
from bot.reporting.bulletins import WEEK, Count, News, Silent, news
from bot.reporting.calendar import Calendar
from bot.reporting.completeness import silence
from tests.stage import ROOT

CALENDAR = Calendar()
ENGLISH = Voice(load_catalogues(ROOT / "locales")["en"])


def silent(count: int) -> Silent:
    """Make so many units without a report."""
    units = [Unit(n, f"U{n}", f"Unit {n}", "cdcs", valid_from=date(2020, 1, 1)) for n in range(1, count + 1)]
    return Silent(CALENDAR.at("2027-07"), tuple(units))


def test_the_silent_are_counted_and_the_first_named() -> None:
    """Three names, and a button to the whole list of the later period."""
    message = news(WEEK, {}, News([Count("dialogue", 2)], [], silent=silent(5))).spoken(ENGLISH)
    assert message.text.splitlines()[-1] == "5 units have sent nothing for two periods: Unit 1, Unit 2, Unit 3, …"
    assert [button.data for button in message.buttons] == ["/chuabaocao 2027-07"]


def test_a_week_without_silent_units_has_no_such_line() -> None:
    """Neither the line nor the button."""
    message = news(WEEK, {}, News([], [])).spoken(ENGLISH)
    assert message.text == "0 new reports"
    assert message.buttons == ()


def test_nobody_is_silent_in_a_new_house() -> None:
    """Two periods have to pass from beginning to deadline since somebody could report; a long one by its last month."""
    day = datetime(2027, 6, 20, 9, tzinfo=ZONE)  # June is over, and the half-year that took May in
    half, june = CALENDAR.at("2027-H1"), CALENDAR.at("2027-06")
    assert (half.news_since, june.since) == (date(2027, 4, 16), date(2027, 5, 16))
    assert silence(CALENDAR, day, date(2027, 4, 16)) == [june, half]
    assert silence(CALENDAR, day, date(2027, 4, 17)) == []
    assert silence(CALENDAR, day, None) == []


def test_the_last_periods_that_are_over() -> None:
    """Those of which the deadline has passed; a month that a longer period took in counts as that one."""
    day = datetime(2027, 6, 20, 9, tzinfo=ZONE)
    assert [one.code for one in CALENDAR.ended(day, 3)] == ["2027-06", "2027-H1", "2027-04"]
    due = CALENDAR.at("2027-07").due_at
    assert [one.code for one in CALENDAR.ended(due, 1)] == ["2027-06"]
