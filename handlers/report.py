"""/baocao: choose a kind of report, and begin it."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.forms.fold import fold
from bot.forms.form import Form
from bot.i18n import _
from bot.messages import Choice
from bot.records import FILERS, REPORTERS
from bot.talk import Command, Talk
from handlers.menu import kinds_for
from handlers.pages import page_in, paged

PERIODIC_WORDS: Final = "dinh ky"
SAID: Final = "bao cao"  # triggers may begin with it: "bao cao thang"


async def run(talk: Talk, words: str) -> None:
    """Begin the named kind, for a period if it has one ("/baocao periodic 2026S"), or offer all kinds."""
    name, _space, rest = words.strip().partition(" ")
    form, period = talk.house.forms.get(name), rest
    if form is None:
        form, period = _named(talk, fold(words)), words
    if form is not None and form.settings.report and form.fields and talk.known.holds(form.settings.audience):
        await _begin(talk, form, period)
        return
    items = [(form.title, f"/baocao {form.name}") for form in kinds_for(talk)]
    nil = [Choice(_("Nothing to report"), "/khongphatsinh", "0")] if talk.known.holds(REPORTERS) else []
    talk.offer("kinds", _("Which report?"), *paged(talk, items, page_in(words), "/baocao"), *nil)


def _named(talk: Talk, words: str) -> Form | None:
    """Find the kind that "bao cao" with these words after it names, by the longest of the trigger words in it."""
    said = f" {SAID} {words} "
    longest = max((word for word in talk.house.triggers if f" {word} " in said), key=len, default=None)
    return talk.house.forms[talk.house.triggers[longest]] if longest is not None else None


async def _begin(talk: Talk, form: Form, words: str) -> None:
    """Open a form; one that asks for its period has it filled in, if it was said."""
    period = talk.house.calendar.meant(_without(words), talk.now) if form.settings.period else None
    if period is None:
        await talk.dialogues.start(form)
        return
    filled = {form.settings.period: period.code}
    draft = next((one for one in talk.drafts if one.form == form.name and not one.replaces), None)
    if draft is not None and draft.answers:
        note = _("{form} was begun before: going on with it. To drop it and begin anew, type HUY.", form=form.title)
        await talk.dialogues.resume(draft, note)
        return
    units = talk.known.units(form.settings.audience)
    draft = draft or talk.new_draft(form.name, units[0].id if len(units) == 1 else None)
    await talk.dialogues.begin(replace(draft, answers=filled), _("For: {name}", name=period.named))


def _without(words: str) -> str:
    """Leave out of "dinh ky thang 10" what says no period."""
    return fold(words).removeprefix(PERIODIC_WORDS).strip() if fold(words).startswith(PERIODIC_WORDS) else words.strip()


COMMAND: Final = Command("baocao", _("Report something"), run, words=("bao cao", "bc"), roles=FILERS, takes_words=True)
