"""Answers what `bot.ports.talks` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.messages import Address
from bot.ports import (
    Line,
)
from bot.ports.talks import TalkReads
from storage.reading import (
    clock,
    lines,
)
from storage.reads.asking import Asking


class TalkAsks(Asking, TalkReads):
    """Reads as `TalkReads` has them."""

    async def said(self, keys: Sequence[str]) -> set[str]:
        return await self.run(clock.said, keys)

    async def lines(self, address: Address, after: datetime, now: datetime, limit: int) -> list[Line]:
        return await self.run(lines.after, address, after, now, limit)

    async def lines_before(self, address: Address, before: datetime, since: datetime, limit: int) -> list[Line]:
        return await self.run(lines.before, address, before, since, limit)

    async def line(self, address: Address, key: str) -> Line | None:
        return await self.run(lines.one, address, key)
