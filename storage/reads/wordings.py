"""Answers what `bot.ports.wordings` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ports.wordings import Quoted, WordingReads
from bot.records import Submission, Wording
from storage.reading import wordings
from storage.reads.asking import Asking


class WordingAsks(Asking, WordingReads):
    """Reads as `WordingReads` has them."""

    async def wordings(self, units: Sequence[int], period: str) -> list[Wording]:
        return await self.run(wordings.latest, units, period)

    async def quoting(self, asked: Quoted, limit: int) -> list[Submission]:
        return await self.run(wordings.quoting, asked, limit, self.today)
