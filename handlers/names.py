"""What kinds of reports and people are called."""

from __future__ import annotations

from bot.calling import HONORIFICS
from bot.i18n import Phrase, Plain, Text
from bot.talk import House


def kind_name(house: House, form: str) -> Text:
    """Name a kind of report shortly; one that is declared no more by its code."""
    kind = house.forms.get(form)
    return (kind.settings.menu or kind.title) if kind is not None else Plain(form)


def person_name(name: str, honorific: str) -> Text:
    """Call a person as they wish to be called: "cô Mai"."""
    form = HONORIFICS.get(honorific)
    return Phrase(form.msgid, (("name", name),)) if form is not None else Plain(name)
