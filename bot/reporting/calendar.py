"""Everything one asks about periods: which one a day counts for, which are asked for now, what a code means."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field, replace
from datetime import date, datetime
from functools import cached_property
from typing import Final
from zoneinfo import ZoneInfo

from bot.forms.fold import fold
from bot.i18n import ZONE
from bot.records import Unit
from bot.reporting.cycles.checks import BASIS
from bot.reporting.cycles.cycle import EVERY_MONTH, Cycle
from bot.reporting.cycles.rows import default_cycles
from bot.reporting.periods import Period, local_day, read_period
from bot.reporting.working_days import WorkingDays

NAMED_YEAR: Final = re.compile(r"(?P<what>.+?)(?:\s*[-/ ]\s*(?:nam\s+)?(?P<year>(?:19|20)\d\d))")
SPOKEN: Final = {  # what people call the longer periods, folded
    "Q1": {"quy 1", "quy i", "q1", "first quarter"},
    "H1": {"6 thang", "6 thang dau nam", "quy 2", "quy ii", "q2", "h1", "first 6 months"},
    "9M": {"9 thang", "9 thang dau nam", "quy 3", "quy iii", "q3", "9m", "first 9 months"},
    "Y": {"nam", "ca nam", "bao cao nam", "quy 4", "quy iv", "q4", "the year", "year"},
}


@dataclass(frozen=True)
class Calendar:
    """The periods of all cycles. `cycles` hold the rows for everybody, and those for a unit kind or one unit."""

    cycles: tuple[Cycle, ...] = default_cycles()
    working_days: WorkingDays = field(default_factory=WorkingDays)
    zone: ZoneInfo = ZONE

    def known_to(self, forms: Collection[str]) -> Calendar:
        """Give the calendar of a house with these report kinds: what none of them could close is not asked for."""
        cycles = tuple(
            one if not one.forms or set(one.forms) & set(forms) else replace(one, active=False) for one in self.cycles
        )
        return replace(self, cycles=cycles)

    def for_unit(self, unit: Unit | None) -> Calendar:
        """Give the calendar of one unit: its own rows, else those of its kind, else everybody's."""
        if unit is None or not self._special:
            return self
        whose = (unit.kind, unit.code if unit.code in self._special else "")
        if whose not in self._views:
            self._views[whose] = self._for(*whose)
        return self._views[whose]

    @cached_property
    def _special(self) -> frozenset[str]:
        return frozenset(one.whom for one in self.cycles if one.whom)

    @cached_property
    def _views(self) -> dict[tuple[str, str], Calendar]:
        return {}

    @cached_property
    def views(self) -> tuple[Calendar, ...]:
        """Give the calendar of everybody, and those of whoever has rows of their own."""
        return (self._for(""), *(self._for(whom) for whom in sorted(self._special)))

    def of(self, day: date) -> Period:
        """Give the month that an event of this day is kept under, whether or not a longer period absorbs it."""
        if day not in self._months:
            month = self.basis
            number = day.year * 12 + day.month - 1
            while month.last_day(number) < day:
                number += 1
            while month.last_day(number - 1) >= day:
                number -= 1
            self._months[day] = self._period(month, number)
        return self._months[day]

    def at(self, code: str) -> Period:
        """Give a period by its code.

        Raises ValueError when the code names no period of this calendar.
        """
        if code not in self._named:
            self._named[code] = self._at(code)
        return self._named[code]

    def open(self, now: datetime) -> Period:
        """Give the month that today's events are kept under."""
        return self.of(local_day(now))

    def previous(self, period: Period) -> Period:
        """Give the period of the same cycle before this one."""
        return self._beside(period, -1)

    def following(self, period: Period) -> Period:
        """Give the period of the same cycle after this one."""
        return self._beside(period, 1)

    def due(self, now: datetime) -> Period:
        """Give the period that a unit is asked for now: the last that ended, until it locks; then the open one.

        Where a longer period absorbs the month, it is the longer one.
        """
        current = self.open(now)
        ended = self.previous(current)
        month = current if ended.locked(now) else ended
        return self.at(month.absorbed_by) if month.absorbed_by else month

    def ended(self, now: datetime, count: int) -> list[Period]:
        """Give the last periods of which the deadline has passed, the latest first: months, or what absorbed them."""
        month, found = self.open(now), list[Period]()
        while len(found) < count:
            period = self.at(month.absorbed_by) if month.absorbed_by else month
            found += [period] if period.due_at < now and period not in found else []
            month = self.previous(month)
        return found

    def asked(self, now: datetime) -> list[Period]:
        """List all periods that units are asked for now, the next deadline first."""
        found = (period for period in self.near(local_day(now)) if period.asked(now))
        return sorted(found, key=lambda period: (period.due_at, period.code))

    def kept(self, code: str, day: date) -> Period:
        """Give the period that a report is kept under; the month of its day, where the code names none any more."""
        try:
            return self.at(code)
        except ValueError:
            return self.of(day)

    def closed_by(self, form: str, day: date, now: datetime, period: str = "") -> list[str]:
        """Name the periods around now that a report closes: of this kind and day, or for the period it names."""
        kept = period or self.of(day).code
        near = [*self.near(local_day(now)), *self.near(day)]
        return list(dict.fromkeys(period.code for period in near if period.closed_by(form, kept, day)))

    def read(self, text: str, now: datetime) -> str | None:
        """Read a period somebody named: a code, a month, "quý 1", "6 tháng 2027", "năm 2026"; None if it is none.

        A bare month may be the open period's, which can bear next month's name.
        """
        open_until = self.open(now).until
        code = text.strip().upper()
        if any(cycle.number(code) is not None for cycle in self._rows):
            return code
        return self._spoken(fold(text), open_until) or read_period(text, open_until)

    def meant(self, words: str, now: datetime) -> Period | None:
        """Give the period that somebody named, if units are asked for it at all; for an absorbed month, the longer."""
        code = self.read(words, now)
        if code is None:
            return None
        return self.obligation(code) or self.obligation(self.at(code).absorbed_by)

    def near(self, day: date) -> Iterator[Period]:
        """Give the periods of active cycles that may have to do with a day: around it in time, absorbed ones too."""
        return self.between(day, day)

    def between(self, first: date, last: date) -> Iterator[Period]:
        """Give the periods of active cycles that may have to do with these days, absorbed ones too."""
        for cycle in self._rows:
            if cycle.active:
                yield from (self._period(cycle, number) for number in cycle.between(first, last))

    def obligation(self, code: str) -> Period | None:
        """Give a period by its code if units are asked for it at all: not switched off, not absorbed, not forgotten."""
        if code not in self._obliged:
            self._obliged[code] = self._obligation(code)
        return self._obliged[code]

    @cached_property
    def basis(self) -> Cycle:
        """Give the monthly cycle: the drawers that reports are kept in."""
        return next(one for one in self._rows if one.code == BASIS)

    @cached_property
    def _rows(self) -> tuple[Cycle, ...]:
        return tuple(one for one in self.cycles if not one.whom)

    def _for(self, *whose: str) -> Calendar:
        """Let the last of these win, then the one before it, then everybody's row."""
        rows: dict[str, Cycle] = {}
        for whom in ("", *filter(None, whose)):
            rows |= {one.code: replace(one, whom="") for one in self.cycles if one.whom == whom}
        return replace(self, cycles=tuple(rows.values()))

    def _beside(self, period: Period, step: int) -> Period:
        cycle = next(one for one in self._rows if one.code == period.cycle)
        return self._period(cycle, period.number + step)

    def _spoken(self, said: str, today: date) -> str | None:
        named = NAMED_YEAR.fullmatch(said)
        what = named["what"].strip() if named is not None else said
        for cycle in self._rows:
            if what.removeprefix("ky ").strip() in SPOKEN.get(cycle.code, ()):
                year = int(named["year"]) if named is not None else self._latest(cycle, today)
                return cycle.named(year)
        return None

    def _latest(self, cycle: Cycle, today: date) -> int:
        """Give the year of the latest period that has begun to be written: its data end this month or before."""
        return today.year - (cycle.last_day(today.year) > today)

    @cached_property
    def _obliged(self) -> dict[str, Period | None]:
        return {}

    def _obligation(self, code: str) -> Period | None:
        for cycle in self._rows:
            number = cycle.number(code) if cycle.active else None
            if number is not None:
                period = self._period(cycle, number)
                return None if period.absorbed_by else period
        return None

    @cached_property
    def _own(self) -> dict[tuple[str, str], Calendar]:
        return {}

    @cached_property
    def _named(self) -> dict[str, Period]:
        return {}

    def _at(self, code: str) -> Period:
        for cycle in self._rows:
            number = cycle.number(code)
            if number is not None:
                return self._period(cycle, number)
        raise ValueError(f"{code!r} is no period; write year and month, such as 2026-11")

    @cached_property
    def _months(self) -> dict[date, Period]:
        return {}

    @cached_property
    def _made(self) -> dict[tuple[str, int], Period]:
        return {}

    def _period(self, cycle: Cycle, number: int) -> Period:
        """Give a period, made once: filing a report asks for a dozen of them."""
        key = (cycle.code, number)
        if key not in self._made:
            self._made[key] = self._make(cycle, number)
        return self._made[key]

    def _make(self, cycle: Cycle, number: int) -> Period:
        """Make a period, and say what absorbs it or what it absorbs: the month with the same due day."""
        period = cycle.period(number, self.working_days, self.zone)
        if cycle.repeats == EVERY_MONTH:
            longer = self._absorbing(cycle, number)
            if longer is None:
                return period
            return replace(period, absorbed_by=longer, codes=(period.code, longer))
        months = (one for one in self._rows if one.repeats == EVERY_MONTH and one.active)
        absorbed = [month.named(n) for month in months for n in self._absorbed(cycle, number, month)]
        # Months have told of the rest, and a unit that was founded meanwhile knows enough of it.
        news_since = max(period.since, self.of(period.until).since)
        return replace(period, codes=(period.code, *absorbed), news_since=news_since)

    def _absorbing(self, month: Cycle, number: int) -> str | None:
        due = month.due.on(number, month.last_day(number))
        for cycle in self._rows:
            if _absorbs(cycle):
                longer = next((n for n in (due.year, due.year + 1) if _due(cycle, n) == due), None)
                if longer is not None:
                    return cycle.named(longer)
        return None

    def _absorbed(self, cycle: Cycle, number: int, month: Cycle) -> list[int]:
        if not _absorbs(cycle):
            return []
        due = _due(cycle, number)
        here = due.year * 12 + due.month - 1
        months = [n for n in (here - 1, here) if _due(month, n) == due]
        return [n for n in months if self._absorbing(month, n) == cycle.named(number)]


def _absorbs(cycle: Cycle) -> bool:
    """Tell whether a cycle may take the place of a month: it asks for as much, so any report closes it."""
    return cycle.active and cycle.repeats != EVERY_MONTH and not cycle.forms


def _due(cycle: Cycle, number: int) -> date:
    return cycle.due.on(number, cycle.last_day(number))
