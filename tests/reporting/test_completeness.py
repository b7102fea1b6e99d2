"""Completeness: how each unit stands with a period, and what that adds up to."""

from datetime import date, datetime

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import ZONE
from bot.ports import UnitReport
from bot.records import Unit
from bot.reporting.completeness import Completeness, Standing, UnitStanding, completeness
from tests.reporting.calendars import monthly

CALENDAR = monthly()
NOVEMBER = CALENDAR.at("2026-11")  # 16/10 to 15/11, due Monday 16/11 at 17:00


def local(text: str) -> datetime:
    """Read a local time of Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


BEFORE, AFTER = local("2026-11-10 09:00"), local("2026-11-18 09:00")


def unit(number: int = 1, kind: str = "cdcs", since: date = date.min, until: date | None = None) -> Unit:
    """Make a unit."""
    return Unit(number, f"U{number}", f"Unit {number}", kind, valid_from=since, valid_to=until)


def filed(at: str, number: int = 1, reports: int = 1, *, nil: bool = False) -> UnitReport:
    """Make a unit's receipt."""
    return UnitReport(number, local(at), reports, nil)


def stands(unit: Unit, *receipts: UnitReport, now: datetime = AFTER) -> UnitStanding:
    """Tell how a single unit stands with November."""
    (standing,) = completeness(NOVEMBER, [unit], receipts, now).units
    return standing


@pytest.mark.parametrize(
    ("at", "standing", "late"),
    [
        ("2026-10-17 08:00", Standing.ON_TIME, 0),
        ("2026-11-16 16:59", Standing.ON_TIME, 0),
        ("2026-11-16 17:00:01", Standing.LATE, 1),
        ("2026-11-17 08:00", Standing.LATE, 1),
        ("2026-11-18 08:00", Standing.LATE, 2),
    ],
)
def test_a_unit_that_reported(at: str, standing: Standing, late: int) -> None:
    """What was filed by the deadline is on time, anything after it is late by so many days."""
    assert stands(unit(), filed(at)) == UnitStanding(unit(), standing, late, local(at))


@pytest.mark.parametrize(
    ("now", "standing", "late"),
    [
        ("2026-11-10 09:00", Standing.WAITING, 0),
        ("2026-11-16 17:00", Standing.WAITING, 0),
        ("2026-11-16 17:01", Standing.MISSING, 1),
        ("2026-11-19 09:00", Standing.MISSING, 3),
    ],
)
def test_a_unit_that_did_not_report(now: str, standing: Standing, late: int) -> None:
    """It is waited for up to the deadline, then missing, with the days since."""
    assert stands(unit(), now=local(now)) == UnitStanding(unit(), standing, late)


def test_nil_counts_as_received() -> None:
    """A unit that said there is nothing to report has reported."""
    standing = stands(unit(), filed("2026-11-12 08:00", reports=0, nil=True))
    assert (standing.standing, standing.nil) == (Standing.ON_TIME, True)


def test_a_report_takes_the_place_of_nil() -> None:
    """As soon as there is a report the unit no longer counts as nil, and keeps its first date."""
    standing = stands(unit(), filed("2026-11-12 08:00", reports=1, nil=True))
    assert (standing.standing, standing.nil) == (Standing.ON_TIME, False)


def test_a_receipt_without_a_date_is_no_report() -> None:
    """A unit of which nothing current is left (all withdrawn) is missing again."""
    assert stands(unit(), UnitReport(1, None)).standing is Standing.MISSING


@pytest.mark.parametrize(
    ("since", "until", "standing"),
    [
        (date(2026, 10, 16), None, Standing.MISSING),  # there from the first day on
        (date(2026, 10, 17), None, Standing.EXEMPT),
        (date(2026, 12, 1), None, Standing.EXEMPT),
        (date.min, date(2026, 10, 20), Standing.EXEMPT),
        (date.min, date(2026, 11, 15), Standing.EXEMPT),  # closed on the last day, the day before the deadline
        (date.min, date(2026, 11, 16), Standing.MISSING),
        (date.min, date(2027, 6, 30), Standing.MISSING),
    ],
)
def test_units_founded_or_closed_on_the_way(since: date, until: date | None, standing: Standing) -> None:
    """Nothing is asked of a unit that was not there the whole time."""
    assert stands(unit(since=since, until=until)).standing is standing


