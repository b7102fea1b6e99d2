"""What the machinery notes for itself."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.records import BookVersion


@dataclass(frozen=True, slots=True)
class StartJob:
    """Do something slow later, outside the transaction."""

    id: str
    kind: str
    args: Mapping[str, Any]
    not_before: datetime | None = None


@dataclass(frozen=True, slots=True)
class Mark:
    """Something has been done until that moment."""

    name: str
    until: datetime


@dataclass(frozen=True, slots=True)
class KeepBook:
    """Put a new version of the office's book in force. Conflict where another one with its number was first."""

    book: BookVersion


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
