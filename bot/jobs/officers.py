"""The jobs "escalate", "daily", "weekly" and "closing": what officers are told of everything under their unions."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any, Final

from bot.cases.showing import bulletin
from bot.effects import Effect, Speak, StartJob, Unsaid
from bot.i18n import Text
from bot.jobs.remind import Speaking, as_due
from bot.messages import Outgoing, Priority, Say
from bot.notices.wording import unanswered
from bot.ports import Reads
from bot.records import OFFICERS, Person, Unit
from bot.registers import NEWS, waiting
from bot.reporting import bulletins
from bot.reporting.bulletins import Count, Silent
from bot.reporting.completeness import Completeness, Particulars, Standing, completeness, silence
from bot.reporting.indicators import FORMS
from bot.reporting.occasions import Dropped, Kind
from bot.reporting.periods import Period, local_day
from bot.reporting.reminders import is_asked
from bot.reporting.targets import progress, row
from bot.reporting.years import calendar_year

CHUNK: Final = 20  # officers: each has an area of their own to look through
ROLES: Final = tuple(sorted(OFFICERS))
MOST: Final = 1_000  # open cases looked at for a bulletin
DAY: Final = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Area:
    """What one officer looks after: the units under theirs, and the occasion on which they are told."""

    person: Person
    roots: tuple[int, ...]
    units: Sequence[Unit]
    now: datetime
    since: datetime  # of the news
    period: Period | None


Tell = Callable[[Reads, Area], Awaitable[Say | None]]


class ToOfficers:
    """Tells officers, some at a time, what their occasion is about; nothing where there is nothing to tell."""

    def __init__(self, speaking: Speaking, tell: Callable[[Speaking], Tell]) -> None:
        """Take what it speaks with, and what it tells."""
        self._with = speaking
        self._tell = tell(speaking)

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Tell the next few officers of the occasion in `args`."""
        del attempts
        now = self._with.clock()
        if now >= datetime.fromisoformat(args["until"]):
            return [Unsaid(args["key"], "", Dropped.LATE, now)]
        period = as_due(self._with.rules, args["subject"], args["due_at"])
        if args["due_at"] and period is None:
            return [Unsaid(args["key"], "", Dropped.GONE, now)]
        async with self._with.store.reading() as reads:
            people = await reads.posted(ROLES, args.get("after", ""), CHUNK)
            effects = await self._all(reads, args, people, period)
        if len(people) == CHUNK:
            after = people[-1].id
            effects.append(StartJob(f"{args['key']}#{after}", _kind(args), {**args, "after": after}))
        return effects

    async def _all(
        self, reads: Reads, args: Mapping[str, Any], people: Sequence[Person], period: Period | None
    ) -> list[Effect]:
        """Speak to each; officers of the same union share what was read for it."""
        kind, now = _kind(args), self._with.clock()
        muted = await reads.muted([person.id for person in people], kind)
        areas: dict[tuple[int, ...], Sequence[Unit]] = {}
        effects: list[Effect] = []
        for person in people:
            roots = tuple(sorted(unit.id for unit in person.units(OFFICERS)))
            if not person.addresses:
                continue
            if person.id in muted:
                effects.append(Unsaid(args["key"], person.id, Dropped.MUTED, now))
                continue
            if roots not in areas:
                areas[roots] = await reads.subtree(roots, local_day(now))
            since = now - (DAY * 7 if kind == Kind.WEEKLY else DAY)
            say = await self._tell(reads, Area(person, roots, areas[roots], now, since, period))
            effects += [] if say is None else [self._speak(args, person, say)]
        return effects

    def _speak(self, args: Mapping[str, Any], person: Person, say: Say) -> Speak:
        quiet = self._with.rules.quiet
        at = quiet.over(self._with.clock())
        return Speak(
            Outgoing(
                f"{args['key']}/{person.id}",
                person.addresses[0],
                say.spoken(self._with.voice_of(person)),
                Priority.REMINDER if _kind(args) == Kind.ESCALATE else Priority.DIGEST,
                at,
                not_after=min(datetime.fromisoformat(args["until"]), quiet.next(at)),
            )
        )


def _kind(args: Mapping[str, Any]) -> str:
    return str(args["key"]).partition("/")[0]


