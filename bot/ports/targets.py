"""Targets, and the figures of single units that they are measured by."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.ports.figures import Sum
from bot.records import Target, Unit


@dataclass(frozen=True, slots=True)
class Assignment:
    """One version of a target: what was assigned, when and by whom."""

    target: Target
    version: int
    person: str
    at: datetime


class TargetReads(Protocol):
    """What can be asked of targets."""

    async def targets(self, units: Sequence[int], year: int) -> list[Target]:
        """Give the targets in force of these units in a year."""

    async def all_targets(self, year: int) -> list[tuple[str, Target]]:
        """Give every target in force in a year, each with the code of its unit, in the order of these."""

    async def assignments(self, unit: int, indicator: str, year: int) -> list[Assignment]:
        """List every version of a target, the latest first."""

    async def sums_each(
        self, units: Sequence[int], since: date, until: date, forms: Sequence[str]
    ) -> dict[int, list[Sum]]:
        """Sum the figures of some report kinds for each of these units apart, with all that was under it then."""

    async def unit_ids(self) -> dict[str, int]:
        """Give the id of every unit there ever was, by its code."""

    async def unit_names(self) -> dict[str, str]:
        """Give what every unit is called today, by its code."""

    async def managed(self, unit: int) -> list[Unit]:
        """List the units that a unit manages itself today, by code."""
