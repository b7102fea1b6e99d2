"""What the clock has to say between two moments, to whom in general, and until when it is of use.

Pure: rules and two moments in, occasions out. Whose message it becomes is found out later, when it is said.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, time, timedelta
from enum import StrEnum
from typing import Final, Protocol

from bot.reporting.calendar import Calendar
from bot.reporting.periods import Period
from bot.reporting.quiet import ONE_DAY, Quiet

MARGIN: Final = timedelta(days=14)  # around the two moments: the ladder is ten days long, Tết moves by four
MONDAY: Final = 0


class Kind(StrEnum):
    """What sort of thing is said; also the kind of the job that says it."""

    REMIND = "remind"  # to the chair of a unit that has not reported
    ESCALATE = "escalate"  # to the officer above: who is still missing
    DAILY = "daily"  # to officers: what happened
    WEEKLY = "weekly"
    CLOSING = "closing"  # to officers: the deadline of a period has passed
    DRAFTS = "drafts"  # reports half done, to whoever began them
    DAY = "day"  # an anniversary is announced


class Dropped(StrEnum):
    """The rules by which something is not said."""

    QUIET = "quiet"  # it fell into quiet hours, and the next step is less than a day off
    LATE = "late"  # we were away until it was of no use any more
    SUPERSEDED = "superseded"  # we were away, and a later step says it better
    MUTED = "muted"  # the person wants none of it
    NUDGED = "nudged"  # an officer reminded the same person on the same day
    GONE = "gone"  # the period is not asked for any more
    REPORTED = "reported"  # the units have reported for the day that is announced


class Announced(Protocol):
    """Something of the office's year that is announced on a day, by a key that names it for good."""

    @property
    def on(self) -> date:
        """The day."""

    @property
    def key(self) -> str:
        """The key."""


class Year(Protocol):
    """The anniversaries of the office."""

    def notices(self, since: date, until: date) -> Sequence[Announced]:
        """List what is announced from one day to another, both included."""

    def results(self, since: date, until: date) -> Sequence[Announced]:
        """List of what officers are told the result from one day to another, both included."""


@dataclass(frozen=True, slots=True)
class Rung:
    """One step of the ladder of reminders: so many days after the deadline's day, at that hour."""

    step: str
    days: int
    at: time
    kind: Kind = Kind.REMIND


LADDER: Final = (
    Rung("T-7", -7, time(8)),
    Rung("T-3", -3, time(8)),
    Rung("T-1", -1, time(14)),
    Rung("T", 0, time(8)),
    Rung("T+1", 1, time(8)),
    Rung("T+3", 3, time(8), Kind.ESCALATE),
)


@dataclass(frozen=True, slots=True)
class Rules:
    """By what the clock goes."""

    calendar: Calendar
    quiet: Quiet = field(default_factory=Quiet)
    ladder: tuple[Rung, ...] = LADDER
    year: Year | None = None
    digest_at: time = time(7, 30)
    speak_at: time = time(8)
    closing_after: timedelta = timedelta(hours=1)
    of_use: timedelta = timedelta(days=2)  # the last step of a ladder, and an announcement
    off: frozenset[Kind] = frozenset()  # what the office switched off for everybody


@dataclass(frozen=True, slots=True)
class Occasion:
    """Something to say. `at` is already out of quiet hours; from `until` on it is of no use any more."""

    key: str  # names it for good: "remind/2026-11/T-3"
    kind: Kind
    subject: str  # the code of the period, the day, or the key of the announcement
    step: str
    at: datetime
    until: datetime
    due_at: datetime | None = None  # of the period
    dropped: Dropped | None = None


def due(rules: Rules, since: datetime, until: datetime) -> list[Occasion]:
    """Give what has come due after `since`, up to and with `until` (now), as it comes.

    What is not worth saying any more stands among it, with the rule that drops it: after an outage only the latest
    step of each ladder is said, and nothing that came too late.
    """
    found = [_in_time(rules, one, until) for one in planned(rules, since, until)]
    last = {(one.kind, _series(one)): one.key for one in found if one.dropped is None}
    return [
        replace(one, dropped=Dropped.SUPERSEDED)
        if one.dropped is None and last[one.kind, _series(one)] != one.key
        else one
        for one in found
    ]


def _in_time(rules: Rules, one: Occasion, now: datetime) -> Occasion:
    """Drop what is of no use any more when it can be said: now, or after the quiet hours that we came back in."""
    if one.dropped is not None:
        return one
    moment = rules.quiet.over(now)
    if one.until <= moment:
        return replace(one, dropped=Dropped.LATE)
    crowded = moment != now and one.kind is Kind.REMIND and one.until - moment < ONE_DAY
    return replace(one, dropped=Dropped.QUIET) if crowded else one


