"""Who people are, where they are reached, and what they hold."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime

from bot.messages import Address
from bot.records import Person, Role


@dataclass(frozen=True, slots=True)
class NewPerson:
    """Somebody is linked for the first time."""

    person: Person


@dataclass(frozen=True, slots=True)
class ChangePerson:
    """Change what a person told of themselves: `changes` maps name, honorific, phone, language to new values."""

    person: str
    changes: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class LinkAddress:
    """This address is this person's, whosever it was before."""

    address: Address
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class AddressState:
    """An address opened or closed (blocked, gone)."""

    address: Address
    state: str  # open, closed


@dataclass(frozen=True, slots=True)
class MoveAddress:
    """A chat has another id now."""

    address: Address
    to: str


@dataclass(frozen=True, slots=True)
class GrantRole:
    """A person holds a role at a unit from this day."""

    person: str
    unit: int
    role: Role
    since: date


@dataclass(frozen=True, slots=True)
class EndRoles:
    """End the holding of a role at a unit, of everybody but `sparing`; their drafts stay with the unit."""

    unit: int
    role: Role
    sparing: str
    until: date


@dataclass(frozen=True, slots=True)
class Consent:
    """A person agreed (or took it back) to the text of this version."""

    person: str
    version: str
    at: datetime
    given: bool = True


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Blank what is personal of a person: name, phone, chats, drafts, files, reasons; counts stay the unit's.

    Personal texts in their reports are blanked by BlankAnswers: only the forms know which those are.
    """

    person: str
    at: datetime
