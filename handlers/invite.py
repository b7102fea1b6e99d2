"""/moi: an officer invites the chair, deputy or officer of a unit below."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from bot.effects import Audit
from bot.forms.fields import Option, SelectOne, UnitPicker
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Capital, Text, _, lines
from bot.records import INVITERS, Invite, Person, Role, Unit
from bot.talk import Command, Talk
from handlers.codes import inviting, links, shown
from handlers.invite_sheet import SHEET, offer, sheet
from handlers.roles import MAY_INVITE, ROLE_NAMES, role_name, role_of

OFFERED: Final = (Role.CHAIR, Role.DEPUTY, Role.COMMITTEE, Role.AREA_OFFICER)


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"invited {filing.answers['unit']} {filing.answers['role']}")


INVITATION: Final = Form(
    "invitation",
    _("Invitation"),
    UnitPicker("unit", _("For which unit? Type a piece of its name, without diacritics if you like."), short=_("Unit")),
    SelectOne(
        "role",
        _("For which role?"),
        short=_("Role"),
        choices=tuple(Option(role.value, Capital(ROLE_NAMES[role])) for role in OFFERED),
    ),
    file=_file,
    audience=INVITERS,
    per_unit=False,
    recap=False,
)


async def run(talk: Talk, words: str) -> None:
    """Ask for unit and role; "/moi CODE ROLE" makes the code at once, "/moi to" a sheet for all units."""
    parts = words.split()
    if parts[:1] == [SHEET]:
        await sheet(talk, " ".join(parts[1:]))
        return
    if not parts:
        offer(talk)
        return
    if len(parts) == 2:
        reads = await talk.read()
        unit = await reads.unit_by_code(parts[0].upper())
        if unit is not None and parts[1] in set(Role):
            await _invite(talk, unit, Role(parts[1]))
            return
    await talk.dialogues.start(INVITATION)


async def invited(talk: Talk, words: str) -> None:
    """Make the code: "unit role"."""
    unit_id, role = words.split()
    reads = await talk.read()
    unit = await reads.unit(int(unit_id))
    if unit is None:
        talk.say(_("That unit is no longer there."))
        return
    await _invite(talk, unit, Role(role))


async def _invite(talk: Talk, unit: Unit, role: Role) -> None:
    trouble = await _forbidden(talk, talk.known, unit, role)
    if trouble is not None:
        talk.say(trouble)
        return
    code = talk.house.new_code()
    until = talk.now + timedelta(days=talk.house.invite_days)
    talk.do(*inviting(Invite(talk.house.hash_code(code), unit.id, role, until, talk.known.id), talk.now))
    talk.do(Audit(talk.now, talk.known.id, "invite", unit.code, role))
    talk.quiet()
    talk.say(
        lines(
            _("Code for the {role} of {unit}: {code}", role=role_of(role), unit=unit.name, code=shown(code)),
            _(
                "It works once, until {until}. Send it to that person only; they type: /start {code}",
                until=until,
                code=shown(code),
            ),
            *links(talk.house, code),
        )
    )


async def _forbidden(talk: Talk, person: Person, unit: Unit, role: Role) -> Text | None:
    roots = [p.unit.id for p in person.posts if role in MAY_INVITE.get(p.role, frozenset())]
    if not roots:
        return _("Your role cannot invite a {role}.", role=role_name(role))
    reads = await talk.read()
    if not await reads.within(roots, [unit.id]):
        return _("That unit is not under your union.")  # its name is not said to whoever may not see it
    return None


INVITE: Final = Command(
    "moi", _("Invite somebody"), run, words=("moi nguoi", "invite"), roles=INVITERS, takes_words=True
)
INVITED: Final = Command("invited", _("Make an invitation"), invited, typed=False, listed=False)
