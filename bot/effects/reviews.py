"""What officers say about reports."""

from __future__ import annotations

from dataclasses import dataclass

from bot.records import Review


@dataclass(frozen=True, slots=True)
class ReviewReport:
    """Keep what an officer said about a report; one sent back stands as returned until it is changed or accepted.

    Conflict where somebody else said something at the same moment: its `turn` is taken.
    """

    review: Review
