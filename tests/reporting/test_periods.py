"""Periods: which day counts for which, when they are due and lock, how they are called."""

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.i18n import ZONE, Catalogue, Phrase, Voice
from bot.reporting.calendar import Calendar
from bot.reporting.periods import days_late, local_day, read_period
from bot.reporting.working_days import WorkingDays
from tests.reporting.calendars import WHOLE, complaints, monthly

MID_MONTH = monthly()
WHOLE_MONTH = monthly(None, **WHOLE)
UNSHIFTED = monthly(shift="không")
DAYS = st.dates(date(2020, 1, 1), date(2040, 12, 31))
VIETNAMESE = {
    ("{time} on {day} ({weekday})", ""): ("{time} {day} ({weekday})",),
    ("month {month}/{year}", ""): ("tháng {month}/{year}",),
}


def local(text: str) -> datetime:
    """Read a local time of Vietnam."""
    return datetime.fromisoformat(text).replace(tzinfo=ZONE)


@st.composite
def calendars(draw: st.DrawFn) -> Calendar:
    """Make any calendar that is sound: every end of the month, every due day, in this month or the next."""
    last = draw(st.integers(1, 31))
    next_month = draw(st.booleans())
    due = draw(st.integers(1 if next_month else last, 31))
    lock = draw(st.integers(due, 31))
    after = " tháng sau" if next_month else ""
    overrides = draw(st.dictionaries(DAYS, st.booleans(), max_size=3))
    return monthly(
        WorkingDays(overrides),
        since="1" if last == 31 else f"{last + 1} tháng trước",
        cut_off=str(last),
        due=f"{due}{after}",
        due_commune="31 tháng sau",
        due_province="31 tháng sau",
        lock=f"{lock}{after}",
        shift="có" if draw(st.booleans()) else "không",
    )


@pytest.mark.parametrize(
    ("code", "since", "until", "due", "lock"),
    [
        ("2026-10", "2026-09-16", "2026-10-15", "2026-10-15", "2026-10-20"),
        ("2026-11", "2026-10-16", "2026-11-15", "2026-11-16", "2026-11-20"),  # the 15th is a Sunday
        ("2026-12", "2026-11-16", "2026-12-15", "2026-12-15", "2026-12-20"),
        ("2027-01", "2026-12-16", "2027-01-15", "2027-01-15", "2027-01-20"),
        ("2027-02", "2027-01-16", "2027-02-15", "2027-02-15", "2027-02-20"),  # after Tết (4/2 to 10/2)
        ("2027-05", "2027-04-16", "2027-05-15", "2027-05-17", "2027-05-20"),
        ("2026-02", "2026-01-16", "2026-02-15", "2026-02-23", "2026-02-26"),  # Tết moves it past the lock day
    ],
)
def test_known_periods(code: str, since: str, until: str, due: str, lock: str) -> None:
    """The 16th to the 15th, due at 17:00 on the 15th or the next working day, locked at the end of the 20th."""
    period = MID_MONTH.at(code)
    assert (period.code, str(period.since), str(period.until)) == (code, since, until)
    assert period.due_at == local(f"{due} 17:00")
    assert period.locks_at == local(f"{lock} 23:59:59.999999")


@pytest.mark.parametrize(
    ("code", "since", "until", "due", "lock"),
    [
        ("2027-02", "2027-02-01", "2027-02-28", "2027-03-05", "2027-03-10"),
        ("2028-02", "2028-02-01", "2028-02-29", "2028-03-06", "2028-03-10"),
        ("2026-12", "2026-12-01", "2026-12-31", "2027-01-05", "2027-01-10"),
        ("2027-01", "2027-01-01", "2027-01-31", "2027-02-11", "2027-02-14"),  # the 5th is in Tết
    ],
)
def test_whole_months(code: str, since: str, until: str, due: str, lock: str) -> None:
    """A cycle of whole months, due and locked in the month after."""
    period = WHOLE_MONTH.at(code)
    assert (str(period.since), str(period.until)) == (since, until)
    assert (str(period.due_at.date()), str(period.locks_at.date())) == (due, lock)


def test_a_cycle_locks_on_the_first_lock_day_from_the_due_day_on() -> None:
    """A lock day with a smaller number than the due day lies in the month after."""
    calendar = monthly(due="25", due_commune="26", due_province="27", lock="3 tháng sau", shift="không")
    assert calendar.at("2026-11").locks_at.date() == date(2026, 12, 3)


def test_a_province_may_keep_deadlines_on_days_off() -> None:
    """Without the shift a Sunday stays the due day."""
    assert UNSHIFTED.at("2026-11").due_at == local("2026-11-15 17:00")


