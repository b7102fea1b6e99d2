"""/bangiao: a chair hands the unit over to the next one; both confirm, and the officer above is told."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.effects import Audit
from bot.i18n import Capital, Plain, _, lines
from bot.messages import Choice, Say
from bot.records import Invite, Person, Role, Unit
from bot.talk import Command, Talk
from handlers.codes import inviting, links, normal, shown
from handlers.names import person_name

CHAIRS: Final = frozenset({Role.CHAIR})


async def hand_over(talk: Talk, words: str) -> None:
    """Ask whether the unit shall be handed over, then make the code for the next chair: "[7] [yes]"."""
    id_, _space, sure = words.partition(" ")
    units = talk.known.units(CHAIRS)
    unit = next((one for one in units if str(one.id) == id_), units[0] if len(units) == 1 else None)
    if unit is None:
        choices = [Choice(Plain(one.name), f"/bangiao {one.id}", str(n)) for n, one in enumerate(units[:9], 1)]
        talk.offer("hand over", _("Which unit shall be handed over?"), *choices)
    elif sure == "yes":
        _hand_over(talk, unit)
    else:
        ask = _(
            "Hand {unit} over to a new chair? I make a code for that person. As soon as they confirm, they report for "
            "the unit, and {you} no longer do; the reports stay with the unit.",
            unit=unit.name,
        )
        yes = Choice(_("Yes, make the code"), f"/bangiao {unit.id} yes", "1")
        talk.offer("hand over", ask, yes, Choice(_("No"), "/menu", "2"))


def _hand_over(talk: Talk, unit: Unit) -> None:
    code = talk.house.new_code()
    until = talk.now + timedelta(days=talk.house.invite_days)
    invite = Invite(talk.house.hash_code(code), unit.id, Role.CHAIR, until, talk.known.id)
    talk.do(*inviting(invite, talk.now), Audit(talk.now, talk.known.id, "hand over", unit.code))
    talk.quiet()
    talk.say(
        lines(
            _("Code for the new chair of {unit}: {code}", unit=unit.name, code=shown(code)),
            _(
                "Until somebody confirms it, {you} remain chair. It works once, until {until}; give it to that person "
                "only, they type: /start {code}",
                until=until,
                code=shown(code),
            ),
            *links(talk.house, code),
        )
    )


def hands_over(maker: Person, invite: Invite) -> bool:
    """Tell whether a code comes from the chair who still holds the role that it gives."""
    return invite.role == Role.CHAIR and any(
        post.role is Role.CHAIR and post.unit.id == invite.unit for post in maker.posts
    )


async def asked_to_take_over(talk: Talk, invite: Invite, typed: str) -> bool:
    """Ask somebody known, to whom a chair hands a unit over, whether they take it; tell whether it was asked."""
    reads = await talk.read()
    maker = await reads.person(invite.made_by)
    unit = await reads.unit(invite.unit) if invite.unit is not None else None
    if maker is None or unit is None or not hands_over(maker, invite):
        return False
    ask = _(
        "{who} hands {unit} over to {you}, as its chair. Take it over?",
        who=Capital(person_name(maker.name, maker.honorific)),
        unit=unit.name,
    )
    yes = Choice(_("Yes, I take it over"), f"/start yes {normal(typed)}", "1")
    talk.offer("take over", ask, yes, Choice(_("No"), "/menu", "2"))
    return True


async def tell_officer(talk: Talk, invite: Invite, unit: Unit, person: Person) -> None:
    """Tell the nearest officer above of a new chair whom the one before brought in."""
    reads = await talk.read()
    before = await reads.person(invite.made_by)
    if before is None or not hands_over(before, invite):
        return
    for contact in (await reads.officers_above(unit.id))[:1]:
        officer = await reads.person(contact.person)
        if officer is not None:
            text = _(
                "{before} has handed {unit} over; its chair is now {who}.",
                before=Capital(person_name(before.name, before.honorific)),
                unit=unit.name,
                who=person_name(person.name, person.honorific),
            )
            see = Choice(_("Look at the unit"), f"/donvi {unit.code}")
            talk.alert(f"handed-over/{unit.id}/{talk.incoming.id}", officer, Say(text, choices=(see,)))


COMMAND: Final = Command(
    "bangiao",
    _("Hand the unit over to a new chair"),
    hand_over,
    words=("ban giao", "doi chu tich"),
    roles=CHAIRS,
    takes_words=True,
)
