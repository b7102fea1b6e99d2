"""What becomes of reports, and what an officer decides about one unit and period."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.records import Figure, Submission


@dataclass(frozen=True, slots=True)
class FileReport:
    """File a submission with its figures. The version it replaces stops being current; its figures go.

    `retires` are further submissions that stop being current (a nil that a report takes the place of).
    """

    submission: Submission
    figures: tuple[Figure, ...] = ()
    retires: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class BlankAnswers:
    """Blank the named answers of every version of these submissions (free text, personal data)."""

    submission: str
    fields: tuple[str, ...]


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