def planned(rules: Rules, since: datetime, until: datetime) -> list[Occasion]:
    """Give everything that the rules plan after `since`, up to and with `until`, as it comes, as if we never slept."""
    if until <= since:
        return []
    first, last = _day(rules, since - MARGIN), _day(rules, until + MARGIN)
    found = {
        one.key: one
        for one in (*_periods(rules, first, last), *_daily(rules, first, last), *_announced(rules, first, last))
        if since < one.at <= until and one.kind not in rules.off
    }
    return sorted(found.values(), key=lambda one: (one.at, one.key))


def _series(one: Occasion) -> str:
    """Name what the occasion is one of several steps of: one word about it is enough."""
    return one.subject if one.kind in {Kind.REMIND, Kind.ESCALATE, Kind.CLOSING, Kind.DAY} else ""


def _day(rules: Rules, moment: datetime) -> date:
    return moment.astimezone(rules.calendar.zone).date()


def _at(rules: Rules, day: date, hour: time) -> datetime:
    return datetime.combine(day, hour, rules.calendar.zone)


def _periods(rules: Rules, first: date, last: date) -> Iterator[Occasion]:
    for code, due_at, period in _asked(rules, first, last):
        yield from _ladder(rules, code, period)
        at = rules.quiet.over(due_at + rules.closing_after)
        yield Occasion(f"closing/{code}", Kind.CLOSING, period.code, "T", at, at + ONE_DAY, due_at)


def _asked(rules: Rules, first: date, last: date) -> Iterator[tuple[str, datetime, Period]]:
    """Give the periods due in these days, each due day once; one that only some units have bears it in its name."""
    everybody: dict[str, datetime] = {}
    told: set[tuple[str, datetime]] = set()
    for view in rules.calendar.views:
        for period in view.between(first, last):
            if period.absorbed_by or not first <= period.due_at.date() <= last or (period.code, period.due_at) in told:
                continue
            told.add((period.code, period.due_at))
            usual = everybody.setdefault(period.code, period.due_at) == period.due_at
            yield period.code if usual else f"{period.code}@{period.due_at.date()}", period.due_at, period


def _ladder(rules: Rules, code: str, period: Period) -> Iterator[Occasion]:
    """Give the steps of a period. One in quiet hours waits for their end; the next may be less than a day off then."""
    stops = period.locks_at if period.asked_until is None else min(period.locks_at, period.asked_until)
    for kind in (Kind.REMIND, Kind.ESCALATE):
        rungs = [rung for rung in rules.ladder if rung.kind is kind]
        moments = [_at(rules, period.due_at.date() + timedelta(days=rung.days), rung.at) for rung in rungs]
        steps = [step for step in zip(rungs, moments, strict=True) if period.since <= step[1].date()]
        following = [rules.quiet.over(at) for _rung, at in steps[1:]]
        for (rung, meant), after in zip(steps, [*following, None], strict=False):
            if meant <= stops:
                yield _step(rules, f"{kind}/{code}", period, (rung, meant, after))


def _step(rules: Rules, series: str, period: Period, step: tuple[Rung, datetime, datetime | None]) -> Occasion:
    rung, meant, after = step
    at = rules.quiet.over(meant)
    ends = after or at + rules.of_use
    ends = min(ends, period.due_at) if at < period.due_at else ends
    dropped = Dropped.QUIET if at != meant and after is not None and after - at < ONE_DAY else None
    return Occasion(f"{series}/{rung.step}", rung.kind, period.code, rung.step, at, ends, period.due_at, dropped)


def _daily(rules: Rules, first: date, last: date) -> Iterator[Occasion]:
    """Give what comes every day, and every Monday."""
    for day in (first + timedelta(days=n) for n in range((last - first).days + 1)):
        digest, drafts = _at(rules, day, rules.digest_at), _at(rules, day, rules.speak_at)
        yield _of_day(rules, Kind.DAILY, digest, _at(rules, day, time(12)))
        yield _of_day(rules, Kind.DRAFTS, drafts, rules.quiet.next(drafts))
        if day.weekday() == MONDAY:
            weekly = rules.quiet.over(digest)
            yield Occasion(f"weekly/{day}", Kind.WEEKLY, str(day), "", weekly, max(weekly, digest) + ONE_DAY)


def _of_day(rules: Rules, kind: Kind, at: datetime, until: datetime) -> Occasion:
    """Make something that comes again tomorrow: in quiet hours it is left to then."""
    dropped = Dropped.QUIET if rules.quiet.over(at) != at else None
    return Occasion(f"{kind}/{at.date()}", kind, str(at.date()), "", at, until, dropped=dropped)


def _announced(rules: Rules, first: date, last: date) -> Iterable[Occasion]:
    if rules.year is None:
        return
    for one in (*rules.year.notices(first, last), *rules.year.results(first, last)):
        at = rules.quiet.over(_at(rules, one.on, rules.speak_at))
        yield Occasion(one.key, Kind.DAY, one.key, "", at, at + rules.of_use)
