"""Takes a form's turn: gathers facts, lets the conversation decide, and turns its outcome into effects."""

from __future__ import annotations

from dataclasses import asdict, replace
from datetime import timedelta
from typing import Final

from bot.effects import (
    ClearAsk,
    Draft,
    DropDraft,
    DropUnsent,
    KeepFile,
    SetAsk,
    Speak,
    StartJob,
    Submission,
    Unit,
)
from bot.forms import conversation, steps
from bot.forms.facts import Facts
from bot.forms.fields import UnitPicker
from bot.forms.form import Filing, Form
from bot.forms.outcome import Outcome, again, proceed, put
from bot.forms.steps import Stand
from bot.i18n import Text
from bot.inbox.memory import Memory, Parents
from bot.messages import Arrival, Outgoing
from bot.talk import Talk

ALBUM_PAUSE: Final = timedelta(seconds=1.5)  # photos of an album come one by one; one receipt tells of all
FOUND: Final = 7  # units shown for a search


class Dialogue:
    """The dialogue of one turn."""

    def __init__(self, talk: Talk, memory: Memory) -> None:
        """Work for a turn, with what its batch remembers."""
        self.talk = talk
        self.memory = memory

    async def start(self, form: Form, unit: Unit | None = None, **answers: object) -> None:
        """Open a form, going on with the draft of it that is already there."""
        draft = self._open_draft(form, unit)
        if draft is not None:
            await self.resume(draft)
            return
        units = self._units(form)
        chosen = unit or (units[0] if len(units) == 1 else None)
        draft = self.talk.new_draft(form.name, chosen.id if chosen is not None and form.settings.per_unit else None)
        await self.begin(replace(draft, answers=answers))

    async def begin(self, draft: Draft, note: Text | None = None) -> None:
        """Ask the first question of a new draft."""
        stand = await self._stand(draft)
        await self._follow(stand, proceed(stand, note or stand.form.settings.intro))

    async def resume(self, draft: Draft, note: Text | None = None) -> None:
        """Ask again where a draft stands."""
        stand = await self._stand(draft)
        await self._follow(stand, proceed(replace(stand, ask=None), note))

    async def correct(self, report: Submission) -> None:
        """Open the correction of a filed report."""
        draft = self.talk.new_draft(report.form, report.unit)
        stand = await self._stand(draft)
        stand = self._with_report(stand, report)
        await self._follow(conversation.updating(stand, report), conversation.correction(stand, report))

    async def hear(self, draft: Draft, *, tentative: bool = False) -> bool:
        """Take the message at this draft's question; `tentative`: unless it is not understood."""
        stand = await self._stand(draft)
        outcome = conversation.hear(stand, self.talk.incoming)
        if tentative and not outcome.understood:
            return False
        await self._follow(stand, outcome)
        return True

    # --- facts --------------------------------------------------------------------------------------------------------

    async def _stand(self, draft: Draft) -> Stand:
        talk = self.talk
        draft = replace(draft, person=talk.known.id)  # whoever goes on with it has it
        form = talk.house.forms[draft.form]
        unit = self._unit(draft.unit)
        history = await self._history(form, unit)
        facts = Facts(
            talk.now,
            talk.voice,
            talk.house.calendar,
            unit,
            tuple(history),
            self._units(form),
            await self._found(form, draft),
            draft.replaces,
            *await self._number(draft, unit),
        )
        return Stand(form, draft, facts, talk.ask)

    async def _history(self, form: Form, unit: Unit | None) -> list[Submission]:
        if unit is None or not form.settings.report:
            return []
        return await self.memory.history(unit.id, (form.name, *form.settings.needs))

    async def _number(self, draft: Draft, unit: Unit | None) -> tuple[int, Parents]:
        """Give what filing needs, when filing is near: the unit's last report number, and who manages it."""
        ask = self.talk.ask
        near_filing = ask is not None and ask.draft == draft.id and ask.step == steps.RECAP
        return await self.memory.numbering(unit.id) if unit is not None and near_filing else (0, [])

    async def _found(self, form: Form, draft: Draft) -> tuple[Unit, ...]:
        ask, incoming = self.talk.ask, self.talk.incoming
        question = form.by_code.get(ask.step) if ask is not None and ask.draft == draft.id else None
        if not isinstance(question, UnitPicker):
            return ()
        under = [unit.id for unit in self._units(form)]
        reads = await self.talk.read()
        typed = ask.choices.get(incoming.text.strip(), "") if ask is not None else ""
        data = incoming.text if incoming.what is Arrival.PRESS else typed
        chosen = data.rsplit(":", 1)[-1]
        if data and chosen.isdigit():
            inside = await reads.subtree(under, self.talk.today)
            return tuple(unit for unit in inside if unit.id == int(chosen))
        return tuple(await reads.search_units(under, incoming.text, FOUND))

    def _unit(self, unit: int | None) -> Unit | None:
        return next((post.unit for post in self.talk.known.posts if post.unit.id == unit), None)

    def _units(self, form: Form) -> tuple[Unit, ...]:
        return self.talk.known.units(form.settings.audience)

    def _open_draft(self, form: Form, unit: Unit | None) -> Draft | None:
        for draft in self.talk.drafts:
            if draft.form == form.name and not draft.replaces and (unit is None or draft.unit == unit.id):
                return draft
        return None

    def _with_report(self, stand: Stand, report: Submission) -> Stand:
        if any(old.id == report.id for old in stand.facts.history):
            return stand
        return replace(stand, facts=replace(stand.facts, history=(*stand.facts.history, report)))

    # --- consequences -------------------------------------------------------------------------------------------------

    async def _follow(self, stand: Stand, outcome: Outcome) -> None:
        talk = self.talk
        if outcome.updates:
            await self._update_instead(stand, outcome.updates)
            return
        for file in outcome.files:
            job = StartJob(
                f"fetch-{file.id}", "fetch", {"file": file.id, "channel": file.channel, "ref": asdict(file.ref)}
            )
            talk.do(KeepFile(file), job)
        if outcome.draft is None:
            talk.do(DropDraft(stand.draft.id), ClearAsk(talk.known.id))
        elif outcome.confirmed:
            await self._file(stand, outcome.draft)
        else:
            talk.keep(replace(outcome.draft, touched_at=talk.now))
            talk.do(SetAsk(outcome.ask) if outcome.ask is not None else ClearAsk(talk.known.id))
        self._speak(stand, outcome)
        if outcome.call:
            await self._call_officer(stand, outcome.call)

    def _speak(self, stand: Stand, outcome: Outcome) -> None:
        drop_key = f"files/{stand.draft.id}"
        if not outcome.receipt:
            if any(question.takes_files for question in stand.form.fields):
                self.talk.do(DropUnsent(drop_key))
            for say in outcome.says:
                self.talk.send(say)
            return
        for say in outcome.says:
            message = say.spoken(self.talk.voice)
            later = self.talk.now + ALBUM_PAUSE
            mark = f"{drop_key}/{self.talk.incoming.album or self.talk.incoming.id}"
            out = Outgoing(mark, self.talk.incoming.address, message, not_before=later, drop_key=drop_key)
            self.talk.do(DropUnsent(drop_key), Speak(replace(out, replaces_unsent=True)))

    async def _update_instead(self, stand: Stand, report: str) -> None:
        old = next((one for one in stand.facts.history if one.id == report), None)
        if old is None:
            await self._follow(stand, again(stand))
            return
        updated = conversation.updating(stand, old)
        await self._follow(updated, put(updated, steps.Step(steps.RECAP)))

    async def _file(self, stand: Stand, draft: Draft) -> None:
        talk = self.talk
        stand = replace(stand, draft=draft)
        path = stand.path
        filing = Filing(
            stand.form,
            draft,
            path.kept(),
            path.loaded(),
            stand.facts,
            talk.known,
            talk.incoming.address.channel,
            talk.house.new_id,
            talk.incoming.at,
        )
        filed = stand.form.file(filing)
        talk.do(DropDraft(draft.id), ClearAsk(talk.known.id), *filed.effects)
        for say in filed.says:
            talk.send(say)
        if filed.command:
            name, _space, words = filed.command.partition(" ")
            await talk.house.commands[name].run(talk, words)

    async def _call_officer(self, stand: Stand, code: str) -> None:
        command = self.talk.house.commands["trogiup"]
        await command.run(self.talk, f"{stand.form.name} {code}")
