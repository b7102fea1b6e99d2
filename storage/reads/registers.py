"""Answers what `bot.ports.registers` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ports.registers import RegisterReads
from bot.records import Entry
from storage.reading import (
    registers,
)
from storage.reads.asking import Asking


class RegisterAsks(Asking, RegisterReads):
    """Reads as `RegisterReads` has them."""

    async def entry(self, entry: str) -> Entry | None:
        return await self.run(registers.by_id, entry)

    async def entries(self, under: Sequence[int], register: str, limit: int) -> list[Entry]:
        return await self.run(registers.of, under, register, limit, self.today)
