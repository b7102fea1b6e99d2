"""What becomes of the keys of messengers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.records import ChannelKeys


@dataclass(frozen=True, slots=True)
class KeepKeys:
    """Put the next version of a channel's keys in the place of the one before. Conflict where another was first."""

    keys: ChannelKeys
