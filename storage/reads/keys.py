"""Answers what `bot.ports.keys` says can be asked."""

from __future__ import annotations

from bot.ports.keys import KeyReads
from bot.records import ChannelKeys
from storage.reading import keys
from storage.reads.asking import Asking


class KeyAsks(Asking, KeyReads):
    """Reads as `KeyReads` has them."""

    async def channel_keys(self, name: str) -> ChannelKeys | None:
        return await self.run(keys.of, name)
