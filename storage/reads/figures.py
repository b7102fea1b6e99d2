"""Answers what `bot.ports.figures` says can be asked."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date

from bot.ports import (
    Asked,
    Sum,
    Tally,
    Tied,
    UnitSum,
)
from bot.ports.figures import FigureReads
from storage.reading import (
    figures,
    lasts,
    levels,
    tally,
    unit_sums,
)
from storage.reads.asking import Asking


class FigureAsks(Asking, FigureReads):
    """Reads as `FigureReads` has them."""

    async def sums(self, under: Sequence[int], since: date, until: date) -> list[Sum]:
        return await self.run(figures.sums, under, since, until)

    async def unit_sums(self, under: Sequence[int], since: date, until: date, form: str) -> list[UnitSum]:
        return await self.run(unit_sums.unit_sums, under, since, until, form)

    async def tied(self, under: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> Tied:
        return await self.run(figures.tied, under, since, until, chosen)

    async def chose(self, units: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> set[int]:
        return await self.run(figures.chose, units, since, until, chosen)

    async def last_values(
        self, under: Sequence[int], until: date, fields: Sequence[tuple[str, str]], on: date | None = None
    ) -> list[tuple[int, str, str, int]]:
        return await self.run(lasts.last_values, under, until, fields, on)

    async def last_sums(self, under: Sequence[int], on: date, fields: Mapping[tuple[str, str], str]) -> list[Sum]:
        return await self.run(levels.last_sums, under, on, fields)

    async def tally(self, under: Sequence[int], on: date, asked: Asked) -> Tally:
        return await self.run(tally.tally, under, on, asked)