@pytest.mark.parametrize(
    ("day", "code"),
    [
        (date(2026, 10, 15), "2026-10"),
        (date(2026, 10, 16), "2026-11"),
        (date(2026, 11, 15), "2026-11"),
        (date(2026, 12, 16), "2027-01"),
        (date(2027, 1, 1), "2027-01"),
    ],
)
def test_an_event_counts_for_the_period_of_its_day(day: date, code: str) -> None:
    """The 15th is the last day of a period, also over the turn of the year."""
    assert MID_MONTH.of(day).code == code


def test_what_day_it_is_is_asked_in_vietnam() -> None:
    """At 17:30 UTC on the 15th it is the 16th in Vietnam, and the next period is open."""
    assert MID_MONTH.open(datetime(2026, 11, 15, 16, 30, tzinfo=UTC)).code == "2026-11"
    assert MID_MONTH.open(datetime(2026, 11, 15, 17, 30, tzinfo=UTC)).code == "2026-12"


@pytest.mark.parametrize(
    ("now", "code"),
    [
        ("2026-11-10 09:00", "2026-11"),  # October's is locked, November's runs
        ("2026-11-15 23:59", "2026-11"),
        ("2026-11-16 00:00", "2026-11"),  # ended, not yet due
        ("2026-11-18 09:00", "2026-11"),  # late ones are still asked
        ("2026-11-20 23:59", "2026-11"),
        ("2026-11-21 00:00", "2026-12"),
    ],
)
def test_units_are_asked_for_the_ended_period_until_it_locks(now: str, code: str) -> None:
    """Between the end and the lock of a period units owe that one, afterwards the open one."""
    assert MID_MONTH.due(local(now)).code == code


@pytest.mark.parametrize(
    "code", ["", "2026", "2026-13", "2026-00", "2026-1", "2026-Q1", "11/2026", "x2026-11", "2026-11\n"]
)
def test_a_code_that_names_no_period_is_refused(code: str) -> None:
    """Only year and month name a period of the monthly calendar; the refusal shows a good one."""
    with pytest.raises(ValueError, match="2026-11"):
        MID_MONTH.at(code)


def test_what_people_read() -> None:
    """Title and deadline in Vietnamese: the shifted day with its weekday, the year without a thousands mark."""
    voice = Voice(Catalogue("vi", VIETNAMESE))
    period = MID_MONTH.at("2026-11")
    assert voice.speak(period.deadline) == "17 giờ 16/11/2026 (Thứ Hai)"
    assert voice.speak(period.title) == "tháng 11/2026"


@pytest.mark.parametrize(
    ("filed", "late"),
    [
        ("2026-11-02 08:00", 0),
        ("2026-11-16 16:59", 0),
        ("2026-11-16 17:00:00", 0),
        ("2026-11-16 17:00:01", 1),
        ("2026-11-16 23:59", 1),
        ("2026-11-17 08:00", 1),
        ("2026-11-18 00:01", 2),
        ("2026-11-18 23:00", 2),
        ("2026-12-16 08:00", 30),
    ],
)
def test_days_late(filed: str, late: int) -> None:
    """On time up to the very second; then calendar days, the evening of the due day counting as one."""
    assert days_late(local(filed), MID_MONTH.at("2026-11").due_at) == late


def test_days_late_are_counted_in_vietnam() -> None:
    """A report filed at 17:30 UTC on the 17th came on the 18th in Vietnam."""
    assert days_late(datetime(2026, 11, 17, 17, 30, tzinfo=UTC), MID_MONTH.at("2026-11").due_at) == 2


def test_a_moment_without_a_zone_is_refused() -> None:
    """Nobody guesses which day a naive time belongs to."""
    with pytest.raises(ValueError, match="time zone"):
        local_day(datetime(2026, 11, 16, 9))  # noqa: DTZ001 - the mistake under test


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("2026-11", "2026-11"),
        ("2026/1", "2026-01"),
        ("11/2026", "2026-11"),
        ("11-2026", "2026-11"),
        ("11 2026", "2026-11"),
        ("11", "2026-11"),
        ("011", None),
        ("12", "2025-12"),  # not here yet
        ("1", "2026-01"),
        ("05", "2026-05"),
        ("tháng 11", "2026-11"),
        ("Tháng 12", "2025-12"),
        ("THÁNG 9/2025", "2025-09"),
        ("tha\u0301ng 11", "2026-11"),  # the accent typed as a letter of its own
        ("thang 11 nam 2025", "2025-11"),
        ("tháng 11 năm 2025", "2025-11"),
        ("t11", "2026-11"),
        ("T.10", "2026-10"),
        ("th11", "2026-11"),
        ("thg 11", "2026-11"),
        ("kỳ tháng 11", "2026-11"),
        ("ky 10", "2026-10"),
        ("month 11/2026", "2026-11"),
        (" t 11 ", "2026-11"),
        ("0", None),
        ("13", None),
        ("tháng 13", None),
        ("", None),
        ("tháng", None),
        ("11/26", None),  # a day, or a year? nobody knows
        ("11/11/2026", None),
        ("kỳ trước", None),
        ("quý 4", None),
        ("2026", None),
        ("112026", None),
        ("²", None),
        ("11 đoàn viên", None),
    ],
)
def test_read_period(text: str, code: str | None) -> None:
    """A month is read as people type it; without a year it is the latest that has come."""
    assert read_period(text, date(2026, 11, 10)) == code


