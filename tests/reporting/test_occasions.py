"""What the clock has to say between two moments: ladders, quiet hours, Tết, outages, jumping clocks, other zones."""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import ZONE
from bot.reporting.calendar import Calendar
from bot.reporting.cycles import default_rows, read_cycles
from bot.reporting.kinds import REPORT_KINDS
from bot.reporting.occasions import LADDER, Dropped, Kind, Occasion, Rules, Rung, due, planned
from bot.reporting.quiet import Quiet
from tests.reporting.calendars import monthly

RULES = Rules(Calendar().known_to({"dialogue", "propaganda", "membership"}))
MONTHS = Rules(monthly(shift="không"))
FEW = {Kind.REMIND, Kind.ESCALATE, Kind.CLOSING}
MINUTE = timedelta(minutes=1)


def local(text: str, zone: ZoneInfo = ZONE) -> datetime:
    """Read a local time."""
    return datetime.fromisoformat(text).replace(tzinfo=zone)


def told(occasions: Sequence[Occasion], kinds: set[Kind] = FEW) -> list[tuple[str, str]]:
    """Give the keys of what is said, with their local times."""
    chosen = (one for one in occasions if one.kind in kinds and one.dropped is None)
    return [(one.key, f"{one.at.astimezone(ZONE):%m-%d %H:%M}") for one in chosen]


def test_the_ladder_of_a_period() -> None:
    """Five words to the chair and one to the officer, counted from the deadline as shifted to Monday the 16th."""
    assert told(planned(RULES, local("2026-11-05"), local("2026-11-22"))) == [
        ("remind/2026/T-7", "11-09 08:00"),
        ("remind/2026/T-3", "11-13 08:00"),
        ("remind/2026/T-1", "11-15 14:00"),
        ("remind/2026/T", "11-16 08:00"),
        ("closing/2026", "11-16 18:00"),
        ("remind/2026/T+1", "11-17 08:00"),
        ("escalate/2026/T+3", "11-19 08:00"),
    ]


def test_digests_and_drafts_come_by_the_day() -> None:
    """The daily digest at 7:30, the weekly one on Mondays, half done reports at 8:00."""
    rest = {Kind.DAILY, Kind.WEEKLY, Kind.DRAFTS}
    assert told(planned(RULES, local("2026-11-22"), local("2026-11-23 12:00")), rest) == [
        ("daily/2026-11-22", "11-22 07:30"),
        ("drafts/2026-11-22", "11-22 08:00"),
        ("daily/2026-11-23", "11-23 07:30"),
        ("weekly/2026-11-23", "11-23 07:30"),
        ("drafts/2026-11-23", "11-23 08:00"),
    ]


def test_tet_is_silent() -> None:
    """Nothing is said on the first three days of the year of the Goat; a reminder waits until the fourth, 6:30."""
    found = planned(RULES, local("2027-02-05 09:00"), local("2027-02-09 07:00"))
    assert [(one.key, one.dropped) for one in found if one.dropped is None] == [
        ("remind/2027-02/T-7", None),
        ("weekly/2027-02-08", None),
    ]
    assert {one.at for one in found if one.dropped is None} == {local("2027-02-09 06:30")}
    assert {one.dropped for one in found if one.kind is Kind.DAILY} == {Dropped.QUIET}


def ladder(*times: tuple[int, str]) -> Rules:
    """Make rules with another ladder."""
    rungs = tuple(Rung(f"T{days:+}", days, time.fromisoformat(at)) for days, at in times)
    return Rules(monthly(shift="không"), ladder=rungs)


def test_a_step_at_night_waits_for_the_morning() -> None:
    """What was set for 21:00 comes at 6:30, or not at all if the next step is less than a day off by then."""
    rules = ladder((-3, "21:00"), (-1, "21:00"), (0, "08:00"))
    found = planned(rules, local("2026-12-10"), local("2026-12-17"))
    assert [(one.step, f"{one.at:%d %H:%M}", one.dropped) for one in found if one.kind is Kind.REMIND] == [
        ("T-3", "13 06:30", None),
        ("T-1", "15 06:30", Dropped.QUIET),
        ("T+0", "15 08:00", None),
    ]


