"""Takes a form's turn: lets the conversation decide, and turns its outcome into effects."""

from __future__ import annotations

from dataclasses import replace

from bot.effects import ClearAsk, DropDraft, DropFiles, DropUnsent, SetAsk, Speak
from bot.fetching import ALBUM_PAUSE, MEGABYTE, kept
from bot.forms import conversation
from bot.forms.acts import act
from bot.forms.fold import fold
from bot.forms.form import Form
from bot.forms.outcome import Outcome, again, proceed
from bot.forms.steps import Stand
from bot.i18n import Text, _, local_day
from bot.inbox.bridging import bridged
from bot.inbox.confirming import Confirming
from bot.inbox.gathering import Gathering
from bot.inbox.memory import Memory
from bot.messages import Outgoing
from bot.records import Draft, Submission, Unit
from bot.talk import Talk, receipts_of


class Dialogue:
    """The dialogue of one turn."""

    def __init__(self, talk: Talk, memory: Memory) -> None:
        """Work for a turn, with what its batch remembers."""
        self.talk = talk
        self.gathering = Gathering(talk, memory)

    async def start(self, form: Form, unit: Unit | None = None) -> None:
        """Open a form, going on with the draft of it that is already there."""
        draft = self._open_draft(form, unit)
        if draft is not None:
            begun = local_day(draft.started_at or self.talk.now)
            note = _("Going on with what was begun on {day}. To drop it and begin anew, type HUY.", day=begun)
            await self.resume(draft, note if draft.answers else None)
            return
        units = self.talk.known.units(form.settings.audience)
        chosen = unit or (units[0] if len(units) == 1 else None)
        about = chosen.id if chosen is not None and form.settings.per_unit else None
        await self.begin(self.talk.new_draft(form.name, about), self._kept())

    async def begin(self, draft: Draft, note: Text | None = None) -> None:
        """Ask the first question of a new draft."""
        stand = await self.gathering.stand(draft)
        await self._follow(stand, proceed(stand, note or stand.form.settings.intro))

    async def resume(self, draft: Draft, note: Text | None = None) -> None:
        """Ask again where a draft stands."""
        stand = await self.gathering.stand(draft)
        await self._follow(stand, proceed(replace(stand, ask=None), note))

    async def cancel(self, draft: Draft) -> None:
        """Ask whether a draft that lies aside shall be dropped."""
        stand = await self.gathering.stand(draft)
        await self._follow(stand, act(stand, "cancel", self.talk.incoming))

    def _kept(self) -> Text | None:
        """Tell that the report under way is not lost when another is opened."""
        ask = self.talk.ask
        aside = self.talk.draft(ask.draft) if ask is not None else None
        if aside is None or not aside.answers:
            return None
        return _("{form} is kept; type TIEP for it afterwards.", form=self.talk.house.forms[aside.form].title)

    async def correct(self, report: Submission, field: str = "") -> None:
        """Open the correction of a filed report (of one answer), or go on with the one that is under way."""
        under_way = next((draft for draft in self.talk.drafts if draft.replaces == report.id), None)
        draft = under_way or replace(self.talk.new_draft(report.form, report.unit), replaces=report.id)
        stand = await self.gathering.stand(draft)
        opened = stand if under_way is not None else conversation.updating(stand, report)
        await self._follow(opened, conversation.correction(opened, report, field))

    async def hear(self, draft: Draft, *, tentative: bool = False, yields: bool = False, stray: str = "") -> bool:
        """Take the message at this draft's question; `tentative`: unless it is not understood.

        `yields`: nor if it says more than an answer, such as "tổng hợp 10" where a number is asked. `stray`: it begins
        with this trigger word of another report; where it says more than an answer, the question is asked again.
        """
        if self.talk.kept_off(draft.form):
            if not tentative:
                await self.talk.on_the_page(self.talk.house.forms[draft.form])
            return not tentative
        stand = await self.gathering.stand(draft)
        question = stand.form.by_code.get(stand.ask.step) if stand.ask is not None else None
        more = question is not None and question.says_more(self.talk.incoming.text)
        if yields and more:
            return False
        if question is not None and more and stray and stray not in fold(self.talk.voice.speak(question.label)):
            await self._follow(stand, again(stand, self._for_another(stray)))
            return True
        outcome = self._too_large(stand) or conversation.hear(stand, self.talk.incoming)
        if tentative and not outcome.understood:
            return False
        await self._follow(stand, outcome)
        return True

    def _for_another(self, trigger: str) -> Text:
        """Say how another report is opened: its trigger word has to stand alone while a question is open."""
        house = self.talk.house
        form = house.forms[house.triggers[trigger]].title
        return _("For “{form}”, type only {word}; this report is kept.", form=form, word=trigger.upper())

    def _too_large(self, stand: Stand) -> Outcome | None:
        """Refuse a file that will never be fetched."""
        most = self.talk.house.max_mb
        if all((file.size or 0) <= most * MEGABYTE for file in self.talk.incoming.files):
            return None
        return again(stand, _("That file is too large: at most {most} MB. A photo of it will do.", most=most))

    def _open_draft(self, form: Form, unit: Unit | None) -> Draft | None:
        for draft in self.talk.drafts:
            if draft.form == form.name and not draft.replaces and (unit is None or draft.unit == unit.id):
                return draft
        return None

    # --- consequences -------------------------------------------------------------------------------------------------

    async def _follow(self, stand: Stand, outcome: Outcome) -> None:
        talk = self.talk
        if outcome.updates:
            await self._update_instead(stand, outcome.updates)
            return
        for file in outcome.files:
            talk.do(*kept(file, talk.incoming.address, talk.known.language))
        if outcome.draft is None:
            talk.do(DropDraft(stand.draft.id), DropFiles(stand.draft.id), ClearAsk(talk.known.id))
        elif outcome.confirmed:
            await self._confirm(replace(stand, draft=outcome.draft))
        else:
            talk.keep(replace(outcome.draft, touched_at=talk.now))
            talk.do(SetAsk(outcome.ask) if outcome.ask is not None else ClearAsk(talk.known.id))
        if talk.kept_off(stand.form.name):
            await talk.on_the_page(stand.form)
            return
        self._speak(stand, outcome)
        if outcome.call:
            await self._call_officer(stand)

    def _speak(self, stand: Stand, outcome: Outcome) -> None:
        """Say it; what tells of photos waits a moment, and gives way to whatever is said next."""
        talk, receipts = self.talk, receipts_of(stand.draft.id)
        if any(question.takes_files for question in stand.form.fields):
            talk.do(DropUnsent(receipts))
        if not outcome.receipt:
            for say in bridged(talk, stand, outcome):
                talk.send(say)
            return
        for say in outcome.says:
            key, later = f"{receipts}/{talk.incoming.id}", talk.now + ALBUM_PAUSE
            message = say.spoken(talk.voice)
            talk.do(Speak(Outgoing(key, talk.incoming.address, message, not_before=later, drop_key=receipts)))

    async def _update_instead(self, stand: Stand, report: str) -> None:
        old = next((one for one in stand.facts.history if one.id == report), None)
        if old is None:
            await self._follow(stand, again(stand))
            return
        settings = stand.form.settings
        if settings.news and not settings.correctable(old, stand.facts):
            self.talk.do(DropDraft(stand.draft.id), DropFiles(stand.draft.id), ClearAsk(self.talk.known.id))
            await self.talk.house.commands[settings.news].run(self.talk, f"{old.unit} {old.number}")
            return
        updated = conversation.news(stand, old)
        await self._follow(updated, proceed(updated))

    async def _confirm(self, stand: Stand) -> None:
        """File the draft, unless the report it corrects has changed or locked since: then say so."""
        confirming = Confirming(self.talk, self.gathering)
        changed = await confirming.changed(stand)
        if changed is not None:
            await self._follow(*changed)
            return
        await confirming.file(stand)

    async def _call_officer(self, stand: Stand) -> None:
        unit = stand.facts.unit.id if stand.facts.unit is not None else 0
        await self.talk.house.commands["call"].run(self.talk, f"{unit} {stand.form.name}")
