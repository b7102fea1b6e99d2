"""Entries of registers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.records import Entry


class RegisterReads(Protocol):
    """What can be asked of registers."""

    async def entry(self, entry: str) -> Entry | None:
        """Give an entry by id."""

    async def entries(self, under: Sequence[int], register: str, limit: int) -> list[Entry]:
        """List the entries of a register in these subtrees that are not gone: open ones first, the latest first."""
