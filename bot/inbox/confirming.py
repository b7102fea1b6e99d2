"""Files a confirmed draft; first makes sure that the report it corrects is still there, unchanged and not locked."""

from __future__ import annotations

from dataclasses import replace

from bot.effects import ClearAsk, DropDraft
from bot.forms import conversation
from bot.forms.form import Filing
from bot.forms.outcome import Outcome, proceed
from bot.forms.steps import Stand
from bot.i18n import Code, Text, _
from bot.inbox.gathering import Gathering
from bot.messages import Say
from bot.records import BEHALF, Submission
from bot.talk import Talk


class Confirming:
    """The end of a dialogue."""

    def __init__(self, talk: Talk, gathering: Gathering) -> None:
        """Work for a turn."""
        self.talk = talk
        self.gathering = gathering

    async def changed(self, stand: Stand) -> tuple[Stand, Outcome] | None:
        """Tell what to do instead of filing, if a correction or what a unit told by phone can no longer be filed."""
        if BEHALF in stand.draft.accepted and stand.facts.unit is None:
            return stand, _dropped(_("That unit is not under your union."))
        if not stand.draft.replaces:
            return None
        now = stand.replaced() or await self.gathering.current(await self.gathering.replaced(stand.draft))
        if now is None or now.state == "withdrawn":
            return stand, _dropped(_("That report has been withdrawn meanwhile. Nothing was changed."))
        if not stand.form.settings.correctable(now, stand.facts):
            locked = _(
                "BC{number} is locked now. To change it, please call the officer in charge: type HELP.",
                number=Code(now.number),
            )
            return stand, _dropped(locked)
        return None if now.id == stand.draft.replaces else self._overtaken(stand, now)

    def _overtaken(self, stand: Stand, now: Submission) -> tuple[Stand, Outcome]:
        """Somebody else corrected the report meanwhile: show what would change now, and ask again."""
        facts = replace(stand.facts, history=(*stand.facts.history, now))
        updated = conversation.updating(replace(stand, facts=facts), now)
        note = _("BC{number} was changed meanwhile. Please look at it once more.", number=Code(now.number))
        return updated, proceed(updated, note)

    async def file(self, stand: Stand) -> None:
        """Make of the draft what its form makes of it, and say the receipt."""
        talk, draft = self.talk, stand.draft
        if stand.facts.unit is not None:
            memory, unit = self.gathering.memory, stand.facts.unit.id
            number, parents = await memory.numbering(unit)
            goals = await memory.goals(unit) if stand.form.settings.report else ()
            stand = replace(stand, facts=replace(stand.facts, number=number, parents=parents, goals=goals))
        filed = stand.form.file(self._filing(stand))
        talk.do(DropDraft(draft.id), ClearAsk(talk.known.id), *filed.effects)
        for say in filed.says:
            talk.send(say)
        if filed.command:
            name, _space, words = filed.command.partition(" ")
            await talk.house.commands[name].run(talk, words)

    def _filing(self, stand: Stand) -> Filing:
        path, talk = stand.path, self.talk
        return Filing(
            stand.form,
            stand.draft,
            path.kept(),
            path.loaded(),
            stand.facts,
            talk.known,
            talk.incoming.address.channel,
            talk.house.new_id,
            talk.incoming.at,
        )


def _dropped(why: Text) -> Outcome:
    return Outcome(None, None, (Say(why),))
