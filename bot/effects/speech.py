"""What is said, was heard, or is not to be said."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.messages import Address, FileRef, Outgoing


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
class Unsaid:
    """The clock left something unsaid, to one person or ("") to everybody, by a rule."""

    occasion: str
    person: str
    rule: str
    at: datetime
