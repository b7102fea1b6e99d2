"""The jobs "survey" and "survey_over": a question to whoever reports, some hundred at a time; the result at the end."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from typing import Any, Final

from bot.audience import meant
from bot.effects import Effect, OfferAsk, Speak, StartJob
from bot.i18n import Code, _
from bot.jobs.remind import CHUNK, Speaking
from bot.messages import Outgoing, Priority, Say
from bot.ports import Reads
from bot.records import Ask, Person
from bot.reporting.periods import local_day
from bot.surveys import Survey, asked, result

ASK: Final = "survey"
OVER: Final = "survey_over"
LONGEST_OFFER: Final = timedelta(hours=12)  # afterwards digits mean nothing; the words still do


class AskSurvey:
    """Asks everybody under the union."""

    def __init__(self, speaking: Speaking) -> None:
        """Take what it speaks with."""
        self._with = speaking

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Ask the next chunk of people."""
        del attempts
        async with self._with.store.reading() as reads:
            survey = await reads.survey(args["number"])
            now = self._with.clock()
            if survey is None or now >= survey.closes_at:
                return []
            who, calendar = survey.audience, self._with.rules.calendar
            units = (await meant(reads, who, calendar, local_day(now))).units
            people = await reads.posted(who.roles, args.get("after", ""), CHUNK, units)
            effects = await self._asked(reads, survey, [person for person in people if person.addresses])
            if not people and "after" not in args:
                effects += await self._nobody(reads, survey)
        if len(people) == CHUNK:
            after = people[-1].id
            effects.append(StartJob(f"survey/{survey.id}#{after}", ASK, {**args, "after": after}))
        return effects

    async def _nobody(self, reads: Reads, survey: Survey) -> list[Effect]:
        """Tell whoever asks that there is nobody to ask."""
        person = await reads.person(survey.person)
        if person is None or not person.addresses:
            return []
        say = Say(_("KS {number}: nobody there was chosen, so nobody was asked.", number=Code(survey.number)))
        message = say.spoken(self._with.voice_of(person))
        return [Speak(Outgoing(f"survey/{survey.id}/nobody", person.addresses[0], message))]

    async def _asked(self, reads: Reads, survey: Survey, people: Sequence[Person]) -> list[Effect]:
        now = self._with.clock()
        busy = await reads.busy([person.id for person in people], now)
        at = self._with.rules.quiet.over(now)
        effects: list[Effect] = []
        for person in people:
            say = asked(survey, busy=person.id in busy)
            message = say.spoken(self._with.voice_of(person))
            key = f"survey/{survey.id}/{person.id}"
            out = Outgoing(key, person.addresses[0], message, Priority.NOTICE, at, not_after=survey.closes_at)
            effects.append(Speak(out))
            if person.id not in busy and at == now:
                typed = {choice.key: choice.data for choice in say.choices}
                until = min(survey.closes_at, now + LONGEST_OFFER)
                effects.append(OfferAsk(Ask(person.id, "survey", typed, until=until), now))
        return effects


class TellResult:
    """Tells whoever asked what came of it."""

    def __init__(self, speaking: Speaking) -> None:
        """Take what it speaks with."""
        self._with = speaking

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Tell the result of a survey that is over."""
        del attempts
        async with self._with.store.reading() as reads:
            survey = await reads.survey(args["number"])
            person = await reads.person(survey.person) if survey is not None else None
            if survey is None or person is None or not person.addresses:
                return []
            told = result(survey, await reads.votes(survey.id), self._with.clock())
        message = Say(told).spoken(self._with.voice_of(person))
        at = self._with.rules.quiet.over(self._with.clock())
        return [Speak(Outgoing(f"survey/{survey.id}/over", person.addresses[0], message, Priority.DIGEST, at))]