@pytest.mark.parametrize(
    ("back", "said"),
    [
        ("2026-11-10 12:00", ["T-7"]),
        ("2026-11-14 12:00", ["T-3"]),
        ("2026-11-15 15:00", ["T-1"]),
        ("2026-11-15 22:00", []),  # in quiet hours: the morning's step says it better
        ("2026-11-16 09:00", ["T"]),
        ("2026-11-16 16:59", ["T"]),
        ("2026-11-16 17:00", []),  # "today until 17:00" is of no use any more
        ("2026-11-18 12:00", ["T+1"]),
        ("2026-11-25 12:00", []),
    ],
)
def test_after_an_outage_only_the_latest_step_is_said(back: str, said: list[str]) -> None:
    """One word after days away, the one that is of use now; what is left out is listed with its rule."""
    found = [one for one in due(RULES, local("2026-11-05"), local(back)) if one.kind is Kind.REMIND]
    assert [one.step for one in found if one.dropped is None] == said
    assert {one.dropped for one in found} <= {None, Dropped.LATE, Dropped.SUPERSEDED, Dropped.QUIET}


def test_an_outage_over_days_brings_one_digest_a_kind() -> None:
    """A week away does not bring seven mornings."""
    found = due(RULES, local("2026-11-22 09:00"), local("2026-11-29 11:00"))
    daily = {one.key: one.dropped for one in found if one.kind in {Kind.DAILY, Kind.DRAFTS, Kind.WEEKLY}}
    assert [key for key, dropped in daily.items() if dropped is None] == ["daily/2026-11-29", "drafts/2026-11-29"]
    assert daily["daily/2026-11-28"] is daily["weekly/2026-11-23"] is Dropped.LATE


def test_a_clock_that_jumps_back_or_stands_still_brings_nothing() -> None:
    """Between a moment and itself, or an earlier one, nothing comes due."""
    now = local("2026-11-16 08:00")
    assert due(RULES, now, now) == due(RULES, now, now - timedelta(days=3)) == []


def test_the_moment_itself_belongs_to_the_tick_that_ends_with_it() -> None:
    """8:00 sharp comes due at 8:00, once: not with the minute before, not with the one after."""
    at = local("2026-11-16 08:00")
    ticks = [(at - 2 * MINUTE, at - MINUTE), (at - MINUTE, at), (at, at + MINUTE)]
    assert [told(due(RULES, *tick), {Kind.REMIND}) for tick in ticks] == [[], [("remind/2026/T", "11-16 08:00")], []]


@pytest.mark.parametrize("year", [2024, 2025, 2026, 2027, 2028, 2030, 2033, 2053])
def test_a_whole_year_is_the_same_in_one_piece_and_in_many(year: int) -> None:
    """However the year is cut into ticks, leap years and Tết included, everything comes due exactly once."""
    since, until = local(f"{year}-01-01"), local(f"{year + 1}-01-01")
    whole = planned(RULES, since, until)
    cuts = [since + timedelta(days=9, hours=7, minutes=30) * n for n in range(40)]
    cuts = [*[cut for cut in cuts if cut < until], until]
    pieces = [one for a, b in itertools.pairwise(cuts) for one in planned(RULES, a, b)]
    assert pieces == whole
    assert len({one.key for one in whole}) == len(whole)
    quiet = Quiet()
    assert all(quiet.over(one.at) == one.at < one.until for one in whole if one.dropped is None)


@pytest.mark.parametrize("year", range(2025, 2041))
def test_every_period_has_its_whole_ladder(year: int) -> None:
    """Twelve deadlines a year and three campaigns, each with all six steps, none dropped but for Tết."""
    found = planned(RULES, local(f"{year}-01-01"), local(f"{year + 1}-01-01"))
    steps = [one for one in found if one.kind in {Kind.REMIND, Kind.ESCALATE}]
    codes = {one.subject for one in steps if local(f"{year}-01-10") < one.at < local(f"{year}-12-10")}
    assert {f"{year}-Q1", f"{year}-H1", f"{year}-9M", f"{year}", f"{year}-06", f"CDVN_2807-{year}"} <= codes
    for code in codes - {f"{year}-01", f"{year + 1}-01"}:
        assert [one.step for one in steps if one.subject == code] == [rung.step for rung in LADDER], code


