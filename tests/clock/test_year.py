"""A year of 1,000 units in fast motion, with outages, deaths and silent channels: what the clock promises holds."""

from __future__ import annotations

import random
import re
from bisect import bisect_right
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta

import pytest

from bot.effects import DropUnsent, Effect, FileReport
from bot.i18n import ZONE
from bot.ports import SentMark
from bot.records import Submission, Unit
from bot.reporting.cycles.checks import BASIS
from bot.reporting.occasions import Kind, Occasion, planned
from bot.reporting.periods import NIL, Period, asking
from bot.reporting.reminders import is_asked, opens_periodic
from handlers.periodic import PERIODIC_REPORT
from tests.clock.province import FOUNDED, Province, lay_out
from tests.clock.world import RULES, Clockwork
from tests.storage.people import look, write

UNITS = 1_000
BEGIN = datetime(2026, 12, 1, 12, tzinfo=ZONE)
END = datetime(2027, 12, 1, 12, tzinfo=ZONE)
LADDERS = {Kind.REMIND, Kind.ESCALATE}
CAREFUL = 3  # of so many units, one reports on safety each month
TOLD = {"accidents": 1}  # the number that its periodic report then begins with
YOUNG = {1_100 + n: date(2027, 1 + n % 12, 1 + n) for n in range(24)}  # units founded on the way


@dataclass
class Year:
    """One year of a province: when each unit reports, when we are away, and everything that was said."""

    clock: Clockwork
    url: str
    province: Province
    dice: random.Random
    to_come: list[tuple[datetime, int, Period]] = field(default_factory=list)
    filed: dict[tuple[int, str], datetime] = field(default_factory=dict)
    said: dict[str, datetime] = field(default_factory=dict)
    doubled: list[str] = field(default_factory=list)
    too_late: list[str] = field(default_factory=list)
    accidents: defaultdict[int, list[date]] = field(default_factory=lambda: defaultdict(list))
    promised: list[str] = field(default_factory=list)
    miscounted: list[str] = field(default_factory=list)
    numbers: defaultdict[int, int] = field(default_factory=lambda: defaultdict(int))

    async def live(self) -> None:
        """Go from moment to moment; sometimes nobody is at home, sometimes the channel is silent, sometimes we die."""
        self.to_come = sorted(self._habits(), key=lambda one: one[0])
        away_until = silent_until = BEGIN
        for now in self._moments():
            if self.dice.random() < 0.02:
                away_until = now + timedelta(hours=self.dice.choice([1, 8, 30, 100]))
            if self.dice.random() < 0.03:
                silent_until = now + timedelta(hours=self.dice.choice([1, 6, 30]))
            if now < away_until:
                continue
            await self._hour(now, silent=now < silent_until)

    async def _hour(self, now: datetime, *, silent: bool) -> None:
        self.clock.time.now = now
        await self._reports(now)
        await self.clock.planner(now)
        if self.dice.random() < 0.05:
            await self._die()
        await self.clock.work()
        await self._reports(now, in_advance=timedelta(hours=6))  # while the messages wait
        if not silent:
            await self._send(now)

    async def _die(self) -> None:
        """Do a job and die before it is noted, with messages half sent; then start again."""
        for claim in await self.clock.store.due_jobs(self.clock.time.now, 2):
            await self.clock.kinds[claim.job.kind](claim.job.args, claim.attempts)
            await self.clock.store.job_later(claim.job.id, self.clock.time.now, "died")
        await self.clock.store.due_messages(self.clock.time.now, 3)
        await self.clock.store.close()
        self.clock = await Clockwork.open(self.url, self.clock.time.now, PERIODIC_REPORT)
        await self.clock.store.due_messages(self.clock.time.now, 0, after_restart=True)

    def _moments(self) -> list[datetime]:
        """Look at the clock around everything that is planned, and at any time of day and night."""
        around = [
            one.at + timedelta(minutes=self.dice.choice([0, 0, 1, 20]))
            for one in planned(RULES, BEGIN, END)
            if one.kind in LADDERS
        ]
        again = [moment + timedelta(hours=1, minutes=1) for moment in around]
        random_ones = [BEGIN + (END - BEGIN) * self.dice.random() for _n in range(60)]
        return sorted({BEGIN, *around, *again, *random_ones})

    def _habits(self) -> list[tuple[datetime, int, Period]]:
        periods = {one.subject for one in planned(RULES, BEGIN, END) if one.kind is Kind.REMIND}
        found = []
        for code in sorted(periods):
            period = RULES.calendar.at(code)
            for unit in self.province.units:
                chance = self.dice.random()
                if chance < 0.92:
                    early = timedelta(days=9) * self.dice.random()
                    late = timedelta(days=5) * self.dice.random()
                    found.append((period.due_at - early if chance < 0.75 else period.due_at + late, unit, period))
        return [one for one in found if one[0] > BEGIN]

    async def _reports(self, now: datetime, in_advance: timedelta = timedelta(0)) -> None:
        """File what has come by now; some of what comes soon is filed in advance."""
        effects: list[Effect] = []
        soon = bisect_right(self.to_come, now + in_advance, key=lambda one: one[0])
        waiting = []
        for at, unit, period in self.to_come[:soon]:
            if at > now and self.dice.random() < 0.5:
                waiting.append((at, unit, period))
                continue
            self.filed[unit, period.code] = now
            effects.append(FileReport(self._report(now, unit, period)))
            effects += [DropUnsent(asking(code, unit)) for code in period.codes]
        self.to_come = waiting + self.to_come[soon:]
        if effects:
            await write(self.clock.store, *effects)

    def _report(self, now: datetime, unit: int, period: Period) -> Submission:
        """Make what a unit files: of a month, some tell of an accident; the rest has nothing to report."""
        self.numbers[unit] += 1
        told = unit % CAREFUL == 0 and period.cycle == BASIS
        day = min(now.date(), period.until)
        self.accidents[unit] += [day] if told else []
        form, answers = ("safety", TOLD) if told else (NIL, {})
        about = (unit, form, self.numbers[unit], 1, "officer-0000001", "telegram", day, period.code, now)
        return Submission(f"{unit}-{period.code}", *about, answers, first_filed_at=now)

    async def _send(self, now: datetime) -> None:
        while claims := await self.clock.store.due_messages(now, 1_000):
            for claim in claims:
                key = claim.out.key
                if key in self.said:
                    self.doubled.append(key)
                self.said[key] = now
                self._check_in_time(key, claim.out.drop_key, claim.out.message.text)
            async with self.clock.store.batch() as batch:
                await batch.sent([SentMark(claim.id, "sent", "1") for claim in claims])

    def _check_in_time(self, key: str, drop_key: str, text: str) -> None:
        """Nobody is reminded of what is there already: neither of the one unit, nor of any that is named."""
        if not key.startswith("remind/"):
            return
        code = key.split("/")[1]
        unit = int(drop_key.rsplit("-", 1)[1]) if drop_key else 0
        named = [int(words.split(",")[0].split("\n")[0]) for words in text.split("CĐCS ")[1:]]
        self.too_late += [key for one in (unit, *named) if (one, code) in self.filed]
        self._check_promise(key, text, named or [unit])

    def _check_promise(self, key: str, text: str, units: list[int]) -> None:
        """Some days before a longer period is due, its reminder tells how many numbers are filled in."""
        period = RULES.calendar.at(key.split("/")[1])
        told = re.search(r"điền sẵn (\d+) số", text)
        promises = "Còn " in text and opens_periodic(period)
        known = [any(period.since <= day <= period.until for day in self.accidents[unit]) for unit in units]
        self.promised += [key] if told else []
        if (int(told[1]) if told else 0) != (sum(known) * len(TOLD) if promises else 0):
            self.miscounted.append(f"{key}: {text}")


