"""Waiting for something to become so, without waking those who wait for something else."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    """Rung when something happened; whoever waits at it looks again."""

    def __init__(self) -> None:
        """Nobody waits yet."""
        self._waiting: list[asyncio.Future[None]] = []

    def ring(self) -> None:
        """Let all who wait look again. It costs nothing where nobody does."""
        waiting, self._waiting = self._waiting, []
        for one in waiting:
            if not one.done():
                one.set_result(None)

    async def until(self, true: Callable[[], bool], seconds: float) -> None:
        """Wait until something is so.

        Raises TimeoutError after so many seconds.
        """
        async with asyncio.timeout(seconds):
            while not true():
                rung = asyncio.get_running_loop().create_future()
                self._waiting.append(rung)
                await rung
