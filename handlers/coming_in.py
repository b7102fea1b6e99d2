"""Coming in: a stranger, an invitation code typed, whoever registered joins, another phone of the same person."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Final

from bot.effects import (
    Audit,
    ChangePerson,
    Consent,
    EndRoles,
    ErasePerson,
    GrantRole,
    LinkAddress,
    NewPerson,
    UseInvite,
    WrongCode,
)
from bot.forms.fold import clean
from bot.i18n import Text, _, lines
from bot.messages import Arrival, Say
from bot.records import INVITERS, REPORTERS, Invite, Person, Post, Role
from bot.talk import Command, Talk
from handlers.codes import normal
from handlers.handover import asked_to_take_over, hands_over, tell_officer
from handlers.menu import show_menu
from handlers.registration import CONSENT_VERSION, INVITE, NO_PHONE, REGISTRATION
from handlers.roles import ONE_AT_A_TIME, role_of


async def stranger(talk: Talk) -> None:
    """Speak with somebody who has no role: an invitation code lets them in, anything else gets one kind sentence."""
    words = clean(talk.incoming.text)
    match = re.fullmatch(r"/?start(?:@\w+)?(?:\s+(.+))?", words, re.IGNORECASE)
    code = match[1] if match is not None else words
    if talk.incoming.what is Arrival.TEXT and code and _looks_like_code(code, typed_start=match is not None):
        await enter(talk, code)
        return
    whom = talk.house.ask_whom
    talk.say(
        _(
            "Hello, this is the union's assistant (an automatic reply). To use it, please ask {whom} for a code.",
            whom=whom,
        )
    )


def _looks_like_code(words: str, *, typed_start: bool) -> bool:
    """A stranger may type the bare code; a greeting must not count as a wrong one."""
    return typed_start or re.fullmatch(r"[A-Za-z0-9]{4}[- ]?[A-Za-z0-9]{4}", words) is not None


async def enter(talk: Talk, typed: str) -> None:
    """Take an invitation code; "yes CODE" after somebody known was asked whether they take a unit over."""
    sure, typed = typed.startswith("yes "), typed.removeprefix("yes ")
    reads = await talk.read()
    if await reads.wrong_codes(talk.incoming.address, talk.now) >= talk.house.tries:
        talk.say(
            _("Too many wrong codes. Please wait 15 minutes, then try again, or ask {whom}.", whom=talk.house.ask_whom)
        )
        return
    hash_ = talk.house.hash_code(normal(typed))
    invite = await reads.invite(hash_)
    trouble = _trouble(talk, invite) or await _unauthorised(talk, invite)
    if trouble is not None or invite is None:
        talk.do(WrongCode(talk.incoming.address, talk.now))
        talk.say(trouble or _("That code is not known."))
    elif invite.person:
        await _another_channel(talk, invite)
    elif talk.person is None or not talk.person.name:
        await _register(talk, invite)
    elif sure or not await asked_to_take_over(talk, invite, typed):
        await _grant(talk, invite, talk.person)


def _trouble(talk: Talk, invite: Invite | None) -> Text | None:
    whom = talk.house.ask_whom
    if invite is None:
        return _("That code is not right. Please check it, or ask {whom} for a new one.", whom=whom)
    if invite.used_at is not None:
        return _("That code was already used; each code works once. Please ask {whom} for a new one.", whom=whom)
    if invite.revoked_at is not None or invite.expires_at <= talk.now:
        return _("That code is no longer valid. Please ask {whom} for a new one.", whom=whom)
    return None


async def _unauthorised(talk: Talk, invite: Invite | None) -> Text | None:
    """Say why a code is no good although it is fresh: its maker may not invite (any more), its unit is closed."""
    if invite is None or invite.person:
        return None
    if talk.person is not None and invite.made_by == talk.person.id:
        return _("That code is one of your own; it is for somebody else.")
    reads = await talk.read()
    maker = await reads.person(invite.made_by)
    unit = await reads.unit(invite.unit) if invite.unit is not None else None
    closed = unit is None or (unit.valid_to is not None and unit.valid_to <= talk.today)
    if closed or (maker is not None and not maker.holds(INVITERS) and not hands_over(maker, invite)):
        return _("That code is no longer valid. Please ask {whom} for a new one.", whom=talk.house.ask_whom)
    return None


async def _register(talk: Talk, invite: Invite) -> None:
    if talk.person is None:
        person = Person(talk.house.new_id(), addresses=(talk.incoming.address,))
        talk.person = person
        talk.do(NewPerson(person), LinkAddress(talk.incoming.address, person.id, talk.now))
    for draft in talk.drafts:
        if draft.form == REGISTRATION.name:
            await talk.dialogues.resume(replace(draft, accepted={INVITE: invite.hash}))
            return
    draft = replace(talk.new_draft(REGISTRATION.name, None), accepted={INVITE: invite.hash})
    reads = await talk.read()
    unit = await reads.unit(invite.unit) if invite.unit is not None else None
    hello = _(
        "Hello, this is the union's assistant (an automatic reply). The code is for: {role}, {unit}.",
        role=role_of(invite.role),
        unit=unit.name if unit is not None else "",
    )
    await talk.dialogues.begin(draft, hello)


async def join(talk: Talk, words: str) -> None:
    """Finish a registration: "hash yes honorific phone name…"; the code is checked again, it may be used by now."""
    hash_, given, *rest = words.split(" ")
    person = talk.known
    if given != "yes":
        if not person.posts:
            talk.do(ErasePerson(person.id, talk.now))
        talk.say(
            _("All right, nothing is kept. If {you} change your mind, the code still works: type /start and the code.")
        )
        return
    honorific, phone, *name = rest
    reads = await talk.read()
    invite = await reads.invite(hash_)
    trouble = _trouble(talk, invite) or await _unauthorised(talk, invite)
    if trouble is not None or invite is None:
        if not person.posts:
            talk.do(ErasePerson(person.id, talk.now))
        talk.say(trouble or _("That code is not known."))
        return
    told = {"honorific": honorific, "phone": "" if phone == NO_PHONE else phone, "name": " ".join(name)}
    talk.person = replace(person, honorific=honorific, name=told["name"])
    talk.do(ChangePerson(person.id, told), Consent(person.id, CONSENT_VERSION, talk.now))
    await _grant(talk, invite, talk.person)


async def _grant(talk: Talk, invite: Invite, person: Person) -> None:
    reads = await talk.read()
    unit = await reads.unit(invite.unit) if invite.unit is not None else None
    if unit is None:
        raise LookupError(f"invitation for unit {invite.unit}, which is gone")
    role = Role(invite.role)
    talk.do(GrantRole(person.id, unit.id, role, talk.today), UseInvite(invite.hash, person.id, talk.now))
    talk.do(Audit(talk.now, person.id, "join", unit.code, role))
    if role in ONE_AT_A_TIME:
        talk.do(EndRoles(unit.id, role, person.id, talk.today))
        await _tell_predecessors(talk, unit.id, unit.name, role, person.id)
        await tell_officer(talk, invite, unit, person)
    talk.person = replace(person, posts=(*person.posts, Post(role, unit)))
    period = talk.house.calendar.due(talk.now)
    due = _("The report for {period} is due by {deadline}.", period=period.named, deadline=period.deadline)
    welcome = _("Welcome, {you}! {Role} of {unit}.", Role=role_of(role), unit=unit.name)
    talk.say(lines(welcome, due if role in REPORTERS else None))
    show_menu(talk)


async def _tell_predecessors(talk: Talk, unit: int, name: str, role: Role, sparing: str) -> None:
    reads = await talk.read()
    for contact in await reads.contacts([unit]):
        if contact.role == role and contact.person != sparing:
            before = await reads.person(contact.person)
            if before is not None:
                text = _(
                    "The role of {role} of {unit} has passed to somebody else. Thank you for your work, {you}.",
                    role=role_of(role),
                    unit=name,
                )
                talk.alert(f"replaced/{unit}/{role}/{before.id}/{talk.incoming.id}", before, Say(text))


async def _another_channel(talk: Talk, invite: Invite) -> None:
    reads = await talk.read()
    owner = await reads.person(invite.person)
    if (
        owner is None
        or not owner.posts
        or (talk.person is not None and talk.person.id != owner.id and talk.person.posts)
    ):
        talk.say(_("This chat already belongs to somebody else. Please ask {whom}.", whom=talk.house.ask_whom))
        return
    talk.do(LinkAddress(talk.incoming.address, owner.id, talk.now), UseInvite(invite.hash, owner.id, talk.now))
    talk.do(Audit(talk.now, owner.id, "link", talk.incoming.address.channel))
    talk.person = owner
    talk.say(_("Linked. {You} can now use this chat too."))
    talk.world.drafts.update({draft.id: draft for draft in await reads.drafts_of(owner.id)})
    if talk.drafts:
        await talk.dialogues.resume(talk.drafts[0])
    else:
        show_menu(talk)


async def start(talk: Talk, words: str) -> None:
    """Greet somebody known, or take another invitation code of theirs."""
    if words:
        await enter(talk, words)
    elif not talk.known.posts:
        await stranger(talk)
    else:
        show_menu(talk, _("Hello {you}."))


START: Final = Command("start", _("Begin, with an invitation code"), start, takes_words=True, listed=False)
JOIN: Final = Command("join", _("Finish a registration"), join, typed=False, listed=False)