async def _standing(speaking: Speaking, reads: Reads, area: Area, period: Period) -> Completeness:
    ids = [unit.id for unit in area.units]
    receipts = await reads.receipts(ids, period)
    particulars = Particulars(speaking.rules.calendar, await reads.exempted(ids, period.codes))
    return completeness(period, area.units, receipts, area.now, particulars)


def escalation(speaking: Speaking) -> Tell:
    """Tell the nearest officer above who is still missing three days after the deadline."""

    async def tell(reads: Reads, area: Area) -> Say | None:
        if area.period is None:
            return None
        standing = await _standing(speaking, reads, area, area.period)
        own = await _left_to(reads, area)
        gone = [
            one.unit
            for one in standing.units
            if not one.received and not one.reason and one.unit.id in own
            if is_asked(speaking.rules.calendar, area.period, one.unit)
        ]
        return bulletins.missing(area.period, gone) if gone else None

    return tell


async def _left_to(reads: Reads, area: Area) -> set[int]:
    """Give the units that have no officer nearer to them than this one."""
    by_id = {unit.id: unit for unit in area.units}
    between = [unit.id for unit in area.units if unit.id not in area.roots]
    nearer = {one.unit for one in await reads.holders(between, ROLES) if one.reachable}

    def is_left(unit: Unit) -> bool:
        above = unit.parent
        for _step in range(20):
            if above in area.roots or above is None:
                return True
            if above in nearer or above not in by_id:
                return False
            above = by_id[above].parent
        return False

    return {unit.id for unit in area.units if is_left(unit)}


def closing(speaking: Speaking) -> Tell:
    """Tell how a period ended, an hour after its deadline."""

    async def tell(reads: Reads, area: Area) -> Say | None:
        if area.period is None:
            return None
        standing = await _standing(speaking, reads, area, area.period)
        return bulletins.closed(standing) if standing.due else None

    return tell


def news(title: bulletins.Title) -> Callable[[Speaking], Tell]:
    """Tell what came in since the last time, and how the periods stand that are asked for."""

    def told(speaking: Speaking) -> Tell:
        async def tell(reads: Reads, area: Area) -> Say | None:
            counted = [Count(form, n) for form, n in await reads.filed_since(area.roots, area.since, area.now)]
            cases = bulletin(await reads.cases_to_see_to(area.roots, MOST), area.now)
            questions = await reads.questions_waiting(area.person.id)
            cases = [*cases, *([unanswered(len(questions))] if questions else [])]
            unused = waiting(await reads.entries(area.roots, NEWS, MOST))
            cases += [unused] if unused is not None else []
            if title.only_if_any and not counted and not cases:
                return None
            asked = [one for one in speaking.rules.calendar.asked(area.now) if one.due_at - area.now < DAY * 14]
            standings = [await _standing(speaking, reads, area, period) for period in asked]
            silent = await _silent(speaking, reads, area) if title is bulletins.WEEK else None
            goals = await _goals(reads, area) if title is bulletins.WEEK else ()
            told = bulletins.News(counted, [one for one in standings if one.due], cases, silent, goals)
            return bulletins.news(title, speaking.forms, told)

        return tell

    return told


async def _goals(reads: Reads, area: Area) -> Sequence[Text]:
    """Tell how far the officer's own unions are with what was assigned to them for the year."""
    today = local_day(area.now)
    assigned = [one for one in await reads.targets(area.roots, today.year) if one.value]
    sums = await reads.sums_each(sorted({one.unit for one in assigned}), *calendar_year(today.year), FORMS)
    return [row(progress(one, sums[one.unit], today)) for one in assigned]


async def _silent(speaking: Speaking, reads: Reads, area: Area) -> Silent | None:
    """Give the units that sent nothing for the last two periods of which the deadline has passed."""
    periods = silence(speaking.rules.calendar, area.now, await reads.reporting_since())
    if not periods:
        return None
    last, before = [await _missing(speaking, reads, area, period) for period in periods]
    earlier = {unit.id for unit in before}
    both = [unit for unit in last if unit.id in earlier]
    return Silent(periods[0], tuple(both)) if both else None


async def _missing(speaking: Speaking, reads: Reads, area: Area, period: Period) -> list[Unit]:
    standing = await _standing(speaking, reads, area, period)
    return [one.unit for one in standing.those(Standing.MISSING)]
