"""/trogiup: a real person to call, and what can be typed."""

from __future__ import annotations

from typing import Final

from bot.effects import REPORTERS, Unit
from bot.i18n import Capital, Plain, Text, _, lines
from bot.messages import Say
from bot.ports import Contact
from bot.talk import Command, Talk
from handlers.names import person_name


async def run(talk: Talk, words: str) -> None:
    """Say whom to call; with a form and a field, tell that officer that somebody waits for a call."""
    unit = _own_unit(talk)
    officers = await _officers(talk, unit)
    if words and unit is not None:
        await _ask_for_call(talk, unit, officers, words)
        return
    talk.say(lines(_whom(talk, officers), *_hints(talk)))


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


async def _ask_for_call(talk: Talk, unit: Unit, officers: list[Contact], words: str) -> None:
    form_name, _space, _field = words.partition(" ")
    form = talk.house.forms.get(form_name)
    talk.audit("call", unit.code, words)
    reads = await talk.read()
    told = None
    for officer in officers:
        person = await reads.person(officer.person)
        if person is not None and person.addresses:
            text = _(
                "{name} ({unit}) asks to be called, phone {phone}. It is about: {form}.",
                name=person_name(talk.known.name, talk.known.honorific),
                unit=unit.name,
                phone=talk.known.phone or "–",
                form=form.title if form is not None else Plain(form_name),
            )
            talk.alert(f"call/{talk.incoming.address.channel}/{talk.incoming.id}", person, Say(text))
            told = officer
            break
    if told is None:
        talk.say(_("Please call {whom}. What was entered is kept.", whom=talk.house.ask_whom))
    else:
        asked = _("{name} has been asked to call {you}. What was entered is kept.", name=Capital(_name(told)))
        talk.say(asked)


COMMAND: Final = Command("trogiup", _("Help, and whom to call"), run, words=("tro giup", "help"))