@pytest.mark.timeout(900)
async def test_a_year_of_a_province(url: str) -> None:
    """Once at most, never after the report, never in quiet hours; all that was due is said, or listed with its rule."""
    clock = await Clockwork.open(url, BEGIN, PERIODIC_REPORT)
    province = await lay_out(clock.store, UNITS, YOUNG, area=UNITS // 4)
    year = Year(clock, url, province, random.Random(47))
    try:
        await year.live()
        await check(year)
    finally:
        await year.clock.store.close()


async def check(year: Year) -> None:
    """See what the year was like."""
    assert year.doubled == []
    assert year.too_late == []
    assert year.miscounted == []
    assert len(year.promised) > UNITS // CAREFUL
    quiet = [key for key, at in year.said.items() if RULES.quiet.over(at) != at]
    assert quiet == []
    assert sum(key.startswith("remind/") for key in year.said) > 10 * UNITS
    assert sum(key.startswith("escalate/") for key in year.said) > 30
    assert await forgotten(year) == []


async def forgotten(year: Year) -> list[tuple[str, str]]:
    """Give what was due to somebody, and was neither said nor listed."""
    unsaid = {tuple(row) for row in await look(year.clock.store, "SELECT occasion, person FROM unsaid")}
    rows = await look(year.clock.store, "SELECT key FROM outbox WHERE state IN ('expired', 'uncertain')")
    late = {key for (key,) in rows}
    last = max(year.said.values())
    lost = []
    for one in planned(RULES, BEGIN, last - timedelta(days=3)):
        if one.kind is not Kind.REMIND or (one.key, "") in unsaid:
            continue
        for person in sorted(_owing(year, one)):
            key = f"{one.key}/{person}"
            if key not in year.said and key not in late and (one.key, person) not in unsaid:
                lost.append((one.key, person))
    return lost


def _owing(year: Year, one: Occasion) -> set[str]:
    """Name who still owed the report when the occasion was over."""
    period = RULES.calendar.at(one.subject)
    found: set[str] = set()
    for unit, person in year.province.reminded.items():
        about = Unit(unit, f"U{unit}", "", "cdcs", valid_from=YOUNG.get(unit, FOUNDED))
        open_still = year.filed.get((unit, one.subject), END) > one.until
        if person is not None and open_still and is_asked(RULES.calendar, period, about):
            found.add(person)
    return found
