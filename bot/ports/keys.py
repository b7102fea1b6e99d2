"""Keys of messengers."""

from __future__ import annotations

from typing import Protocol

from bot.records import ChannelKeys


class KeyReads(Protocol):
    """What can be asked about the keys of messengers."""

    async def channel_keys(self, name: str) -> ChannelKeys | None:
        """Give the keys of a channel, if any were ever kept."""
