"""One write transaction, as the doors see it."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from bot.effects import Effect
from bot.messages import Incoming
from bot.ports import Batch, Claim, SentMark, World
from storage import outbox, writers
from storage.reading import clock, world
from storage.reads import SqlReads


class SqlBatch(SqlReads, Batch):
    """Reads and writes of one transaction."""

    async def unseen(self, batch: Sequence[Incoming]) -> list[Incoming]:
        return await self.run(world.unseen, batch, self.now)

    async def world(self, batch: Sequence[Incoming], now: datetime) -> World:
        self.now = now
        return await self.run(world.world, batch, now)

    async def hold(self, units: Sequence[int]) -> None:
        await self.run(clock.hold, units)

    async def write(self, effects: Iterable[Effect]) -> list[Claim]:
        return await self.run(writers.write, list(effects), self.now)

    async def sent(self, marks: Sequence[SentMark]) -> None:
        await self.run(outbox.mark, marks, self.now)
