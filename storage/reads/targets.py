"""Answers what `bot.ports.targets` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

from bot.ports import (
    Assignment,
    Sum,
)
from bot.ports.targets import TargetReads
from bot.records import Target, Unit
from storage.reading import (
    targets,
)
from storage.reads.asking import Asking


class TargetAsks(Asking, TargetReads):
    """Reads as `TargetReads` has them."""

    async def targets(self, units_: Sequence[int], year: int) -> list[Target]:
        return await self.run(targets.in_force, units_, year)

    async def all_targets(self, year: int) -> list[tuple[str, Target]]:
        return await self.run(targets.of_year, year)

    async def assignments(self, unit: int, indicator: str, year: int) -> list[Assignment]:
        return await self.run(targets.versions, unit, indicator, year)

    async def sums_each(
        self, units_: Sequence[int], since: date, until: date, forms: Sequence[str]
    ) -> dict[int, list[Sum]]:
        return await self.run(targets.sums_each, units_, since, until, forms)

    async def unit_ids(self) -> dict[str, int]:
        return await self.run(targets.unit_ids)

    async def unit_names(self) -> dict[str, str]:
        return await self.run(targets.unit_names, self.today)

    async def managed(self, unit: int) -> list[Unit]:
        return await self.run(targets.managed, unit, self.today)
