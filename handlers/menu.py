"""The first screen: what a person can do here, under one digit each."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.forms.form import Form
from bot.i18n import Text, _, lines
from bot.messages import Choice
from bot.records import INVITERS, OFFICERS, REPORTERS, WRITERS, Role
from bot.talk import Command, Talk
from handlers.pages import PAGE, page_in, screen

ON_MENU: Final = PAGE + 1  # kinds named there: those of the first screen, and the periodic report


def show_menu(talk: Talk, greeting: Text | None = None, page: int = 1) -> None:
    """Offer what this person can do."""
    reports = talk.known.holds(REPORTERS)
    ask = _("What shall be reported today?") if reports else _("What would {you} like to see?")
    nil = [Choice(_("Nothing to report"), "/khongphatsinh", "0")] if reports else []
    choices = [replace(one, label=_more(one, page)) for one in screen(_items(talk), page, "/menu")]
    talk.offer("menu", lines(greeting, _open_draft(talk), ask), *choices, *nil)


def _more(choice: Choice, page: int) -> Text:
    """Call what is behind the first page by what it is: all that is less often needed."""
    return _("Something else to do") if choice.data == "/menu 2" and page == 1 else choice.label


def _items(talk: Talk) -> list[tuple[Text, str]]:
    person = talk.known
    items: list[tuple[Text, str]] = []
    kinds = kinds_for(talk)
    first = kinds[:ON_MENU] if person.holds(WRITERS) else []
    items += [(form.settings.menu or form.title, f"/baocao {form.name}") for form in first]
    if person.holds(REPORTERS):
        items.append((_("My reports"), "/cuatoi"))
        items += [(_("Petitions and their answers"), "/kiennghi"), (_("Notices"), "/thongbao")]
    if len(kinds) > ON_MENU and first:
        items.append((_("Other reports"), "/baocao 2"))
    if person.holds(OFFICERS):
        items += [(_("Digest"), "/tonghop"), (_("Who has not reported"), "/chuabaocao"), (_("A unit"), "/donvi")]
        items += [(_("Petitions and incidents"), "/kiennghi"), (_("Registers"), "/sotheodoi")]
        items += [(_("Send a notice"), "/phattin"), (_("Notices sent"), "/phattin ds"), (_("Documents"), "/vanban")]
        items += [(_("Report what we did ourselves"), "/baocao")] if not first else []
        items += [(_("Reports to look at"), "/duyet"), (_("Targets of the year"), "/chitieu")]
        items += [(_("Files and wording"), "/xuat"), (_("Is all well?"), "/trangthai")]
    if person.holds(frozenset({Role.ADMIN})):
        items.append((_("The office's settings"), "/caidat"))
    if person.holds(INVITERS):
        items.append((_("Invite"), "/moi"))
    return [*items, (_("Calendar"), "/lich"), (_("Help"), "/trogiup")]


def kinds_for(talk: Talk) -> list[Form]:
    """List the report kinds that this person may fill in, in the order of menus."""
    kinds = [form for form in talk.house.forms.values() if form.settings.report and form.fields]
    return [form for form in kinds if talk.known.holds(form.settings.audience)]


def _open_draft(talk: Talk) -> Text | None:
    drafts = [draft for draft in talk.drafts if draft.answers and talk.house.forms[draft.form].settings.report]
    if not drafts:
        return None
    title = talk.house.forms[drafts[0].form].title
    return _("{form} is half done: type TIEP to go on.", form=title)


async def menu(talk: Talk, words: str) -> None:
    """Show the menu; with "?" after something that was not understood."""
    show_menu(talk, _("I did not understand that.") if words == "?" else None, page_in(words))


MENU: Final = Command("menu", _("What can be done"), menu, words=("bat dau", "chao", "hello", "hi"), paged=True)
