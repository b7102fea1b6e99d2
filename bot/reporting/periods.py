"""Reporting periods: which days count for which, until when a report is on time, and what people call them."""

from __future__ import annotations

import re
from calendar import monthrange
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.forms.fold import fold
from bot.i18n import ZONE, Code, DayMonth, Phrase, Text, Weekday, _
from bot.reporting.working_days import WorkingDays

ONE_DAY: Final = timedelta(days=1)
GRACE: Final = timedelta(days=3)  # a deadline shifted past the lock day still leaves this long before the lock
LAST_OF_MONTH: Final = 31
CODE: Final = re.compile(r"((?:19|20)[0-9]{2})-(0[1-9]|1[0-2])")
YEAR_FIRST: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})\s*[-/.]\s*(?P<month>1[0-2]|0?[1-9])")
MONTH_FIRST: Final = re.compile(
    r"(?:ky\s*)?(?:(?:thang|thg|th|t|month)\.?\s*)?(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?:\s*[-/.]\s*|\s+(?:nam\s+)?)(?P<year>(?:19|20)[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class Cycle:
    """A monthly reporting cycle, as data. A period bears the name of the month in which it ends.

    A day beyond the end of a month is its last day: first_day=1, last_day=31 is the whole month. The report is due
    in the month of the name, or in the one after (`due_next_month`), and is locked at the end of the first
    `lock_day` from the due day on. `shift` moves a due day on which nobody works to the next working day.
    """

    code: str = "month"
    first_day: int = 16
    last_day: int = 15
    due_day: int = 15
    due_time: time = time(17)
    lock_day: int = 20
    shift: bool = True
    due_next_month: bool = False

    def __post_init__(self) -> None:
        """Refuse a cycle that leaves days out, counts them twice, or locks before it ends."""
        if complaints := self._complaints():
            raise ValueError(f"reporting cycle {self.code!r}: " + "; ".join(complaints))

    def _complaints(self) -> list[str]:
        found = [
            f"{name} is {value}, it must be from 1 to 31"
            for name in ("first_day", "last_day", "due_day", "lock_day")
            if not 1 <= (value := getattr(self, name)) <= LAST_OF_MONTH
        ]
        follows = self.last_day % LAST_OF_MONTH + 1
        if self.first_day != follows:
            found.append(f"first_day is {self.first_day}, after last_day {self.last_day} it must be {follows}")
        if self._months_to_lock() == 0 and self.lock_day < self.last_day:
            found.append(f"lock_day {self.lock_day} comes before the period ends on day {self.last_day}")
        if self.due_time.tzinfo:
            found.append("due_time has a time zone, it must be plain local time")
        return found

    def _months_to_lock(self) -> int:
        return self.due_next_month + (self.lock_day < self.due_day)

    def until(self, month: int) -> date:
        """Give the last day of the period named after a month."""
        return _day_in(month, self.last_day)

    def due(self, month: int) -> date:
        """Give the day on which that period is due, before any shift."""
        return _day_in(month + self.due_next_month, self.due_day)

    def lock(self, month: int) -> date:
        """Give the day at the end of which that period is locked, before any shift."""
        return _day_in(month + self._months_to_lock(), self.lock_day)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that one report is about, and the moments when it is due and locked (local, aware)."""

    code: str  # "2026-11"; longer periods and campaigns will have codes of their own
    since: date
    until: date  # included
    due_at: datetime  # as shown: already shifted
    locks_at: datetime  # the last moment of the lock day
    title: Text

    @property
    def named(self) -> Phrase:
        """Name it with its days: "tháng 12/2026 (16/11–15/12)"."""
        return _(
            "{period} ({since}–{until})", period=self.title, since=DayMonth(self.since), until=DayMonth(self.until)
        )

    @property
    def deadline(self) -> Phrase:
        """Say until when a report is on time, with the day of the week: "17 giờ 16/11/2026 (Thứ Hai)"."""
        day = self.due_at.date()
        return _("{time} on {day} ({weekday})", time=self.due_at.time(), day=day, weekday=Weekday(day))

    def locked(self, now: datetime) -> bool:
        """Tell whether units can no longer change their reports for this period by themselves."""
        return now > self.locks_at


@dataclass(frozen=True, slots=True)
class Calendar:
    """Everything one asks about the periods of a cycle."""

    cycle: Cycle
    working_days: WorkingDays
    _periods: dict[int, Period] = field(default_factory=dict, init=False, repr=False, compare=False)  # by month

    def of(self, day: date) -> Period:
        """Give the period that an event of this day counts for."""
        month = _month(day.year, day.month)
        return self._period(month if day <= self.cycle.until(month) else month + 1)

    def at(self, code: str) -> Period:
        """Give a period by its code.

        Raises ValueError when the code names no period of this calendar.
        """
        match = CODE.fullmatch(code)
        if not match:
            raise ValueError(f"{code!r} is no period; write year and month, such as 2026-11")
        return self._period(_month(int(match[1]), int(match[2])))

    def open(self, now: datetime) -> Period:
        """Give the period that today's events count for."""
        return self.of(local_day(now))

    def previous(self, period: Period) -> Period:
        """Give the period before this one."""
        return self.of(period.since - ONE_DAY)

    def following(self, period: Period) -> Period:
        """Give the period after this one."""
        return self.of(period.until + ONE_DAY)

    def due(self, now: datetime) -> Period:
        """Give the period that a unit is asked for now: the last one that ended, until it locks; then the open one."""
        current = self.open(now)
        ended = self.previous(current)
        return current if ended.locked(now) else ended

    def read(self, text: str, now: datetime) -> str | None:
        """Read a period somebody named; a bare month may be the open period's, which can bear next month's name."""
        return read_period(text, self.open(now).until)

    def _period(self, month: int) -> Period:
        if month not in self._periods:
            self._periods[month] = self._worked_out(month)
        return self._periods[month]

    def _worked_out(self, month: int) -> Period:
        due, lock = self.cycle.due(month), self.cycle.lock(month)
        if self.cycle.shift:
            due = self.working_days.next(due)
        year, number = divmod(month, 12)
        return Period(
            code=f"{year:04}-{number + 1:02}",
            since=self.cycle.until(month - 1) + ONE_DAY,
            until=self.cycle.until(month),
            due_at=datetime.combine(due, self.cycle.due_time, ZONE),
            locks_at=datetime.combine(max(due + GRACE, lock), time.max, ZONE),
            title=_("month {month}/{year}", month=Code(number + 1), year=Code(year)),
        )


def days_late(filed_at: datetime, due_at: datetime) -> int:
    """Count how late a report is: 0 up to the deadline itself, then calendar days in Vietnam, at least 1."""
    if filed_at <= due_at:
        return 0
    return max(1, (local_day(filed_at) - local_day(due_at)).days)


def read_period(text: str, today: date) -> str | None:
    """Read a month as people type it ("2026-11", "11/2026", "tháng 11", "t11"), or give None.

    Without a year it is the nearest such month that is not after the month of `today`.
    """
    typed = fold(text)
    match = YEAR_FIRST.fullmatch(typed) or MONTH_FIRST.fullmatch(typed)
    if not match:
        return None
    month = int(match["month"])
    year = int(match["year"]) if match["year"] else today.year - (month > today.month)
    return f"{year:04}-{month:02}"


def local_day(moment: datetime) -> date:
    """Give the day it is in Vietnam at that moment; raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(ZONE).date()


def _month(year: int, month: int) -> int:
    """Number the months through, so that the one after December needs no thought."""
    return year * 12 + month - 1


def _day_in(month: int, day: int) -> date:
    year, number = divmod(month, 12)
    return date(year, number + 1, min(day, monthrange(year, number + 1)[1]))
