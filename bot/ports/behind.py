"""What stands behind a number of a digest: which units it comes from, and which reports."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Cell:
    """One number: the sum of a field (or of one choice) of a report kind, or (without a field) how many reports."""

    form: str
    field: str = ""
    choice: str = ""


@dataclass(frozen=True, slots=True)
class Share:
    """What one managing unit contributes by the units that it managed itself, or a unit by its own reports."""

    unit: int
    value: int
    reports: int


@dataclass(frozen=True, slots=True)
class Part:
    """What one report contributes."""

    submission: str
    unit: int
    number: int
    day: date
    value: int


class BehindReads(Protocol):
    """What can be asked about a number."""

    async def shares(self, under: Sequence[int], days: tuple[date, date], cell: Cell) -> list[Share]:
        """Part a number of these days among the units that managed on the day of each event; they add up to it."""

    async def parts(
        self, under: Sequence[int], days: tuple[date, date], cell: Cell, only: Collection[int]
    ) -> list[Part]:
        """List the reports behind the shares of some managing units, the largest first."""
