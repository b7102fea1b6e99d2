"""One write transaction, as the doors see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.cases.case import Case
from bot.effects import Effect
from bot.messages import Incoming
from bot.ports import Batch, Claim, SentMark, World
from bot.records import Draft
from storage import outbox, writers
from storage.reading import cases, clock, world
from storage.reads import SqlReads


class SqlBatch(SqlReads, Batch):
    """Reads and writes of one transaction."""

    async def unseen(self, batch: Sequence[Incoming]) -> list[Incoming]:
        return await self.run(world.unseen, batch, self.now)

    async def world(self, batch: Sequence[Incoming], now: datetime) -> World:
        self.now = now
        return await self.run(world.world, batch, now)

    async def old_drafts(self, before: datetime, after: str, limit: int) -> list[Draft]:
        return await self.run(clock.old_drafts, before, after, limit)

    async def due_cases(self, now: datetime, limit: int) -> list[Case]:
        return await self.run(cases.due, now, limit)

    async def cases_adrift(self, limit: int) -> list[Case]:
        return await self.run(cases.adrift, limit, self.today)

    async def hold(self, units: Sequence[int]) -> None:
        await self.run(clock.hold, units)

    async def write(self, effects: Iterable[Effect]) -> list[Claim]:
        return await self.run(writers.write, list(effects), self.now)

    async def sent(self, marks: Sequence[SentMark]) -> None:
        await self.run(outbox.mark, marks, self.now)
