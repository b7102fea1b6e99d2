"""/trogiup: a real person to call, and what can be typed."""

from __future__ import annotations

from typing import Final

from bot.forms.form import Form
from bot.i18n import Capital, Text, _, lines
from bot.messages import Choice, Say
from bot.ports import Contact
from bot.records import REPORTERS, Unit
from bot.talk import Command, Talk
from handlers.cases.raw import GUARDED
from handlers.names import person_name

UNSAID: Final = frozenset(
    {*GUARDED, "petition", "question", "case_note"}
)  # what these are about is not for a lock screen


async def run(talk: Talk, words: str) -> None:
    """Say whom to call, and what can be typed."""
    del words
    ask = Choice(_("Ask an officer"), "/hoicanbo", "HOI CAN BO")
    talk.say(lines(_whom(talk, await _officers(talk, _own_unit(talk))), *_hints(talk)), ask)


async def _officers(talk: Talk, unit: Unit | None) -> list[Contact]:
    if unit is None:
        return []
    reads = await talk.read()
    return [one for one in await reads.officers_above(unit.id) if one.person != talk.known.id]


def _own_unit(talk: Talk) -> Unit | None:
    units = talk.known.units(REPORTERS) or talk.known.units(frozenset({post.role for post in talk.known.posts}))
    return units[0] if units else None


def _whom(talk: Talk, officers: list[Contact]) -> Text:
    if not officers:
        return _("To reach a person, please call {whom}.", whom=talk.house.ask_whom)
    first = officers[0]
    if first.phone:
        return _("To reach a person, call {name}, {phone}.", name=_name(first), phone=first.phone)
    return _("The officer in charge is {name}.", name=_name(first))


def _name(officer: Contact) -> Text:
    return person_name(officer.name, officer.honorific)


def _hints(talk: Talk) -> list[Text]:
    hints: list[Text] = [
        _("MENU: what can be done. TIEP: go on. LAI: back. BOQUA: skip. HUY: drop. DULIEU: your data.")
    ]
    listed = [c for c in talk.house.commands.values() if c.listed and (c.roles is None or talk.known.holds(c.roles))]
    hints.append(lines(*(_("/{command} – {about}", command=c.name, about=c.about) for c in listed)))
    return hints


def _wants_a_call(talk: Talk, unit: Unit, form: Form) -> Text:
    """Say who wants to be called; the first line, which a locked phone shows, says nothing of them.

    What sensitive kinds are about is not said at all.
    """
    who = _(
        "{name} ({unit}), phone {phone}.",
        name=person_name(talk.known.name, talk.known.honorific),
        unit=unit.name,
        phone=talk.known.phone or "–",
    )
    about = None if form.name in UNSAID else _("It is about: {form}.", form=form.title)
    return lines(_("Somebody asks to be called back."), who, about)


async def call(talk: Talk, words: str) -> None:
    """Tell the nearest officer that somebody waits for a call: "unit form"."""
    unit_id, form_name = words.split(" ")
    unit = next((post.unit for post in talk.known.posts if str(post.unit.id) == unit_id), None) or _own_unit(talk)
    form = talk.house.forms[form_name]
    talk.audit("call", unit.code if unit is not None else "", form_name)
    reads = await talk.read()
    for officer in await _officers(talk, unit):
        person = await reads.person(officer.person)
        if person is not None and person.addresses and unit is not None:
            key = f"call/{talk.incoming.address.channel}/{talk.incoming.id}"
            talk.alert(key, person, Say(_wants_a_call(talk, unit, form)))
            asked = _("{name} has been asked to call {you}. What was entered is kept.", name=Capital(_name(officer)))
            talk.say(asked)
            return
    talk.say(
        _(
            "No officer could be reached from here. Please call {whom}. What was entered is kept.",
            whom=talk.house.ask_whom,
        )
    )


COMMAND: Final = Command(
    "trogiup", _("Help, and whom to call"), run, words=("tro giup", "help", "huong dan", "gap can bo")
)
CALL: Final = Command("call", _("Ask for a call"), call, typed=False, listed=False)
