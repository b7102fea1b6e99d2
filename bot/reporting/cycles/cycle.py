"""A reporting cycle, read from its row: the rule by which its periods are made."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from bot.i18n import Code, Phrase, Plain, Text, _
from bot.reporting.cycles.day import MONTHS, Day
from bot.reporting.periods import GRACE, ONE_DAY, Period
from bot.reporting.working_days import WorkingDays

EVERY_MONTH: Final = "month"
EVERY_YEAR: Final = "year"
PLACES: Final = {"year": r"(?P<year>(?:19|20)\d\d)", "month": r"(?P<month>0[1-9]|1[0-2])", "before": r"(?:19|20)\d\d"}

TITLES: Final = {
    "month": _("month {month}/{year}"),
    "Q1": _("the first quarter of {year}"),
    "H1": _("the first 6 months of {year}"),
    "H1S": _("the figures of the first 6 months of {year}"),
    "9M": _("the first 9 months of {year}"),
    "Y": _("the year {year}"),
    "YS": _("the figures of the year {year}"),
}


@dataclass(frozen=True)
class Cycle:
    """A cycle. `whom` is empty for everybody's row, else the unit kind or unit code that this row is for.

    `forms` are the report kinds that close a period (empty: any). Its periods are numbered by month
    (year x 12 + month - 1) or by year.
    """

    code: str
    repeats: str  # EVERY_MONTH or EVERY_YEAR
    names: str  # the code of its periods: "{year}-{month}", "TET-{year}-B"
    since: Day
    until: Day  # the last day whose figures count
    due: Day
    due_commune: Day
    due_province: Day
    lock: Day
    whom: str = ""
    active: bool = True
    title: str = ""  # the office's own name for its periods; empty: one that we know
    estimated_to: Day | None = None
    due_time: time = time(17)
    late_days: int | None = None  # asked for so long after it was due; None: until it locks
    forms: tuple[str, ...] = ()
    nil: bool = True  # "nothing to report" closes it
    kinds: frozenset[str] = frozenset()  # of the units that are asked
    shift: bool = True  # a day on which nobody works moves to the next working day

    @cached_property
    def pattern(self) -> re.Pattern[str]:
        """Give what the codes of its periods look like."""
        parts = re.split(r"\{(\w+)\}", self.names)
        return re.compile("".join(PLACES[part] if n % 2 else re.escape(part) for n, part in enumerate(parts)))

    def number(self, code: str) -> int | None:
        """Give the number of the period with this code, or None where it is none of this cycle's."""
        found = self.pattern.fullmatch(code)
        if found is None:
            return None
        number = int(found["year"])
        if self.repeats == EVERY_MONTH:
            number = number * MONTHS + int(found["month"]) - 1
        return number if self.named(number) == code else None

    def named(self, number: int) -> str:
        """Give the code of a period."""
        year, month = self._year_and_month(number)
        return self.names.format(year=f"{year:04}", month=f"{month:02}", before=f"{year - 1:04}")

    def first_day(self, number: int) -> date:
        """Give the first day of a period's data: of a month, the day after the month before, however short that was."""
        return self.last_day(number - 1) + ONE_DAY if self.repeats == EVERY_MONTH else self.since.on(number)

    def last_day(self, number: int) -> date:
        """Give the last day whose figures count for a period."""
        return self.until.on(number)

    def between(self, first: date, last: date) -> range:
        """Give the numbers of the periods that may be written, due or locked from one day to another."""
        if self.repeats == EVERY_MONTH:
            return range(first.year * MONTHS + first.month - 3, last.year * MONTHS + last.month + 2)
        return range(first.year - 1, last.year + 2)

    def period(self, number: int, working_days: WorkingDays, zone: ZoneInfo) -> Period:
        """Make one of its periods. Raises ValueError where the lunar tables (1901-2100) end."""
        until = self.last_day(number)
        due = self._moved(self.due.on(number, until), working_days)
        code = self.named(number)
        return Period(
            code=code,
            since=self.first_day(number),
            until=until,
            due_at=self._moment(due, zone),
            locks_at=datetime.combine(max(due + GRACE, self.lock.on(number, until)), time.max, zone),
            title=self._title(number),
            cycle=self.code,
            number=number,
            codes=(code,),
            kinds=self.kinds,
            news_since=self.first_day(number),
            forms=self.forms,
            nil=self.nil,
            due_commune=self._moment(self._moved(self.due_commune.on(number, until), working_days), zone),
            due_province=self._moment(self._moved(self.due_province.on(number, until), working_days), zone),
            estimated_to=self.estimated_to.on(number, until) if self.estimated_to is not None else None,
            asked_until=None
            if self.late_days is None
            else datetime.combine(due + timedelta(days=self.late_days), time.max, zone),
        )

    def _moved(self, day: date, working_days: WorkingDays) -> date:
        return working_days.next(day) if self.shift else day

    def _moment(self, day: date, zone: ZoneInfo) -> datetime:
        return datetime.combine(day, self.due_time, zone)

    def _title(self, number: int) -> Text:
        year, month = self._year_and_month(number)
        if self.title:
            return Plain(self.title.format(year=year, month=month, before=year - 1))
        known = TITLES.get(self.code)
        if known is None:
            return Plain(self.named(number))
        gaps = {"year": Code(year), "month": Code(month)}
        return Phrase(known.msgid, tuple((name, gap) for name, gap in gaps.items() if f"{{{name}}}" in known.msgid))

    def _year_and_month(self, number: int) -> tuple[int, int]:
        if self.repeats == EVERY_MONTH:
            return number // MONTHS, number % MONTHS + 1
        return number, MONTHS
