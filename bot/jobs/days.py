"""The job "day": a day of the union year is announced to units, some hundred people at a time, or its result told."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from bot.effects import Effect, Speak, StartJob, Unsaid
from bot.forms.form import Form
from bot.jobs.officers import Area, Tell, ToOfficers
from bot.jobs.remind import CHUNK, Speaking
from bot.messages import Outgoing, Priority, Say
from bot.ports import Reads
from bot.records import REPORTERS, Person
from bot.reporting.anniversaries import Anniversaries, Notice, Result
from bot.reporting.anniversaries.anniversary import AFTER
from bot.reporting.anniversaries.saying import FIELD, announcements, marking, outcome
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.occasions import Dropped, Kind
from bot.reporting.reminders import REPORTER_ROLES, addressees, units_of

TOPIC: Final = str(Kind.DAY)  # what people mute


@dataclass(frozen=True, slots=True)
class Known:
    """What is announced this morning, and what is known of some of the people who may hear of it."""

    morning: Sequence[Notice]
    whom: Mapping[int, str]  # whom to write to at each unit
    muted: Collection[str]
    reported: Mapping[str, set[int]]  # for each notice, the units that have reported for its day already

    def units(self, notice: Notice, person: Person) -> Iterator[int]:
        """Give the units that a day is for, and at which this person is the one to write to."""
        for unit in person.units(REPORTERS):
            mine = self.whom.get(unit.id) == person.id and unit.kind in REPORTING_KINDS
            if mine and notice.of.anniversary.is_for(unit):
                yield unit.id


class Announce:
    """Announces days, and tells officers what came of them."""

    def __init__(self, speaking: Speaking, forms: Mapping[str, Form]) -> None:
        """Take what it speaks with, and the report kinds, whose names stand beside the sums."""
        self._with = speaking
        self._forms = forms

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Say what `args["subject"]` names, unless the office changed its mind, or it is too late."""
        now, year = self._with.clock(), self._with.rules.year
        announced = year.announced(args["subject"]) if isinstance(year, Anniversaries) else None
        if announced is None:
            return [Unsaid(args["key"], "", Dropped.GONE, now)]
        if isinstance(announced, Result):
            return await ToOfficers(self._with, lambda _speaking: self._result(announced))(args, attempts)
        if now >= datetime.fromisoformat(args["until"]):
            return [Unsaid(args["key"], "", Dropped.LATE, now)]
        morning = self._morning(announced, args.get("days", ()))
        async with self._with.store.reading() as reads:
            people = await reads.posted(REPORTER_ROLES, args.get("after", ""), CHUNK)
            known = await self._known(reads, morning, people)
        effects = [effect for person in people for effect in self._to(args, person, known)]
        if len(people) == CHUNK:
            after = people[-1].id
            effects.append(StartJob(f"{args['key']}#{after}", Kind.DAY, {**args, "after": after}))
        return effects

    def _morning(self, notice: Notice, keys: Sequence[str]) -> list[Notice]:
        """List what is announced together with a day, that day included: the more important first."""
        year = self._with.rules.year
        found = [year.announced(key) for key in keys] if isinstance(year, Anniversaries) else []
        notices = {one.key: one for one in (notice, *found) if isinstance(one, Notice)}
        return sorted(notices.values(), key=lambda one: (one.of.rank, one.of.since, one.of.code))

    async def _known(self, reads: Reads, morning: Sequence[Notice], people: Sequence[Person]) -> Known:
        units = units_of(people)
        reported = {}
        for notice in morning:
            one = notice.of
            days = (one.since - one.before, one.until + AFTER)
            reported[notice.key] = await reads.chose(units, *days, (FIELD, one.code)) if one.asks else set()
        whom = addressees(await reads.holders(units, REPORTER_ROLES))
        return Known(morning, whom, await reads.muted([person.id for person in people], TOPIC), reported)

    def _to(self, args: Mapping[str, Any], person: Person, known: Known) -> Iterator[Effect]:
        """Announce it to somebody, once, however many units they have; with whatever else is announced that morning."""
        concerned = {notice.key: list(known.units(notice, person)) for notice in known.morning}
        if not person.addresses or not concerned[args["key"]]:
            return
        left = [one for one in known.morning if not known.reported[one.key].issuperset(concerned[one.key])]
        now = self._with.clock()
        if all(one.key != args["key"] for one in left):
            yield Unsaid(args["key"], person.id, Dropped.REPORTED, now)
        elif person.id in known.muted:
            yield Unsaid(args["key"], person.id, Dropped.MUTED, now)
        elif left[0].key == args["key"]:
            alone = concerned[args["key"]] if len(left) == 1 else []
            drop_key = marking(left[0].of.code, alone[0]) if len(alone) == 1 else ""
            yield self._speak(args, person, announcements(left, self._with.rules.calendar), drop_key)

    def _speak(self, args: Mapping[str, Any], person: Person, say: Say, drop_key: str) -> Speak:
        at = self._with.rules.quiet.over(self._with.clock())
        message = say.spoken(self._with.voice_of(person))
        until = min(datetime.fromisoformat(args["until"]), self._with.rules.quiet.next(at))
        key = f"{args['key']}/{person.id}"
        return Speak(
            Outgoing(key, person.addresses[0], message, Priority.NOTICE, at, not_after=until, drop_key=drop_key)
        )

    def _result(self, result: Result) -> Tell:
        async def tell(reads: Reads, area: Area) -> Say | None:
            one = result.of
            units = [unit for unit in area.units if unit.kind in REPORTING_KINDS and one.anniversary.is_for(unit)]
            if not units:
                return None
            tied = await reads.tied(area.roots, one.since - one.before, one.until + AFTER, (FIELD, one.code))
            return outcome(result, tied, len(units), self._forms)

        return tell
