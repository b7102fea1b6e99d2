"""The job "drafts": reports half done are asked about after a week, and dropped with a word long after their period."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime, timedelta
from typing import Any, Final

from bot.effects import DropDraft, DropFiles, Effect, Speak, StartJob
from bot.i18n import _, lines
from bot.jobs.remind import Speaking
from bot.messages import Choice, Outgoing, Priority, Say
from bot.ports import Reads
from bot.records import Draft, Person
from bot.reporting.periods import local_day

CHUNK: Final = 200
TOPIC: Final = "drafts"
ASKED_AFTER: Final = timedelta(days=7)
DROPPED_AFTER: Final = timedelta(days=30)  # after the period locks


class AgeDrafts:
    """Asks whoever began a report whether it shall be finished, and clears away what nobody will finish."""

    def __init__(self, speaking: Speaking) -> None:
        """Take what it speaks with."""
        self._with = speaking

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Look through the next old drafts."""
        del attempts
        now = self._with.clock()
        async with self._with.store.reading() as reads:
            drafts = await reads.old_drafts(now - ASKED_AFTER, args.get("after", ""), CHUNK)
            effects = await self._all(reads, drafts, now)
        if len(drafts) == CHUNK:
            after = drafts[-1].id
            effects.append(StartJob(f"{args['key']}#{after}", "drafts", {**args, "after": after}))
        return effects

    async def _all(self, reads: Reads, drafts: Sequence[Draft], now: datetime) -> list[Effect]:
        ours = [draft for draft in drafts if draft.form in self._with.forms and draft.answers]
        muted = await reads.muted(sorted({draft.person for draft in ours}), TOPIC)
        effects: list[Effect] = []
        for draft in ours:
            person = await reads.person(draft.person)
            if self._over(draft, now):
                effects += self._drop(draft, person, now)
            elif person is not None and person.addresses and person.id not in muted:
                effects.append(self._ask(draft, person, now))
        return effects

    def _over(self, draft: Draft, now: datetime) -> bool:
        """Tell whether the period that a draft was begun in has been locked for long."""
        begun = draft.started_at or draft.touched_at or now
        return now > self._with.rules.calendar.of(local_day(begun)).locks_at + DROPPED_AFTER

    def _ask(self, draft: Draft, person: Person, now: datetime) -> Speak:
        """Ask once for every time that it was left."""
        text = _("{form} of {day} is half done.", form=self._with.forms[draft.form], day=_begun(draft, now))
        how = _("Type TIEP to go on with it, HUY to drop it.")
        choices = (Choice(_("Go on"), f"/tieptuc {draft.id}"), Choice(_("Drop it"), f"/bonhap {draft.id}"))
        left = local_day(draft.touched_at or now)
        return self._speak(f"draft/{draft.id}/{left}", person, Say(lines(text, how), choices=choices), now)

    def _drop(self, draft: Draft, person: Person | None, now: datetime) -> list[Effect]:
        gone: list[Effect] = [DropDraft(draft.id), DropFiles(draft.id)]
        if person is None or not person.addresses:
            return gone
        text = _(
            "{form}, begun on {day} and never finished, has been put away: its period is long closed.",
            form=self._with.forms[draft.form],
            day=_begun(draft, now),
        )
        return [*gone, self._speak(f"draft/{draft.id}/gone", person, Say(text), now)]

    def _speak(self, key: str, person: Person, say: Say, now: datetime) -> Speak:
        quiet = self._with.rules.quiet
        at = quiet.over(now)
        message = say.spoken(self._with.voice_of(person))
        return Speak(Outgoing(key, person.addresses[0], message, Priority.REMINDER, at, not_after=quiet.next(at)))


def _begun(draft: Draft, now: datetime) -> date:
    return local_day(draft.started_at or now)
