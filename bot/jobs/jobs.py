"""Runs jobs that are due, a few at a time, and tries again later what could not be done now."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from datetime import datetime, timedelta
from typing import Any, Final, Protocol

import structlog

from bot.alarm import Alarm, Sleep
from bot.effects import Effect, Failure, Speak
from bot.messages import Later
from bot.ports import JobClaim, Store, StoreBusy
from bot.traces import trace_of
from bot.vitals import Vitals

log = structlog.get_logger(__name__)

AT_ONCE: Final = 8
LOOK_EVERY: Final = 5.0  # for jobs whose time has come; new ones ring
FIRST_WAIT: Final = 10.0
LONGEST_WAIT: Final = 3600.0
TRIES_OF_A_BUG: Final = 5
BUSY_WAIT: Final = 1.0


class JobHandler(Protocol):
    """Does one kind of job."""

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Do it; give the effects to write. `attempts` counts the tries before this one.

        Raises Later to be tried again; a handler that gives up says so in its effects instead.
        """


def wait_after(attempts: int) -> float:
    """Give the seconds to wait after this many tries: from ten seconds, doubled each time, up to an hour."""
    return min(FIRST_WAIT * 2.0 ** min(attempts, 20), LONGEST_WAIT)


class Jobs:
    """The door for slow work."""

    def __init__(
        self,
        store: Store,
        handlers: Mapping[str, JobHandler],
        clock: Callable[[], datetime],
        *,
        sleep: Sleep = asyncio.sleep,
        vitals: Vitals | None = None,
        spoke: Callable[[], None] = lambda: None,
    ) -> None:
        """Keep who does which kind of job, and whom to tell that one has left something to say."""
        self._store = store
        self._handlers = handlers
        self._clock = clock
        self._sleep = sleep
        self._vitals = vitals or Vitals()
        self._spoke = spoke
        self._alarm = Alarm(sleep)
        self._running: dict[str, asyncio.Task[None]] = {}
        self._ended: list[tuple[str, Sequence[Effect]]] = []  # jobs whose effects are not written yet
        self._writing = asyncio.Lock()

    def wake(self) -> None:
        """Look for due jobs: a commit may have brought some."""
        self._alarm.ring()

    async def run(self) -> None:
        """Do jobs until cancelled; what is broken off then is done again after the next start."""
        try:
            while True:
                await self._look()
                await self._alarm.wait(LOOK_EVERY)
        finally:
            await self._break_off()

    async def _look(self) -> None:
        room = AT_ONCE - len(self._running)
        if room <= 0:
            return
        try:
            claims = await self._store.due_jobs(self._clock(), room)
        except StoreBusy as busy:
            self._vitals.trouble("jobs", str(busy))
            log.warning("jobs: the database is busy", why=str(busy))
        except Exception as error:
            self._vitals.trouble("jobs", type(error).__name__)
            log.error("jobs: could not look for work", trace=trace_of(error))
        else:
            self._vitals.well("jobs")
            for claim in claims:
                self._start(claim)

    def _start(self, claim: JobClaim) -> None:
        if claim.job.id in self._running:  # it takes longer than the store expects
            return
        task = asyncio.create_task(self._do(claim))
        self._running[claim.job.id] = task
        task.add_done_callback(lambda _task: self._finished(claim))

    def _finished(self, claim: JobClaim) -> None:
        del self._running[claim.job.id]
        self._alarm.ring()  # there is room again

    async def _break_off(self) -> None:
        tasks = list(self._running.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    async def _do(self, claim: JobClaim) -> None:
        handler = self._handlers.get(claim.job.kind)
        if handler is None:
            log.error("jobs: nobody does this kind of job", kind=claim.job.kind, job=claim.job.id)
            await self._later(claim, LONGEST_WAIT, f"nobody does jobs of kind {claim.job.kind!r}")
            return
        try:
            effects = await handler(claim.job.args, claim.attempts)
        except StoreBusy as busy:
            await self._later(claim, wait_after(claim.attempts), str(busy))
        except Later as later:
            log.info("jobs: not now", kind=claim.job.kind, job=claim.job.id, why=str(later))
            await self._later(claim, max(later.after, wait_after(claim.attempts)), str(later))
        except Exception as error:
            log.error("jobs: a job broke", kind=claim.job.kind, job=claim.job.id, trace=trace_of(error))
            await self._broke(claim, error)
        else:
            await self._done(claim, effects, "done")

    async def _broke(self, claim: JobClaim, error: Exception) -> None:
        if claim.attempts + 1 < TRIES_OF_A_BUG:
            await self._later(claim, wait_after(claim.attempts), type(error).__name__)
            return
        failure = Failure(self._clock(), f"job {claim.job.kind}", claim.job.id, trace_of(error))
        await self._done(claim, [failure], "given up")

    async def _done(self, claim: JobClaim, effects: Sequence[Effect], outcome: str) -> None:
        self._count(claim, outcome)
        self._ended.append((claim.job.id, effects))
        async with self._writing:  # whoever comes first writes for all that ended while the last commit ran
            await self._write_ended()
        if any(isinstance(effect, Speak) for effect in effects):
            self._spoke()

    async def _write_ended(self) -> None:
        ended, self._ended = self._ended, []
        if not ended:
            return
        try:
            await self._insist(lambda: self._store.jobs_done(ended))
        except Exception as error:  # one that cannot be written must not hold the rest
            log.warning("jobs: written one by one", size=len(ended), trace=trace_of(error))
            for job, effects in ended:
                await self._write_alone(job, effects)

    async def _write_alone(self, job: str, effects: Sequence[Effect]) -> None:
        try:
            await self._insist(lambda: self._store.jobs_done([(job, effects)]))
        except Exception as error:
            log.error("jobs: what a job brought cannot be written", job=job, trace=trace_of(error))
            failure = Failure(self._clock(), "job", job, trace_of(error))
            await self._insist(lambda: self._store.jobs_done([(job, [failure])]))

    async def _later(self, claim: JobClaim, seconds: float, why: str) -> None:
        self._count(claim, "later")
        until = self._clock() + timedelta(seconds=seconds)
        await self._insist(lambda: self._store.job_later(claim.job.id, until, why))

    def _count(self, claim: JobClaim, outcome: str) -> None:
        self._vitals.jobs.labels(claim.job.kind, outcome).inc()

    async def _insist(self, write: Callable[[], Awaitable[None]]) -> None:
        """Write until the database takes it: the work is done and should not be done again."""
        while True:
            try:
                await write()
                return
            except StoreBusy as busy:
                log.warning("jobs: the database is busy", why=str(busy))
                await self._sleep(BUSY_WAIT)
