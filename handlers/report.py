"""/baocao: choose a kind of report, and begin it."""

from __future__ import annotations

from typing import Final

from bot.effects import REPORTERS
from bot.i18n import _
from bot.messages import Choice
from bot.talk import Command, Talk


async def run(talk: Talk, words: str) -> None:
    """Begin the named kind, or offer all kinds."""
    form = talk.house.forms.get(words.strip())
    if form is not None and form.fields and talk.known.holds(form.settings.audience):
        await talk.dialogues.start(form)
        return
    if not talk.known.holds(REPORTERS):
        talk.say(_("Only the chair or deputy of a unit can report. Type HELP to reach an officer."))
        return
    kinds = [form for form in talk.house.forms.values() if form.settings.report and form.fields]
    choices = [Choice(form.title, f"/baocao {form.name}", str(n)) for n, form in enumerate(kinds, 1)]
    choices.append(Choice(_("Nothing to report"), "/khongphatsinh", str(len(choices) + 1)))
    talk.offer("kinds", _("Which report?"), *choices)


COMMAND: Final = Command("baocao", _("Report something"), run, words=("bao cao", "bc"), takes_words=True)
