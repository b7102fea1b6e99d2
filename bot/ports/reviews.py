"""Reports under review: what waits for an officer, and what was said about it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.records import Review, Submission


@dataclass(frozen=True, slots=True)
class Awaiting:
    """Which reports an officer asks for: of these kinds, of units under these, first filed (or changed) since then."""

    under: tuple[int, ...]
    forms: tuple[str, ...]
    since: datetime


class ReviewReads(Protocol):
    """What can be asked of reviews."""

    async def awaiting(self, asked: Awaiting, limit: int) -> list[Submission]:
        """List current reports nobody accepted nor sent back, the oldest first, of units managed by these today."""

    async def awaiting_counts(self, asked: Awaiting) -> list[tuple[int, str, int]]:
        """Count them by managing unit and form: (unit that manages the reporting one, form, reports)."""

    async def reviews(self, unit: int, number: int) -> list[Review]:
        """List what was said about all versions of a report, in turn."""

    async def versions(self, unit: int, number: int) -> list[Submission]:
        """List every version of a report, the first one first."""
