"""Answers what `bot.ports.status` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.ports import Toll, Unreached
from bot.ports.status import StatusReads
from storage import outbox
from storage.reading import status
from storage.reads.asking import Asking


class StatusAsks(Asking, StatusReads):
    """Reads as `StatusReads` has them."""

    async def waiting_messages(self, now: datetime) -> int:
        return await self.run(status.waiting, now)

    async def sent_since(self, channel: str, since: datetime) -> Toll:
        return await self.run(outbox.sent_since, channel, since)

    async def unreached(self, under: Sequence[int], since: datetime) -> list[Unreached]:
        return await self.run(status.unreached, under, since, self.today)
