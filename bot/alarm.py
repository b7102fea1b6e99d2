"""Waiting that can be cut short: how the doors sleep until something is due or somebody calls."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable

Sleep = Callable[[float], Awaitable[object]]


class Alarm:
    """Sleeps for a while, or until it rings. A ring while nobody sleeps is kept for the next sleep."""

    def __init__(self, sleep: Sleep = asyncio.sleep) -> None:
        """Keep how to sleep."""
        self._sleep = sleep
        self._rung = asyncio.Event()

    def ring(self) -> None:
        """Wake the sleeper."""
        self._rung.set()

    async def wait(self, seconds: float | None = None) -> None:
        """Sleep that long at most; without `seconds`, until it rings."""
        if not self._rung.is_set():
            await self._either(seconds)
        self._rung.clear()

    async def _either(self, seconds: float | None) -> None:
        if seconds is None:
            await self._rung.wait()
            return
        waits = {asyncio.ensure_future(self._sleep(seconds)), asyncio.ensure_future(self._rung.wait())}
        try:
            await asyncio.wait(waits, return_when=asyncio.FIRST_COMPLETED)
        finally:
            for wait in waits:
                wait.cancel()
