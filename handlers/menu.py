"""The first screen: what a person can do here, under one digit each."""

from __future__ import annotations

from typing import Final

from bot.effects import OFFICERS, REPORTERS, Draft
from bot.forms.form import Form
from bot.i18n import Text, _, lines
from bot.messages import Choice
from bot.talk import Command, Talk

SCREEN: Final = 9  # digits


def show_menu(talk: Talk, greeting: Text | None = None) -> None:
    """Offer what this person can do."""
    person = talk.known
    choices: list[tuple[Text, str]] = []
    if person.holds(REPORTERS):
        choices += [(form.settings.menu or form.title, f"/baocao {form.name}") for form in _kinds(talk)]
        choices += [(_("Nothing to report"), "/khongphatsinh"), (_("My reports"), "/cuatoi")]
    if person.holds(OFFICERS):
        choices += [(_("Digest"), "/tonghop"), (_("Who has not reported"), "/chuabaocao"), (_("Invite"), "/moi")]
    choices += [(_("Help"), "/trogiup")]
    drawn = [Choice(label, data, str(n)) for n, (label, data) in enumerate(choices[:SCREEN], 1)]
    ask = _("What shall be reported today?") if person.holds(REPORTERS) else _("What would {you} like to see?")
    talk.offer("menu", lines(greeting, _open_draft(talk), ask), *drawn)


def _kinds(talk: Talk) -> list[Form]:
    return [form for form in talk.house.forms.values() if form.settings.report and form.fields]


def _open_draft(talk: Talk) -> Text | None:
    drafts: list[Draft] = [draft for draft in talk.drafts if draft.answers]
    if not drafts:
        return None
    title = talk.house.forms[drafts[0].form].title
    return _("{form} is half done: type TIEP to go on.", form=title)


async def menu(talk: Talk, words: str) -> None:
    """Show the menu; with "?" after something that was not understood."""
    show_menu(talk, _("I did not understand that.") if words == "?" else None)


MENU: Final = Command("menu", _("What can be done"), menu, words=("bat dau", "chao", "hello", "hi"))