@pytest.mark.parametrize(
    ("now", "text", "code"),
    [
        ("2026-10-20 09:00", "11", "2026-11"),  # open since the 16th
        ("2026-10-10 09:00", "11", "2025-11"),
        ("2026-12-20 09:00", "t1", "2027-01"),
        ("2026-12-20 09:00", "12", "2026-12"),
    ],
)
def test_the_open_period_can_be_named(now: str, text: str, code: str) -> None:
    """A bare month means the open period also while the calendar still shows the month before."""
    assert MID_MONTH.read(text, local(now)) == code


@pytest.mark.parametrize(
    ("cells", "column", "complaint"),
    [
        ({"from": "17 tháng trước"}, "from", "{day} belongs to no month."),
        ({"from": "15 tháng trước"}, "from", "{period} runs into {after}, which begins on {day}."),
        ({"from": "1", "cut_off": "30"}, "from", "{day} belongs to no month."),
        ({"due": "14"}, "due", "{period} is due on {day}, before its data end on {until}."),
        ({"due_commune": "14"}, "due_commune", "{period} is passed on on {day}, before units report."),
        ({"due_province": "17"}, "due_province", "{period} is compiled on {day}, before it is passed on."),
        ({"lock": "14"}, "lock", "{period} locks on {day}, before it is due."),
    ],
)
def test_an_unsound_cycle_is_refused(cells: dict[str, str], column: str, complaint: str) -> None:
    """A cycle with gaps, overlaps or days out of order is refused in words that name the cell."""
    found = [(one.row, one.column, one.text.msgid) for one in complaints(**cells) if isinstance(one.text, Phrase)]
    assert (0, column, complaint) in found


@settings(deadline=None)
@given(calendars(), DAYS)
def test_every_day_belongs_to_exactly_one_period(calendar: Calendar, day: date) -> None:
    """The period of a day holds it and its neighbours do not, whatever the cycle."""
    period = calendar.of(day)
    before, after = calendar.previous(period), calendar.following(period)
    assert before.until < period.since <= day <= period.until < after.since


@settings(deadline=None)
@given(calendars(), DAYS)
def test_periods_are_contiguous(calendar: Calendar, day: date) -> None:
    """One period begins the day after the one before it ends, and going forth and back leads home."""
    period = calendar.of(day)
    after = calendar.following(period)
    assert after.since == period.until + timedelta(days=1)
    assert calendar.previous(after) == period


@settings(deadline=None)
@given(calendars(), DAYS)
def test_codes_lead_back_to_their_periods(calendar: Calendar, day: date) -> None:
    """A code, kept or typed, names the period it came from."""
    period = calendar.of(day)
    assert calendar.at(period.code) == period
    assert read_period(period.code, day) == period.code


@settings(deadline=None)
@given(calendars(), DAYS)
def test_deadlines_fall_on_working_days_and_before_the_lock(calendar: Calendar, day: date) -> None:
    """A shifted deadline is 17:00 of a working day; no period locks before it is due or has ended."""
    period = calendar.of(day)
    assert period.due_at.tzinfo is ZONE
    assert period.due_at.time() == time(17)
    assert not calendar.basis.shift or calendar.working_days.works(period.due_at.date())
    assert period.due_at < period.locks_at
    assert period.until <= period.locks_at.date()


@settings(deadline=None)
@given(calendars(), st.datetimes(datetime(2021, 1, 1), datetime(2039, 1, 1), timezones=st.just(UTC)))  # noqa: DTZ001 - bounds
def test_nobody_is_asked_for_a_locked_period(calendar: Calendar, now: datetime) -> None:
    """What a unit is asked for is the open period or the one before, and is not locked."""
    asked, current = calendar.due(now), calendar.open(now)
    assert asked in (current, calendar.previous(current))
    assert not asked.locked(now)


@given(
    st.datetimes(datetime(2026, 1, 1), datetime(2027, 1, 1), timezones=st.just(UTC)),  # noqa: DTZ001 - bounds
    st.timedeltas(timedelta(0), timedelta(days=60)),
)
def test_lateness_never_shrinks(filed: datetime, more: timedelta) -> None:
    """Filing later is never counted as less late, and lateness is zero exactly up to the deadline."""
    due = MID_MONTH.at("2026-11").due_at
    assert days_late(filed, due) <= days_late(filed + more, due)
    assert (days_late(filed, due) == 0) == (filed <= due)