def test_closed_on_an_unshifted_due_day() -> None:
    """Where the last day of the period is the due day itself, closing on it exempts."""
    december = CALENDAR.at("2026-12")
    units = [unit(1, until=date(2026, 12, 15)), unit(2, until=date(2026, 12, 16))]
    found = completeness(december, units, [], local("2026-12-17 08:00"))
    assert [each.standing for each in found.units] == [Standing.EXEMPT, Standing.MISSING]


def test_closed_while_a_deadline_was_put_off() -> None:
    """Over Tết the deadline moves by a week; who closes before it has nobody left to report."""
    february = CALENDAR.at("2026-02")
    units = [unit(1, until=date(2026, 2, 20)), unit(2, until=date(2026, 2, 23))]
    found = completeness(february, units, [], local("2026-02-24 08:00"))
    assert [each.standing for each in found.units] == [Standing.EXEMPT, Standing.MISSING]


def test_an_exempt_unit_that_reports_counts() -> None:
    """A unit that reports although nothing was asked of it is received and due like any other."""
    young = unit(since=date(2026, 11, 1))
    found = completeness(NOVEMBER, [young], [filed("2026-11-12 08:00")], AFTER)
    assert (found.due, found.received, found.units[0].standing) == (1, 1, Standing.ON_TIME)


def test_only_reporting_kinds_are_asked() -> None:
    """Unions above, member unions and groups are left out, their receipts too; the order is kept."""
    units = [
        unit(1, "ldld_tinh"),
        unit(5, "nghiep_doan_co_so"),
        unit(2, "cd_xa_phuong"),
        unit(3),
        unit(4, "cdcs_thanh_vien"),
    ]
    found = completeness(NOVEMBER, units, [filed("2026-11-12 08:00", 2), filed("2026-11-12 08:00", 99)], AFTER)
    assert [each.unit.id for each in found.units] == [5, 3]
    assert found.received == 0


def test_counts() -> None:
    """An area of six: the exempt one leaves the denominator, late ones are received."""
    units = [*map(unit, range(1, 6)), unit(6, since=date(2026, 11, 1))]
    receipts = [
        filed("2026-11-01 08:00", 1),
        filed("2026-11-15 08:00", 2, 0, nil=True),
        filed("2026-11-17 08:00", 3),
    ]
    found = completeness(NOVEMBER, units, receipts, AFTER)
    assert (found.due, found.received, found.on_time, found.late, found.missing, found.waiting) == (5, 3, 2, 1, 2, 0)
    assert found.share == pytest.approx(0.6)
    assert [each.unit.id for each in found.those(Standing.MISSING, Standing.LATE)] == [3, 4, 5]
    assert completeness(NOVEMBER, units, receipts, BEFORE).waiting == 2


@pytest.mark.parametrize("units", [[], [unit(since=date(2026, 11, 1))]])
def test_where_nobody_is_asked_nothing_lacks(units: list[Unit]) -> None:
    """An area without due reports is complete."""
    found = completeness(NOVEMBER, units, [], AFTER)
    assert (found.due, found.share) == (0, 1.0)


MOMENTS = st.datetimes(datetime(2026, 10, 1), datetime(2026, 12, 31), timezones=st.just(ZONE))  # noqa: DTZ001 - bounds
FOUNDED = st.sampled_from([date.min, date(2026, 10, 16), date(2026, 10, 30)])
CLOSED = st.sampled_from([None, date(2026, 11, 1), date(2026, 12, 24)])


@settings(deadline=None)
@given(
    st.lists(st.tuples(FOUNDED, CLOSED, st.none() | MOMENTS), max_size=12),
    MOMENTS,
)
def test_every_unit_stands_somewhere(cases: list[tuple[date, date | None, datetime | None]], now: datetime) -> None:
    """The counts add up, nobody waits after the deadline, and only the late and the missing have days."""
    units = [unit(number, since=since, until=until) for number, (since, until, _) in enumerate(cases)]
    receipts = [UnitReport(number, at, 1) for number, (_, _, at) in enumerate(cases) if at]
    found = completeness(NOVEMBER, units, receipts, now)
    assert [each.unit for each in found.units] == units
    assert found.received == len(receipts)
    assert found.due == found.received + found.waiting + found.missing
    assert not (found.waiting and found.missing)
    assert 0 <= found.share <= 1
    behind = found.those(Standing.LATE, Standing.MISSING)
    assert all((each.days_late > 0) == (each in behind) for each in found.units)


def test_a_completeness_is_a_value() -> None:
    """Counting twice gives equal results."""
    assert completeness(NOVEMBER, [unit()], [], AFTER) == Completeness(
        NOVEMBER, (UnitStanding(unit(), Standing.MISSING, 2),)
    )
