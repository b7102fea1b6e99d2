"""What finished jobs brought, until it is written: all that ended in a moment in one transaction."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from datetime import datetime
from typing import Final

import structlog

from bot.alarm import Alarm, Sleep
from bot.effects import Effect, Failure, Speak
from bot.ports import Store, StoreBusy
from bot.traces import trace_of

log = structlog.get_logger(__name__)

BREATH: Final = 0.1  # seconds in which jobs end that are written together; 800 photos had cost 460 commits
BUSY_WAIT: Final = 1.0


async def insist(write: Callable[[], Awaitable[None]], sleep: Sleep) -> None:
    """Write until the database takes it: the work is done and should not be done again."""
    while True:
        try:
            await write()
            return
        except StoreBusy as busy:
            log.warning("jobs: the database is busy", why=str(busy))
            await sleep(BUSY_WAIT)


class Ended:
    """Jobs whose effects are not written yet."""

    def __init__(self, store: Store, clock: Callable[[], datetime], sleep: Sleep, spoke: Callable[[], None]) -> None:
        """Keep whom to tell that a job has left something to say."""
        self._store = store
        self._clock = clock
        self._sleep = sleep
        self._spoke = spoke
        self._alarm = Alarm(sleep)
        self._ended: list[tuple[str, Sequence[Effect]]] = []

    def __contains__(self, job: str) -> bool:
        """Tell whether a job has ended, but the store does not know."""
        return any(job == one for one, _effects in self._ended)

    def add(self, job: str, effects: Sequence[Effect]) -> None:
        """Take what a job brought."""
        self._ended.append((job, effects))
        self._alarm.ring()

    async def run(self) -> None:
        """Write until cancelled; what was not written by then is done again after the next start."""
        while True:
            await self._alarm.wait()
            await self._sleep(BREATH)
            await self._write()

    async def _write(self) -> None:
        ended = tuple(self._ended)
        try:
            await insist(lambda: self._store.jobs_done(ended), self._sleep)
        except Exception as error:  # one that cannot be written must not hold the rest
            log.warning("jobs: written one by one", size=len(ended), trace=trace_of(error))
            for job, effects in ended:
                await self._write_alone(job, effects)
        del self._ended[: len(ended)]
        if any(isinstance(effect, Speak) for _job, effects in ended for effect in effects):
            self._spoke()

    async def _write_alone(self, job: str, effects: Sequence[Effect]) -> None:
        try:
            await insist(lambda: self._store.jobs_done([(job, effects)]), self._sleep)
        except Exception as error:
            log.error("jobs: what a job brought cannot be written", job=job, trace=trace_of(error))
            failure = Failure(self._clock(), "job", job, trace_of(error))
            await insist(lambda: self._store.jobs_done([(job, [failure])]), self._sleep)
