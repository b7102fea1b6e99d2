"""Answers what `bot.ports.office` says can be asked."""

from __future__ import annotations

from datetime import datetime

from bot.ports.office import OfficeReads
from bot.records import BookVersion
from storage import marks
from storage.reading import (
    books,
)
from storage.reads.asking import Asking


class OfficeAsks(Asking, OfficeReads):
    """Reads as `OfficeReads` has them."""

    async def newer_book(self, than: int) -> BookVersion | None:
        return await self.run(books.newer, than)

    async def book(self, version: int) -> BookVersion | None:
        return await self.run(books.one, version)

    async def books(self, limit: int) -> list[BookVersion]:
        return await self.run(books.latest, limit)

    async def marked(self, name: str) -> datetime | None:
        return await self.run(marks.mark, name)
