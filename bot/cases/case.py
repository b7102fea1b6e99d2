"""A case and what happened to it: values only. Rules are in `course` and `clock`."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from typing import Final


class Kind(StrEnum):
    """What a case is about; the office's book names who receives which."""

    PETITION = "petition"
    LEGAL = "legal"
    QUESTION = "question"
    INCIDENT = "incident"


class State(StrEnum):
    """How far a case has come."""

    OPENED = "opened"  # it lies with its owner, who has not looked yet
    TAKEN = "taken"
    FORWARDED = "forwarded"  # it lies with the next union above
    REOPENED = "reopened"  # the answer was not enough
    ANSWERED = "answered"  # the unit is asked whether its people have the answer
    CLOSED = "closed"


class Deed(StrEnum):
    """What somebody, or the clock, did to a case."""

    OPENED = "opened"
    ADDED = "added"
    TAKEN = "taken"
    FORWARDED = "forwarded"
    PASSED = "passed"  # by the clock, to the next union above: it was overdue
    REASSIGNED = "reassigned"  # its owner left
    MOVED = "moved"  # with its unit, under other unions
    ANSWERED = "answered"
    CONFIRMED = "confirmed"
    REOPENED = "reopened"
    CLOSED = "closed"
    OVERDUE = "overdue"
    ALERTED = "alerted"
    ASKED = "asked"  # for news of an incident
    REMINDED = "reminded"  # that an answer waits to be confirmed
    WORDED = "worded"  # an officer's wording of it for reports to others


WAITING: Final = frozenset({State.OPENED, State.TAKEN, State.FORWARDED, State.REOPENED})  # for an answer
UNSEEN: Final = frozenset({State.OPENED, State.FORWARDED, State.REOPENED})  # nobody has taken it
LETTERS: Final = {Kind.INCIDENT: "VV"}


@dataclass(frozen=True, slots=True)
class Case:
    """A case as it stands. `number` names it to everybody: KN12, or VV12 for an incident."""

    id: str
    number: int
    kind: Kind
    topic: str  # a code of the form's choices, or ""
    unit: int
    person: str  # who opened it
    opened_at: datetime
    state: State
    owner: str  # the officer who has to see to it; "" only where there is nobody at all
    desk: int | None  # the union of the owner
    due_at: datetime
    seq: int = 0  # of its last event
    step: int = 0  # how often the clock has acted on it in this state
    next_at: datetime | None = None  # when the clock looks at it again
    answered_at: datetime | None = None  # for the first time
    closed_at: datetime | None = None
    serious: bool = False  # leaders are told at once
    report: int = 0  # the number of the unit's report that it came with
    wording: str = ""  # how reports to others tell it
    alerted: tuple[str, ...] = ()  # of an incident: who was told of it, until somebody took it

    @property
    def code(self) -> str:
        """Name it as people type it."""
        return f"{LETTERS.get(self.kind, 'KN')}{self.number}"

    @property
    def open(self) -> bool:
        """Tell whether it is not closed."""
        return self.state is not State.CLOSED

    def overdue(self, now: datetime) -> bool:
        """Tell whether it should have been answered."""
        return self.kind is not Kind.INCIDENT and self.state in WAITING and now > self.due_at


@dataclass(frozen=True, slots=True)
class Event:
    """One thing that happened to a case. (`case`, `seq`) is unique: of two at once the second must look again."""

    case: str
    seq: int
    at: datetime
    person: str  # "" is the clock
    deed: Deed
    to: str = ""  # the person it went to
    text: str = ""  # what was written: read only by those whom `access` names


@dataclass(frozen=True, slots=True)
class Change:
    """A case after something happened to it, and what that was."""

    case: Case
    event: Event
    left: str = ""  # the officer who can no longer reach it
