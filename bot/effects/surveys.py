"""What becomes of surveys."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.surveys import Survey


@dataclass(frozen=True, slots=True)
class OpenSurvey:
    """Keep a new survey. Conflict where another one with its number was first."""

    survey: Survey


@dataclass(frozen=True, slots=True)
class Vote:
    """Somebody's choice (from 1); the last one counts."""

    survey: str
    person: str
    choice: int
    at: datetime
