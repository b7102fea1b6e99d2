"""Invitations and the codes that open them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.messages import Address
from bot.records import Invite


@dataclass(frozen=True, slots=True)
class NewInvite:
    """Keep an invitation."""

    invite: Invite


@dataclass(frozen=True, slots=True)
class UseInvite:
    """An invitation was used by a person."""

    hash: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class RevokeInvites:
    """Take back the unused invitations of a unit and role."""

    unit: int
    role: str
    at: datetime


@dataclass(frozen=True, slots=True)
class WrongCode:
    """Somebody tried a code that opens nothing."""

    address: Address
    at: datetime
