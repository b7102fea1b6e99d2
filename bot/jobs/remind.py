"""The jobs "remind" and "nudge": one message to each person who has not reported, some hundred people at a time.

The end of one chunk starts the next. A message about several units is dropped with the first report of them, so
those people are looked at again each hour of that day, and what is still owed is said.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Any, Final

from bot.effects import Effect, Speak, StartJob, Unsaid
from bot.forms.facts import HISTORY, Facts
from bot.forms.form import Form
from bot.i18n import Text, Voice
from bot.notices.reach import way
from bot.ports import Batch, Holder, Store
from bot.ports import Facts as ChannelFacts
from bot.records import REPORTERS, Person, Submission
from bot.reporting.occasions import Dropped, Kind, Rules
from bot.reporting.periods import Period, local_day
from bot.reporting.prefilled import prefilled
from bot.reporting.reminders import REPORTER_ROLES, TOPIC, Known, Reminding, remind, said_today, units_of

CHUNK: Final = 250  # people: a twentieth of a second; who waits to write meanwhile must not notice
AGAIN: Final = timedelta(hours=1)


@dataclass(frozen=True, slots=True)
class Speaking:
    """What the jobs of the clock share: where, by which rules, in whose voice, and whom to tell that they spoke."""

    store: Store
    rules: Rules
    voice_of: Callable[[Person | None], Voice]
    clock: Callable[[], datetime]
    forms: Mapping[str, Text] = field(default_factory=dict)  # what the report kinds are called
    spoke: Callable[[], None] = lambda: None
    periodic: Form | None = None  # whose numbers stand ready in a reminder
    facts: Mapping[str, ChannelFacts] = field(default_factory=dict)  # what each channel can do


class Remind:
    """Reminds the chairs of what they have not reported."""

    def __init__(self, speaking: Speaking) -> None:
        """Take what it speaks with."""
        self._with = speaking

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Take the next chunk of the occasion in `args`."""
        del attempts
        now = self._with.clock()
        task = self._task(args, now)
        if task is None:
            return [Unsaid(args["key"], "", Dropped.GONE, now)]
        if task.again and task.now >= datetime.fromisoformat(args["stop"]):
            return await self._left(args, now)
        if task.until <= task.at:
            return [Unsaid(args["key"], "", Dropped.LATE, now)]
        ready = await self._ready(task, args) if task.promises else {}
        async with self._with.store.batch() as batch:
            people, effects = await self._chunk(batch, task, args, ready)
            await batch.write(effects)
        if any(isinstance(effect, Speak) for effect in effects):
            self._with.spoke()
        return following(args, people, now, task.until)

    async def _left(self, args: Mapping[str, Any], now: datetime) -> list[Effect]:
        """List those whose message a report for one of their units dropped, when it is too late to say the rest."""
        async with self._with.store.reading() as reads:
            people = await reads.posted(REPORTER_ROLES, "", len(args["units"]) * 2, args["units"])
            keys = {f"{args['key']}/{person.id}": person.id for person in people if _several([person])}
            said = await reads.said(list(keys))
        return [Unsaid(args["key"], person, Dropped.LATE, now) for key, person in keys.items() if key not in said]

    def _task(self, args: Mapping[str, Any], now: datetime) -> Reminding | None:
        rules = self._with.rules
        period = as_due(rules, args["subject"], args["due_at"])
        if period is None:
            return None
        at = rules.quiet.over(now)
        until = min(datetime.fromisoformat(args["until"]), rules.quiet.next(at))
        again = bool(args.get("again"))
        return Reminding(
            args["key"], period, rules.calendar, now, at, until, args.get("by", ""), args.get("to", ""), again
        )

    async def _ready(self, task: Reminding, args: Mapping[str, Any]) -> dict[int, int]:
        """Count for each unit of the chunk what its report begins with, before the chunk holds the writer up."""
        form = self._with.periodic
        if form is None:
            return {}
        async with self._with.store.reading() as reads:
            people = await reads.posted(REPORTER_ROLES, args.get("after", ""), CHUNK, args.get("units"))
            received = {one.unit for one in await reads.receipts(units_of(people), task.period)}
            owing = {unit.id: unit for person in people for unit in person.units(REPORTERS) if unit.id not in received}
            earlier: dict[int, list[Submission]] = {unit: [] for unit in owing}
            since = local_day(task.now - HISTORY)
            for report in await reads.history(sorted(owing), (form.name, *form.settings.needs), since):
                earlier[report.unit].append(report)
        facts = {
            unit.id: Facts(task.now, self._with.voice_of(None), task.calendar.for_unit(unit), unit, earlier[unit.id])
            for unit in owing.values()
        }
        return await asyncio.to_thread(_counted, form, task.period.code, facts)  # some tenths of a second of reckoning

    async def _chunk(
        self, batch: Batch, task: Reminding, args: Mapping[str, Any], ready: Mapping[int, int]
    ) -> tuple[Sequence[Person], list[Effect]]:
        people = await batch.posted(REPORTER_ROLES, args.get("after", ""), CHUNK, args.get("units"))
        asked = [
            person
            for person in people
            if person.addresses and task.to in {"", person.id} and (not task.again or _several([person]))
        ]
        known = replace(await self._known(batch, task, asked), ready=ready)
        return people, remind(task, known, self._with.voice_of)

    async def _known(self, batch: Batch, task: Reminding, people: Sequence[Person]) -> Known:
        units, ids = units_of(people), [person.id for person in people]
        await batch.hold(units)
        receipts = await batch.receipts(units, task.period)
        return Known(
            people,
            await self._holders(batch, units, task.at),
            {receipt.unit for receipt in receipts},
            set(await batch.exempted(units, task.period.codes)),
            await batch.muted(ids, TOPIC),
            await told_today(batch, self._with.rules, task, ids),
            await batch.busy(ids, task.now),
        )

    async def _holders(self, batch: Batch, units: Sequence[int], at: datetime) -> list[Holder]:
        """List who reports for units; some may not be written to before they write, where a channel asks for that."""
        holders, facts = await batch.holders(units, REPORTER_ROLES), self._with.facts
        if all(one.window is None for one in facts.values()):
            return holders
        readers = await batch.readers(units, REPORTER_ROLES)
        heard = {one.person for one in readers if way(one, facts, at, template="reminder") is not None}
        return [replace(one, silent=one.person not in heard) for one in holders]


