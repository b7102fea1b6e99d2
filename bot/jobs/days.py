"""The job "day": a day of the union year is announced to units, some hundred people at a time, or its result told."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
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
from bot.reporting.anniversaries.saying import FIELD, announcement, outcome
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.occasions import Dropped, Kind
from bot.reporting.reminders import REPORTER_ROLES, addressees, units_of

TOPIC: Final = str(Kind.DAY)  # what people mute


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
        async with self._with.store.reading() as reads:
            people = await reads.posted(REPORTER_ROLES, args.get("after", ""), CHUNK)
            effects = await self._notices(reads, announced, args, people)
        if len(people) == CHUNK:
            after = people[-1].id
            effects.append(StartJob(f"{args['key']}#{after}", Kind.DAY, {**args, "after": after}))
        return effects

    async def _notices(
        self, reads: Reads, notice: Notice, args: Mapping[str, Any], people: Sequence[Person]
    ) -> list[Effect]:
        """Announce it to those of the people whom it concerns, once each, however many units they have."""
        whom = addressees(await reads.holders(units_of(people), REPORTER_ROLES))
        muted = await reads.muted([person.id for person in people], TOPIC)
        say = announcement(notice, self._with.rules.calendar)
        effects: list[Effect] = []
        for person in people:
            if not person.addresses or not _concerns(notice, person, whom):
                continue
            if person.id in muted:
                effects.append(Unsaid(args["key"], person.id, Dropped.MUTED, self._with.clock()))
                continue
            effects.append(self._speak(args, person, say))
        return effects

    def _speak(self, args: Mapping[str, Any], person: Person, say: Say) -> Speak:
        at = self._with.rules.quiet.over(self._with.clock())
        message = say.spoken(self._with.voice_of(person))
        until = min(datetime.fromisoformat(args["until"]), self._with.rules.quiet.next(at))
        key = f"{args['key']}/{person.id}"
        return Speak(Outgoing(key, person.addresses[0], message, Priority.NOTICE, at, not_after=until))

    def _result(self, result: Result) -> Tell:
        async def tell(reads: Reads, area: Area) -> Say | None:
            one = result.of
            units = [unit for unit in area.units if unit.kind in REPORTING_KINDS and one.anniversary.is_for(unit)]
            if not units:
                return None
            tied = await reads.tied(area.roots, one.since - one.before, one.until + AFTER, (FIELD, one.code))
            return outcome(result, tied, len(units), self._forms)

        return tell


def _concerns(notice: Notice, person: Person, whom: Mapping[int, str]) -> bool:
    """Tell whether a person is the one to write to at a unit that the day is for."""
    return any(
        whom.get(unit.id) == person.id and unit.kind in REPORTING_KINDS and notice.of.anniversary.is_for(unit)
        for unit in person.units(REPORTERS)
    )
