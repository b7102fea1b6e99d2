"""A notice, its audience as it was composed, and the steps that a unit takes with it."""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any, Final

from bot.forms.fold import fold
from bot.messages import Address
from bot.records import Role
from bot.reporting.kinds import REPORTING_KINDS

IN_DRAFT: Final = "+notice"  # where a draft keeps the notice that it answers
LONGEST: Final = 8000  # characters of a notice: two of the longest messages
PLENTY: Final = 1_000_000


class State(StrEnum):
    """How far a notice has come."""

    COMPOSED = "composed"  # being looked at by its sender
    WAITING = "waiting"  # for a second person's approval
    PLANNED = "planned"  # to be sent at its time
    SENDING = "sending"
    PAUSED = "paused"
    SENT = "sent"
    CANCELLED = "cancelled"
    REFUSED = "refused"  # by the second person
    DROPPED = "dropped"  # by its sender, before it was sent


OVER: Final = frozenset({State.CANCELLED, State.REFUSED, State.DROPPED})
OUT: Final = frozenset({State.SENDING, State.PAUSED, State.SENT, State.CANCELLED})  # somebody may have it


class Step(StrEnum):
    """What a unit tells of a notice, in this order."""

    RECEIVED = "received"
    SPREAD = "spread"
    DONE = "done"


class Whom(StrEnum):
    """Which units of an area a notice is for."""

    ALL = "all"
    UNFILED = "unfiled"  # that have not reported for a period
    SILENT = "silent"  # that did not acknowledge an earlier notice


class Readers(StrEnum):
    """Who at a unit gets a copy."""

    REPORTER = "reporter"  # the chair, or the deputy if the chair cannot be reached
    BOTH = "both"  # chair and deputy
    COMMITTEE = "committee"  # everybody of the executive committee
    OFFICERS = "officers"


ROLES: Final[Mapping[Readers, tuple[Role, ...]]] = {
    Readers.REPORTER: (Role.CHAIR, Role.DEPUTY),
    Readers.BOTH: (Role.CHAIR, Role.DEPUTY),
    Readers.COMMITTEE: (Role.CHAIR, Role.DEPUTY, Role.COMMITTEE),
    Readers.OFFICERS: (Role.AREA_OFFICER, Role.PROV_OFFICER, Role.PROV_LEADER),
}


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom a notice is for, as its sender chose. Empty `kinds` and `sectors`: of any."""

    roots: tuple[int, ...]  # it is for units under these
    whom: Whom = Whom.ALL
    kinds: frozenset[str] = REPORTING_KINDS
    sectors: frozenset[str] = frozenset()
    readers: Readers = Readers.REPORTER
    period: str = ""
    earlier: int = 0  # number of the notice that was not acknowledged
    without: frozenset[str] = frozenset()  # codes of units left out

    @property
    def roles(self) -> tuple[Role, ...]:
        """Name the roles of those who get a copy, the first choice first."""
        return ROLES[self.readers]


@dataclass(frozen=True, slots=True)
class Notice:
    """A notice. (`number` names it to people: TB12.) What was composed stays in `answers`."""

    id: str
    number: int
    person: str  # who sends it
    unit: int  # for which union
    signed: str  # what that union is called
    answers: Mapping[str, Any]
    directive: str  # id of the document that it is about
    digest: str
    state: State
    made_at: datetime
    units: int = 0
    copies: int = 0
    after: int = 0
    expanded: bool = False
    sent_at: datetime | None = None
    approved_by: str = ""
    correction: str = ""

    @property
    def title(self) -> str:
        """What it is called."""
        return str(self.answers.get("title", ""))

    @property
    def deadline(self) -> date | None:
        """The day until which it is to be done."""
        said = self.answers.get("deadline")
        return date.fromisoformat(said) if said else None

    @property
    def at(self) -> datetime | None:
        """When it is to go out, if not at once."""
        said = self.answers.get("at")
        return datetime.fromisoformat(said) if said else None

    @property
    def asks(self) -> bool:
        """Tell whether units are asked to acknowledge it."""
        return self.answers.get("acknowledge") != "no"

    @property
    def urgent(self) -> bool:
        """Tell whether it may go out at night."""
        return self.answers.get("urgent") == "yes"

    @property
    def form(self) -> str:
        """The report kind that answers it, or ""."""
        return str(self.answers.get("form") or "")

    @property
    def campaign(self) -> str:
        """The code of the day or campaign that it belongs to, or ""."""
        return str(self.answers.get("campaign") or "")

    @property
    def files(self) -> tuple[str, ...]:
        """The ids of the files that go with it."""
        return tuple(self.answers.get("files") or ())

    @property
    def drop_key(self) -> str:
        """The key under which its unsent copies are held, released and dropped."""
        return f"notice/{self.id}"

    def copy_for(self, person: str, attempt: int = 1) -> str:
        """Name the copy of one person: the first, or one to another of their addresses."""
        return f"notice/{self.id}/{person}" + (f"/{attempt}" if attempt > 1 else "")


@dataclass(frozen=True, slots=True)
class Reader:
    """Somebody who holds a role at a unit today, with their open addresses, the one to be tried first in front."""

    unit: int
    role: Role
    person: str
    language: str
    addresses: tuple[Address, ...]
    used: tuple[datetime, ...] = ()  # when each of them was last written from


@dataclass(frozen=True, slots=True)
class Directive:
    """A document to implement. `superseded_by` is the number of the one in its place."""

    id: str
    number: str
    day: date | None
    issuer: str
    title: str
    file: str = ""  # id of the file that was sent of it
    superseded_by: str = ""


def audience(answers: Mapping[str, Any], roots: Sequence[int]) -> Audience:
    """Read whom a notice is for. `roots` are the unions whose officer the sender is."""
    readers = Readers(answers.get("readers") or Readers.REPORTER)
    kinds = frozenset(answers.get("kinds") or (() if readers is Readers.OFFICERS else REPORTING_KINDS))
    return Audience(
        (int(answers["under"]),) if answers.get("under") else tuple(roots),
        Whom(answers.get("whom") or Whom.ALL),
        kinds,
        words(answers.get("sectors")),
        readers,
        str(answers.get("period") or ""),
        int(answers.get("earlier") or 0),
        frozenset(code.upper() for code in words(answers.get("without"))),
    )


def words(said: str | None) -> frozenset[str]:
    """Read a list of codes, separated by commas or spaces."""
    return frozenset((said or "").replace(",", " ").replace(";", " ").split())


def digest_of(answers: Mapping[str, Any]) -> str:
    """Make equal for equal words, whatever their capitals and spaces: two officers may send the same notice."""
    said = " ".join(fold(f"{answers.get('title', '')} {answers.get('text', '')}").split())
    return hashlib.sha256(said.encode()).hexdigest()[:32]
