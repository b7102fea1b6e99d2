"""Answers what `bot.ports.reviews` says can be asked."""

from __future__ import annotations

from bot.ports import (
    Awaiting,
)
from bot.ports.reviews import ReviewReads
from bot.records import Review, Submission
from storage.reading import (
    reviews,
)
from storage.reads.asking import Asking


class ReviewAsks(Asking, ReviewReads):
    """Reads as `ReviewReads` has them."""

    async def awaiting(self, asked: Awaiting, limit: int) -> list[Submission]:
        return await self.run(reviews.awaiting, asked, limit, self.today)

    async def awaiting_counts(self, asked: Awaiting) -> list[tuple[int, str, int]]:
        return await self.run(reviews.counts, asked, self.today)

    async def reviews(self, unit: int, number: int) -> list[Review]:
        return await self.run(reviews.said, unit, number)

    async def versions(self, unit: int, number: int) -> list[Submission]:
        return await self.run(reviews.versions, unit, number)
