"""What becomes of notices: composed, provided for, acknowledged, asked about; and the register of directives."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.notices.notice import Directive, Notice, State, Step


@dataclass(frozen=True, slots=True)
class KeepNotice:
    """Keep a notice as it is now (insert or update)."""

    notice: Notice


@dataclass(frozen=True, slots=True)
class NoticeState:
    """A notice has come to a state, unless it has left the states it could come `since`."""

    notice: str
    state: State
    since: tuple[State, ...]
    by: str = ""  # the person who approved it
    at: datetime | None = None  # when the sending began


@dataclass(frozen=True, slots=True)
class Counted:
    """What an audience was when it was looked at."""

    notice: str
    units: int
    copies: int


@dataclass(frozen=True, slots=True)
class Correct:
    """A correction belongs to a notice from now on."""

    notice: str
    text: str


@dataclass(frozen=True, slots=True)
class Provide:
    """A person gets a copy for a unit; or nobody does, and why."""

    notice: str
    unit: int
    person: str
    copy: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class Provided:
    """All units up to this id were provided for; `all_`: there are no more."""

    notice: str
    after: int
    all_: bool = False


@dataclass(frozen=True, slots=True)
class Readdress:
    """The copy for a unit that `failed` goes elsewhere, or nowhere for a reason."""

    notice: str
    unit: int
    failed: str
    person: str
    copy: str
    why: str = ""


@dataclass(frozen=True, slots=True)
class HoldUnsent:
    """Hold some of the unsent messages with this key back."""

    drop_key: str


@dataclass(frozen=True, slots=True)
class ReleaseHeld:
    """Let some of the messages that were held back go."""

    drop_key: str


@dataclass(frozen=True, slots=True)
class DropSome:
    """Delete some of the unsent messages with this key, held back or not."""

    drop_key: str


@dataclass(frozen=True, slots=True)
class PutOff:
    """Some of the unsent messages with this key wait until then: it is night."""

    drop_key: str
    until: datetime


@dataclass(frozen=True, slots=True)
class Acknowledge:
    """A unit has taken a step with a notice. The last word counts."""

    notice: str
    unit: int
    step: Step
    person: str
    at: datetime
    people: int = 0
    report: str = ""


@dataclass(frozen=True, slots=True)
class TakeBack:
    """A unit withdrew its report `number`: a notice that it answered is not done by it any more."""

    notice: str
    unit: int
    number: int


@dataclass(frozen=True, slots=True)
class AskBack:
    """A unit asks something about a notice."""

    id: str
    notice: str
    unit: int
    person: str
    text: str
    asked_at: datetime


@dataclass(frozen=True, slots=True)
class AnswerBack:
    """The answer to such a question."""

    id: str
    text: str
    person: str
    at: datetime


@dataclass(frozen=True, slots=True)
class KeepDirective:
    """Keep a document in the register (insert or update, by its id)."""

    directive: Directive
    at: datetime
    by: str
