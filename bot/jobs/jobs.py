"""Runs jobs that are due, a few at a time, and tries again later what could not be done now."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime, timedelta
from functools import partial
from typing import Any, Final, Protocol

import structlog

from bot.alarm import Alarm, Sleep
from bot.effects import Effect, Failure
from bot.jobs.ended import Ended, insist
from bot.messages import Later
from bot.ports import JobClaim, Store, StoreBusy
from bot.traces import trace_of
from bot.vitals import Vitals

log = structlog.get_logger(__name__)

AT_ONCE: Final = 8
IN_HAND: Final = 32  # taken at most, so that many small ones (photos) cost few transactions
LOOK_EVERY: Final = 5.0  # for jobs whose time has come; new ones ring
FIRST_WAIT: Final = 10.0
LONGEST_WAIT: Final = 3600.0
TRIES_OF_A_BUG: Final = 5


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
        self._alarm = Alarm(sleep)
        self._waiting: deque[JobClaim] = deque()  # taken, not begun
        self._running: dict[str, asyncio.Task[None]] = {}
        self._more = False  # there may be due ones that were not taken for want of room
        self._ended = Ended(store, clock, sleep, spoke)

    def wake(self) -> None:
        """Look for due jobs: a commit may have brought some."""
        self._alarm.ring()

    async def run(self) -> None:
        """Do jobs until cancelled; what is broken off then is done again after the next start."""
        writing = asyncio.create_task(self._ended.run())
        try:
            while True:
                await self._look()
                await self._alarm.wait(LOOK_EVERY)
        finally:
            await self._break_off(writing)

    async def _look(self) -> None:
        room = IN_HAND - len(self._waiting) - len(self._running)
        if room <= 0:
            self._more = True
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
            self._more = len(claims) >= room
            self._waiting += (claim for claim in claims if not self._holds(claim))
            self._begin()

    def _holds(self, claim: JobClaim) -> bool:
        """Tell whether a job is in hand already: it takes longer than the store expects."""
        job = claim.job.id
        return job in self._running or job in self._ended or any(job == one.job.id for one in self._waiting)

    def _begin(self) -> None:
        while self._waiting and len(self._running) < AT_ONCE:
            claim = self._waiting.popleft()
            task = asyncio.create_task(self._do(claim))
            self._running[claim.job.id] = task
            task.add_done_callback(partial(self._finished, claim.job.id))

    def _finished(self, job: str, _task: asyncio.Task[None]) -> None:
        del self._running[job]
        self._begin()
        if self._more and not self._waiting:
            self._alarm.ring()  # there is room again

    async def _break_off(self, writing: asyncio.Task[None]) -> None:
        self._waiting.clear()
        tasks = [*self._running.values(), writing]
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
            self._done(claim, effects, "done")

    async def _broke(self, claim: JobClaim, error: Exception) -> None:
        if claim.attempts + 1 < TRIES_OF_A_BUG:
            await self._later(claim, wait_after(claim.attempts), type(error).__name__)
            return
        failure = Failure(self._clock(), f"job {claim.job.kind}", claim.job.id, trace_of(error))
        self._done(claim, [failure], "given up")

    def _done(self, claim: JobClaim, effects: Sequence[Effect], outcome: str) -> None:
        self._count(claim, outcome)
        self._ended.add(claim.job.id, effects)

    async def _later(self, claim: JobClaim, seconds: float, why: str) -> None:
        self._count(claim, "later")
        until = self._clock() + timedelta(seconds=seconds)
        await insist(lambda: self._store.job_later(claim.job.id, until, why), self._sleep)

    def _count(self, claim: JobClaim, outcome: str) -> None:
        self._vitals.jobs.labels(claim.job.kind, outcome).inc()
