"""Invitation codes, as people read and type them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.effects import Effect, NewInvite, RevokeInvites
from bot.i18n import Text, _
from bot.ports import channel_title
from bot.records import Invite
from bot.talk import House

ALPHABET: Final = "ABCDEFGHJKMNPQRSTVWXYZ23456789"  # without what is easily confused: I, L, O, U, 0, 1
LENGTH: Final = 8


def normal(typed: str) -> str:
    """Bring a typed code to its one form: capitals, no spaces or hyphens."""
    return "".join(letter for letter in typed.upper() if letter.isascii() and letter.isalnum())


def shown(code: str) -> str:
    """Show a code in two halves: "K7MP-4QTR"."""
    return f"{code[: LENGTH // 2]}-{code[LENGTH // 2 :]}"


def inviting(invite: Invite, now: datetime) -> tuple[Effect, ...]:
    """Keep an invitation to a unit; the unused ones for the same unit and role are taken back."""
    before = (RevokeInvites(invite.unit, invite.role, now),) if invite.unit is not None else ()
    return (*before, NewInvite(invite))


def links(house: House, code: str) -> list[Text]:
    """List the addresses that open a chat with this code."""
    return [_("{channel}: {link}", channel=channel_title(name), link=link) for name, link in house.links(code).items()]