@settings(deadline=None, max_examples=60)
@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2028, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.timedeltas(timedelta(0), timedelta(days=40)),
)
def test_after_any_outage_at_most_one_word_a_period(since: datetime, away: timedelta) -> None:
    """Whatever the outage, a ladder is caught up by one step at most, and what is said is still of use."""
    until = since + away
    said = [one for one in due(RULES, since, until) if one.dropped is None]
    ladders = [(one.kind, one.subject) for one in said if one.kind in FEW]
    assert len(ladders) == len(set(ladders))
    assert all(one.until > Quiet().over(until) for one in said)
    assert sum(one.kind is Kind.DAILY for one in said) <= 1


@pytest.mark.parametrize("zone", ["Europe/Berlin", "America/New_York", "Australia/Lord_Howe"])
def test_zones_with_daylight_saving(zone: str) -> None:
    """Where clocks are put forward and back, every day has its digest once, at 7:30 by the wall."""
    here = ZoneInfo(zone)
    rules = Rules(Calendar(zone=here), Quiet(zone=here))
    found = planned(rules, local("2026-01-01", here), local("2027-01-01", here))
    daily = [one for one in found if one.kind is Kind.DAILY]
    assert [one.at.date() for one in daily] == [date(2026, 1, 1) + timedelta(days=n) for n in range(365)]
    assert {one.at.time() for one in daily} == {time(7, 30)}
    gaps = {b.at.astimezone(UTC) - a.at.astimezone(UTC) for a, b in itertools.pairwise(daily)}
    assert len(gaps) == 3
    deadline = next(one.due_at for one in found if one.subject == "2026-06")
    assert deadline is not None
    assert (deadline.hour, deadline.tzinfo) == (17, here)


def test_moments_of_other_zones_mean_the_same() -> None:
    """Asked in UTC, the same comes due."""
    since, until = local("2026-11-16 07:00"), local("2026-11-16 09:00")
    assert due(RULES, since, until) == due(RULES, since.astimezone(UTC), until.astimezone(UTC))


def test_units_with_a_deadline_of_their_own_have_a_ladder_of_their_own() -> None:
    """A row for one kind of unit adds its steps under a key with its day; where the days agree there is one ladder."""
    rows = [*default_rows(), {"cycle": "month", "for": "nghiep_doan_co_so", "due": "17", "due_commune": "19"}]
    cycles, wrong = read_cycles(rows, REPORT_KINDS)
    assert wrong == []
    rules = Rules(Calendar(cycles).known_to({"dialogue"}))
    keys = [key for key, _at in told(planned(rules, local("2026-12-14"), local("2026-12-18")), {Kind.REMIND})]
    assert keys == [
        *("remind/2026-12@2026-12-17/T-3", "remind/2026-12/T-1", "remind/2026-12/T", "remind/2026-12/T+1"),
        *("remind/2026-12@2026-12-17/T-1", "remind/2026-12@2026-12-17/T"),
    ]


@dataclass(frozen=True)
class Announcement:
    """A day of the office's year."""

    on: date
    key: str


class OneDay:
    """A year with one anniversary."""

    def notices(self, since: date, until: date) -> list[Announcement]:
        """Give it."""
        days = [Announcement(date(2027, 7, 18), "day/CDVN_2807/2027/T-10")]
        return [one for one in days if since <= one.on <= until]

    def results(self, since: date, until: date) -> list[Announcement]:
        """Give none."""
        del since, until
        return []


def test_anniversaries_are_announced_in_the_morning() -> None:
    """What the office's year announces is said at 8:00 of its day, under the key that the year gives it."""
    rules = Rules(MONTHS.calendar, year=OneDay())
    assert told(planned(rules, local("2027-07-01"), local("2027-07-30")), {Kind.DAY}) == [
        ("day/CDVN_2807/2027/T-10", "07-18 08:00")
    ]
