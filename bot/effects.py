"""The effects that a turn asks to be written.

A turn never writes. It returns effects; storage writes all effects of a batch with one statement per table and one
commit.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from bot.messages import Address, FileRef, Outgoing
from bot.records import Ask, BookVersion, Draft, Figure, Invite, Person, Role, StoredFile, Submission


@dataclass(frozen=True, slots=True)
class SaveDraft:
    """Keep a draft (insert or update)."""

    draft: Draft


@dataclass(frozen=True, slots=True)
class DropDraft:
    """Forget a draft: it was filed or cancelled."""

    draft: str


@dataclass(frozen=True, slots=True)
class SetAsk:
    """This is the person's open question now (insert or update)."""

    ask: Ask


@dataclass(frozen=True, slots=True)
class ClearAsk:
    """The person has no open question any more."""

    person: str


@dataclass(frozen=True, slots=True)
class FileReport:
    """File a submission with its figures. The version it replaces stops being current; its figures go.

    `retires` are further submissions that stop being current (a nil that a report takes the place of).
    """

    submission: Submission
    figures: tuple[Figure, ...] = ()
    retires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class KeepFile:
    """Remember a file somebody sent, and fetch it by a job."""

    file: StoredFile


@dataclass(frozen=True, slots=True)
class DropFiles:
    """A draft was cancelled: what was sent for it is not wanted any more."""

    draft: str


@dataclass(frozen=True, slots=True)
class FileKept:
    """A file was fetched: it lies under its sha256."""

    id: str
    sha256: str
    size: int
    mime: str


@dataclass(frozen=True, slots=True)
class FileFailed:
    """A file could not be fetched, and will not be tried again."""

    id: str
    why: str


@dataclass(frozen=True, slots=True)
class Speak:
    """Put a message into the outbox."""

    out: Outgoing


@dataclass(frozen=True, slots=True)
class Heard:
    """Keep what somebody said, on a channel that has no history of its own to show them."""

    address: Address
    id: str  # of the incoming message
    at: datetime
    text: str
    files: tuple[FileRef, ...] = ()


@dataclass(frozen=True, slots=True)
class DropUnsent:
    """Delete the unsent messages whose reason is gone."""

    drop_key: str


@dataclass(frozen=True, slots=True)
class StartJob:
    """Do something slow later, outside the transaction."""

    id: str
    kind: str
    args: Mapping[str, Any]
    not_before: datetime | None = None


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


@dataclass(frozen=True, slots=True)
class ErasePerson:
    """Blank what is personal of a person: name, phone, chats, drafts, files, reasons; counts stay the unit's.

    Personal texts in their reports are blanked by BlankAnswers: only the forms know which those are.
    """

    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class BlankAnswers:
    """Blank the named answers of every version of these submissions (free text, personal data)."""

    submission: str
    fields: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class KeepBook:
    """Put a new version of the office's book in force. Conflict where another one with its number was first."""

    book: BookVersion


@dataclass(frozen=True, slots=True)
class Unlock:
    """A unit may change its reports of a locked period until that moment, because somebody said so."""

    unit: int
    period: str
    until: datetime
    reason: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Exempt:
    """A unit need not report for a period, because somebody said so."""

    unit: int
    period: str
    reason: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class OfferAsk:
    """This is the person's open question now, unless they have another one: what the clock asks never interrupts."""

    ask: Ask
    at: datetime


@dataclass(frozen=True, slots=True)
class Mark:
    """Something has been done until that moment."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Unsaid:
    """The clock left something unsaid, to one person or ("") to everybody, by a rule."""

    occasion: str
    person: str
    rule: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Mute:
    """A person wants no more messages of this topic."""

    person: str
    topic: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Unmute:
    """A person wants them again."""

    person: str
    topic: str


@dataclass(frozen=True, slots=True)
class Audit:
    """Who did or read what, without its content."""

    at: datetime
    person: str
    action: str
    subject: str = ""
    detail: str = ""


@dataclass(frozen=True, slots=True)
class Failure:
    """Something of ours broke: kept with its update for whoever mends it."""

    at: datetime
    where: str
    update: str
    trace: str


Effect = (
    SaveDraft
    | DropDraft
    | SetAsk
    | ClearAsk
    | FileReport
    | KeepFile
    | DropFiles
    | FileKept
    | FileFailed
    | Speak
    | Heard
    | DropUnsent
    | StartJob
    | NewPerson
    | ChangePerson
    | LinkAddress
    | AddressState
    | MoveAddress
    | GrantRole
    | EndRoles
    | Consent
    | NewInvite
    | UseInvite
    | RevokeInvites
    | WrongCode
    | ErasePerson
    | BlankAnswers
    | KeepBook
    | OfferAsk
    | Mark
    | Unsaid
    | Mute
    | Unmute
    | Unlock
    | Exempt
    | Audit
    | Failure
)
