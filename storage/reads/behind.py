"""Answers what `bot.ports.behind` says can be asked."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import date

from bot.ports import (
    Cell,
    Part,
    Share,
)
from bot.ports.behind import BehindReads
from storage.reading import (
    behind,
)
from storage.reads.asking import Asking


class BehindAsks(Asking, BehindReads):
    """Reads as `BehindReads` has them."""

    async def shares(self, under: Sequence[int], days: tuple[date, date], cell: Cell) -> list[Share]:
        return await self.run(behind.shares, under, days, cell)

    async def parts(
        self, under: Sequence[int], days: tuple[date, date], cell: Cell, only: Collection[int]
    ) -> list[Part]:
        return await self.run(behind.parts, under, days, cell, only)
