"""The database as the house is given it: transactions, and what the sender and the worker take from it."""

from __future__ import annotations

from asyncio import Lock
from collections.abc import AsyncIterator, Callable, Mapping, Sequence
from contextlib import AbstractAsyncContextManager, asynccontextmanager, nullcontext
from datetime import UTC, datetime
from typing import Any, Self

from sqlalchemy.ext.asyncio import AsyncConnection, AsyncEngine

from bot.effects import Effect
from bot.ports import Claim, JobClaim, Store, Toll
from storage import forgetting, jobs, levels, marks, outbox, totals
from storage.batch import SqlBatch
from storage.engine import Engines, open_engines
from storage.reading import health
from storage.reads import SqlReads
from storage.refusals import refusals_named
from storage.threads import ThreadConnection, ThreadEngine
from storage.unbroken import to_its_end

Clock = Callable[[], datetime]


def system_clock() -> datetime:
    """Tell the time."""
    return datetime.now(UTC)


class SqlStore(Store):
    """A SQLite file or a PostgreSQL server. `clock` is asked only where the caller does not say what time it is."""

    def __init__(self, engines: Engines, clock: Clock = system_clock) -> None:
        """Use these engines."""
        self._engines = engines
        self._clock = clock
        self.commits = 0  # write transactions, for the metrics
        # The one writer connection of a SQLite file serves one batch at a time.
        self._gate: AbstractAsyncContextManager[Any] = Lock() if engines.sqlite else nullcontext()
        # A SQLite file has one worker, us: what was taken and not by us was left by a crash. None: nothing is left.
        self._our_jobs: set[str] | None = set() if engines.sqlite else None

    @classmethod
    async def open(cls, url: str, clock: Clock = system_clock) -> Self:
        """Open the database of a DATABASE_URL.

        Raises ValueError for a URL that is not understood, StoreBusy when the database cannot be reached.
        """
        store = cls(open_engines(url), clock)
        try:
            async with store.reading():
                return store
        except BaseException:
            await store.close()
            raise

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[SqlBatch]:
        async with self._gate, transaction(self._engines.writer) as connection:
            yield SqlBatch(connection, self._clock())
        self.commits += 1

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlReads]:
        async with transaction(self._engines.reader) as connection:
            yield SqlReads(connection, self._clock())

    async def due_messages(
        self, now: datetime, limit: int, *, channel: str = "", after_restart: bool = False
    ) -> list[Claim]:
        async with self.batch() as batch:
            if after_restart:
                await batch.run(outbox.give_up_left)
            return await batch.run(outbox.take_due, now, limit, channel)

    async def next_message_at(self, channel: str = "") -> datetime | None:
        async with self.reading() as reads:
            return await reads.run(outbox.next_at, channel)

    async def put_back(self, channel: str, now: datetime) -> list[tuple[str, datetime]]:
        async with self.reading() as reads:
            return await reads.run(outbox.put_back, channel, now)

    async def sent_since(self, channel: str, since: datetime) -> Toll:
        async with self.reading() as reads:
            return await reads.run(outbox.sent_since, channel, since)

    async def due_jobs(self, now: datetime, limit: int) -> list[JobClaim]:
        async with self.batch() as batch:
            taken = await batch.run(jobs.take_due, now, limit, self._our_jobs)
        if self._our_jobs is not None:
            self._our_jobs = {*self._our_jobs, *(claim.job.id for claim in taken)} if len(taken) >= limit else None
        return taken

    async def jobs_done(self, done: Sequence[tuple[str, Sequence[Effect]]]) -> None:
        async with self.batch() as batch:
            await batch.run(jobs.done, [job for job, _effects in done], batch.now)
            await batch.write([effect for _job, effects in done for effect in effects])

    async def job_later(self, job: str, not_before: datetime, why: str) -> None:
        async with self.batch() as batch:
            await batch.run(jobs.later, job, not_before, why)

    async def mark(self, name: str, until: datetime) -> None:
        async with self.batch() as batch:
            await batch.run(marks.set_mark, name, until)

    async def marked(self, name: str) -> datetime | None:
        async with self.reading() as reads:
            return await reads.marked(name)

    async def prune(self, now: datetime, bodies: int, seen: int) -> None:
        for statement in forgetting.steps(now, bodies, seen):
            changed = 1
            while changed:
                async with self.batch() as batch:
                    changed = await batch.run(forgetting.step, statement)

    async def counts(self) -> Mapping[str, Any]:
        async with self.reading() as reads:
            return await reads.run(health.counts, reads.now)

    async def wrong_totals(self) -> int:
        """Count the totals and levels that are not what figures add up to; none are, unless tables were edited."""
        async with self.reading() as reads:
            return await reads.run(totals.differing) + await reads.run(levels.differing)

    async def mend_totals(self) -> None:
        """Make all totals and levels anew from the figures."""
        async with self.batch() as batch:
            await batch.run(totals.rebuild)
            await batch.run(levels.rebuild)

    async def close(self) -> None:
        await self._engines.close()


@asynccontextmanager
async def transaction(engine: AsyncEngine | ThreadEngine) -> AsyncIterator[AsyncConnection | ThreadConnection]:
    """Open a connection and a transaction on it: committed at the end, rolled back when something raises."""
    with refusals_named():
        connection = await engine.connect()
    try:
        with refusals_named():
            await to_its_end(_begin(connection))
        yield connection
        with refusals_named():
            await to_its_end(connection.commit())
    finally:
        await to_its_end(connection.close())


async def _begin(connection: AsyncConnection | ThreadConnection) -> None:
    await connection.begin()
