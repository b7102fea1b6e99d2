"""Targets that are assigned."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from bot.records import Target


@dataclass(frozen=True, slots=True)
class Assign:
    """Put targets in force, because somebody decided so; what was in force before is kept as earlier versions."""

    targets: tuple[Target, ...]
    person: str
    at: datetime