def _counted(form: Form, period: str, facts: Mapping[int, Facts]) -> dict[int, int]:
    return {unit: prefilled(form, period, known) for unit, known in facts.items()}


async def told_today(batch: Batch, rules: Rules, task: Reminding, people: Sequence[str]) -> set[str]:
    """Tell who was reminded of the period today: by an officer, or (if an officer asks now) by the clock."""
    keys = set(said_today(rules, task.period.code, task.at, by_clock=bool(task.by))) - {task.key}
    said = await batch.said([f"{key}/{person}" for key in sorted(keys) for person in people])
    return {key.rsplit("/", 1)[1] for key in said}


def following(args: Mapping[str, Any], people: Sequence[Person], now: datetime, stop: datetime) -> list[Effect]:
    """Start the next chunk; after the last one look again at whoever has several units, each hour until the quiet."""
    several = sorted({*args.get("several", ()), *units_of([person for person in people if _several([person])])})
    if len(people) == CHUNK:
        after = people[-1].id
        return [StartJob(f"{_name(args)}#{after}", _kind(args), {**args, "after": after, "several": several})]
    ends = datetime.fromisoformat(args["stop"]) if "stop" in args else stop
    if not several or now >= ends:
        return []
    turn = {"again": int(args.get("again", 0)) + 1, "stop": ends.isoformat(), "units": several, "several": several}
    then = {**args, "after": "", **turn}
    return [StartJob(_name(then), _kind(args), then, min(now + AGAIN, ends))]


def _name(args: Mapping[str, Any]) -> str:
    return f"{args['key']}/again-{args['again']}" if args.get("again") else str(args["key"])


def _kind(args: Mapping[str, Any]) -> str:
    return "nudge" if args.get("by") else Kind.REMIND


def _several(people: Sequence[Person]) -> bool:
    return any(len(person.units(REPORTERS)) > 1 for person in people)


def as_due(rules: Rules, code: str, due_at: str) -> Period | None:
    """Give the period with this deadline, from whichever calendar has it; None if nobody is asked any more."""
    found = (view.obligation(code) for view in rules.calendar.views)
    return next((one for one in found if one is not None and one.due_at.isoformat() == due_at), None)
