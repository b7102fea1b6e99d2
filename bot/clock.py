"""DOOR: time passed. Once a minute everybody who has to know is told what time it is."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping
from datetime import UTC, datetime, timedelta
from typing import Final, Protocol, runtime_checkable

import structlog
from apscheduler.schedulers.asyncio import AsyncIOScheduler

from bot.alarm import Alarm, Sleep
from bot.ports import Store, StoreBusy
from bot.traces import trace_of

log = structlog.get_logger(__name__)

ALIVE: Final = "alive"  # the mark of the heartbeat
# Seconds after which a tick comes in any case: when the clock is set back, the scheduler sleeps through that hour.
AT_LATEST: Final = 90.0

Tick = Callable[[datetime], Awaitable[None]]
"""Told what time it is, once a minute. A tick decides itself what is due: it may be told late, or twice."""


@runtime_checkable
class Tidied(Protocol):
    """A channel that has something to clear away now and then."""

    tidy: Tick


class Clock:
    """Tells the ticks, by name, what time it is. One that fails is told again a minute later, as are the others."""

    def __init__(
        self, ticks: Mapping[str, Tick], clock: Callable[[], datetime], *, sleep: Sleep = asyncio.sleep
    ) -> None:
        """Keep who is told."""
        self._ticks = ticks
        self._clock = clock
        self._sleep = sleep

    async def run(self) -> None:
        """Tick once a minute until cancelled, the first time at once."""
        minute = Alarm(self._sleep)
        scheduler = AsyncIOScheduler(timezone=UTC)
        scheduler.add_job(minute.ring, "interval", minutes=1, coalesce=True, misfire_grace_time=None)
        scheduler.start()
        try:
            while True:
                await self.tick()
                await minute.wait(AT_LATEST)
        finally:
            scheduler.shutdown(wait=False)

    async def tick(self) -> None:
        """Tell everybody once."""
        now = self._clock()
        for name, tick in self._ticks.items():
            try:
                await tick(now)
            except StoreBusy as busy:
                log.warning("clock: the database is busy", tick=name, why=str(busy))
            except Exception as error:
                log.error("clock: a tick failed", tick=name, trace=trace_of(error))


class Heartbeat:
    """Notes every minute that we are here, so that the next start knows since when we were not."""

    def __init__(self, store: Store) -> None:
        """Take where it is noted."""
        self._store = store

    async def __call__(self, now: datetime) -> None:
        """Note it."""
        await self._store.mark(ALIVE, now)


class Housekeeping:
    """Forgets what need not be kept any longer, once an hour."""

    def __init__(self, store: Store, bodies: int, seen: int) -> None:
        """Take for how many days bodies of messages, and the ids of updates, are kept."""
        self._store = store
        self._bodies = bodies
        self._seen = seen
        self._next: datetime | None = None

    async def __call__(self, now: datetime) -> None:
        """Prune the store if an hour has passed."""
        if self._next is None or now >= self._next:
            await self._store.prune(now, self._bodies, self._seen)
            self._next = now + timedelta(hours=1)
