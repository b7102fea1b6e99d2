"""/donvi: a unit of an officer's area: how large it is, and whom to call."""

from __future__ import annotations

from typing import Final

from bot.i18n import Capital, Plain, Text, _, lines
from bot.messages import Choice
from bot.ports import Contact, Reads, channel_title
from bot.records import OFFICERS, Role, Unit
from bot.reporting.kinds import REPORTING_KINDS
from bot.talk import Command, Talk
from handlers.membership import MEMBERSHIP, OPENING
from handlers.names import person_name
from handlers.pages import page_in, paged
from handlers.roles import role_name
from handlers.standing import standing_of, standing_text

FOUND: Final = 500  # units of one search at most
LONGEST: Final = 60  # letters of a name that are looked for
MARK: Final = "#"  # stands between what was looked for and the page


async def unit_card(talk: Talk, words: str) -> None:
    """Show a unit of the officer's subtree: whom to call, and how it stands."""
    asked, _mark, page = (part.strip() for part in words.partition(MARK))
    if not asked:
        talk.say(_("Which unit? Type DON VI and a piece of its name, for example DON VI che."))
        return
    reads = await talk.read()
    found = await reads.search_units([unit.id for unit in talk.known.units(OFFICERS)], asked[:LONGEST], FOUND)
    found = [unit for unit in found if unit.code.lower() == asked.lower()] or found
    if not found:
        talk.say(_("No unit of your area has “{words}” in its name.", words=asked))
    elif len(found) > 1:
        items: list[tuple[Text, str]] = [(Plain(unit.name), f"/donvi {unit.code}") for unit in found]
        choices = paged(talk, items, page_in(page), f"/donvi {asked[:LONGEST]} {MARK}")
        talk.offer("units", _("Several units match. Which one?"), *choices)
    else:
        await _card(talk, reads, found[0])


async def _card(talk: Talk, reads: Reads, unit: Unit) -> None:
    contacts = await reads.contacts([unit.id])
    people = [_contact(one) for one in contacts] or [_("Nobody has registered yet. To invite somebody: 1.")]
    size = await _size(talk, reads, unit)
    role = Role.CHAIR if unit.kind in REPORTING_KINDS else Role.AREA_OFFICER
    talk.audit("unit", unit.code)
    invite = (_("Invite a {role}", role=role_name(role)), f"/moi {unit.code} {role}")
    reporting = unit.kind in REPORTING_KINDS
    told = await _standing(talk, reads, unit) if reporting else []
    items = [invite, *(_for_reporting(unit) if reporting else [_about_area(talk, unit)])]
    talk.offer(
        "unit",
        lines(size, *people, *told),
        *(Choice(label, data, str(n)) for n, (label, data) in enumerate(items, 1)),
        title=_("{unit} ({code})", unit=unit.name, code=unit.code),
    )


def _for_reporting(unit: Unit) -> list[tuple[Text, str]]:
    """Offer what an officer may want of a unit that reports."""
    return [
        (_("Who has not reported"), "/chuabaocao"),
        (_("Remind this unit"), f"/nhac {unit.code}"),
        (_("Its reports"), f"/baocaodv {unit.id}"),
        (_("File for it, as told by phone"), f"/nhapthay {unit.id}"),
    ]


def _about_area(talk: Talk, unit: Unit) -> tuple[Text, str]:
    return _("Who has not reported"), f"/chuabaocao {talk.house.calendar.open(talk.now).code} u={unit.id}"


async def _standing(talk: Talk, reads: Reads, unit: Unit) -> list[Text]:
    """Say how the unit stands with the period that is asked for now, and when it was last heard from."""
    period = talk.house.calendar.for_unit(unit).due(talk.now)
    standings = (await standing_of(talk, reads, [unit], period)).units
    heard = (await reads.last_heard([unit.id])).get(unit.id)
    return [
        *(_("{period}: {standing}", period=Capital(period.title), standing=standing_text(one)) for one in standings),
        *([_("Last heard from: {moment}", moment=heard)] if heard is not None else []),
    ]


async def _size(talk: Talk, reads: Reads, unit: Unit) -> Text | None:
    """Give the members and workers that the unit told last, or those of the list of units."""
    fields = [(MEMBERSHIP.name, field) for field in OPENING]
    told = {field: value for _unit, _form, field, value in await reads.last_values([unit.id], talk.today, fields)}
    told = {field: told.get(field, getattr(unit, name)) for field, name in OPENING.items()}
    if any(value is None for value in told.values()):
        return None
    return _("{members} members, {workers} workers", members=told["total_members"], workers=told["total_workers"])


def _contact(one: Contact) -> Text:
    return _(
        "{role}: {name}, phone {phone}, writes on {channels}",
        role=Capital(role_name(one.role)),
        name=person_name(one.name, one.honorific),
        phone=one.phone or "–",
        channels=_reach(one.channels),
    )


def _reach(channels: tuple[str, ...]) -> str | Text:
    """Name the channels; of somebody who only has the chat page it is said, for nothing rings there."""
    named = ", ".join(map(channel_title, channels))
    return _("{channels} (web only)", channels=named) if set(channels) == {"web"} else named or "–"


UNIT: Final = Command(
    "donvi", _("A unit, and whom to call"), unit_card, words=("don vi",), roles=OFFICERS, takes_words=True
)
