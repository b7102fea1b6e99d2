"""What offices wrote for official reports, and the words of units that they start from."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol

from bot.records import Submission, Wording


@dataclass(frozen=True, slots=True)
class Quoted:
    """Whose words are wanted: of units under these today, answers to these (form, field), about days since..until."""

    under: tuple[int, ...]
    fields: tuple[tuple[str, str], ...]
    since: date
    until: date


class WordingReads(Protocol):
    """What can be asked of them."""

    async def wordings(self, units: Sequence[int], period: str) -> list[Wording]:
        """Give the latest version of each part that was written for these units and this period, "" included."""

    async def quoting(self, asked: Quoted, limit: int) -> list[Submission]:
        """List current reports with an answer to any of the fields, the latest day first."""
