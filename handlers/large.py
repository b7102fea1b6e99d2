"""What covers very many units is answered after the turn, so that nobody waits for the same transaction."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.talk import Talk

LARGE: Final = 2_000  # units


async def put_off(talk: Talk, under: Sequence[int], command: str, words: str) -> bool:
    """Put a command off if too many units are under these; tell whether it was."""
    if not talk.hurried or not await (await talk.read()).more_than(under, LARGE):
        return False
    talk.postpone(command, words)
    return True
