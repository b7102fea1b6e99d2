"""Reporting periods: which days count, until when a report is on time, what closes them, what people call them."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Final

from bot.forms.fold import fold
from bot.i18n import ZONE, DayMonth, Phrase, Text, Weekday, _

ONE_DAY: Final = timedelta(days=1)
GRACE: Final = timedelta(days=3)  # a deadline shifted past the lock day still leaves this long before the lock
NIL: Final = "nil"  # the report kind that says that there is nothing to report
PERIODIC: Final = "periodic"  # the report kind that says itself which period it is for, so its day closes no other
YEAR_FIRST: Final = re.compile(r"(?P<year>(?:19|20)[0-9]{2})\s*[-/.]\s*(?P<month>1[0-2]|0?[1-9])")
MONTH_FIRST: Final = re.compile(
    r"(?:ky\s*)?(?:(?:thang|thg|th|t|month)\.?\s*)?(?P<month>1[0-2]|0?[1-9])"
    r"(?:(?:\s*[-/.]\s*|\s+(?:nam\s+)?)(?P<year>(?:19|20)[0-9]{2}))?"
)


@dataclass(frozen=True, slots=True)
class Period:
    """A stretch of days that one report is about, and the moments when it is due and locked (local, aware).

    Reports are kept under the code of the month that their day is in. They close the period if that is among its
    `codes` (a longer period has also that of the month it takes the place of), or, where it names `forms`, if
    they are of these and their day is among its days. `codes` of an absorbed month begin with its own.
    """

    code: str  # "2026-11", "2027-Q1", "2026S", "TET-2027-B"
    since: date
    until: date  # included: the last day whose figures count
    due_at: datetime  # as shown: already shifted
    locks_at: datetime  # the last moment of the lock day
    title: Text
    cycle: str
    number: int
    codes: tuple[str, ...]
    due_commune: datetime  # when the unions above pass it on
    due_province: datetime
    forms: tuple[str, ...] = ()  # report kinds that close it; empty: any
    nil: bool = True  # "nothing to report" closes it too
    estimated_to: date | None = None  # text reports are written before the period ends: figures are estimated so far
    asked_until: datetime | None = None  # if we stop asking before it locks
    absorbed_by: str = ""  # code of the longer period that is asked for instead
    kinds: frozenset[str] = frozenset()  # unit kinds that are asked; empty: all that report
    news_since: date = date.max  # earlier days were told in the months before; a unit founded later is not asked

    @property
    def named(self) -> Phrase:
        """Name it with its days: "tháng 12/2026 (16/11–15/12)", "năm 2026 (01/12/2025–15/11/2026)"."""
        short = (self.until - self.since).days < 180
        since, until = (DayMonth(self.since), DayMonth(self.until)) if short else (self.since, self.until)
        return _("{period} ({since}–{until})", period=self.title, since=since, until=until)

    @property
    def news(self) -> Phrase:
        """Name it with the days that no earlier report has told of: "năm 2026 (16/10–15/11)"."""
        since = DayMonth(min(self.news_since, self.until))
        return _("{period} ({since}–{until})", period=self.title, since=since, until=DayMonth(self.until))

    @property
    def deadline(self) -> Phrase:
        """Say until when a report is on time, with the day of the week: "17 giờ 16/11/2026 (Thứ Hai)"."""
        day = self.due_at.date()
        return _("{time} on {day} ({weekday})", time=self.due_at.time(), day=day, weekday=Weekday(day))

    def locked(self, now: datetime) -> bool:
        """Tell whether units can no longer change their reports for this period by themselves."""
        return now > self.locks_at

    def asked(self, now: datetime) -> bool:
        """Tell whether units are (still) asked for it at that moment: from its first day until it locks."""
        last = self.locks_at if self.asked_until is None else min(self.locks_at, self.asked_until)
        return not self.absorbed_by and self.since <= local_day(now) and now <= last

    def closed_by(self, form: str, period: str, day: date) -> bool:
        """Tell whether a report closes it: its kind, the code it is kept under, the day it is about."""
        if form == NIL:
            return self.nil and period in self.codes
        if not self.forms:
            return period in self.codes
        on_its_days = form != PERIODIC and self.since <= day <= self.until
        return form in self.forms and (period in self.codes or on_its_days)


def asking(period: str, unit: int) -> str:
    """Name what is said to a unit to ask for a period: unsent, it is dropped when the report is there."""
    return f"period/{period}/unit-{unit}"


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


def month_start(now: datetime) -> datetime:
    """Give the moment in which this month of the calendar began, by the clock of the office."""
    return datetime.combine(local_day(now).replace(day=1), time.min, ZONE)


def local_day(moment: datetime) -> date:
    """Give the day it is in Vietnam at that moment; raises ValueError for a moment without a time zone."""
    if moment.tzinfo is None:
        raise ValueError(f"{moment} has no time zone")
    return moment.astimezone(ZONE).date()
