"""How long a channel waits after something failed."""

from __future__ import annotations

import asyncio
from typing import Final

FIRST_PAUSE: Final = 0.5  # seconds after the first failure; doubled with each further one
LONGEST_PAUSE: Final = 15.0


class Pause:
    """A wait that grows with every failure and is short again after a success."""

    def __init__(self) -> None:
        """Begin with the shortest."""
        self._next = FIRST_PAUSE

    async def take(self, at_least: float = 0) -> None:
        """Wait, at least so many seconds."""
        wait = max(self._next, at_least)
        self._next = min(self._next * 2, LONGEST_PAUSE)
        await asyncio.sleep(wait)

    def reset(self) -> None:
        """Be short again."""
        self._next = FIRST_PAUSE
