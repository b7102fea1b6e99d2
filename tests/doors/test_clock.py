"""The clock: once a minute everybody is told what time it is."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from bot.clock import Clock, Housekeeping
from bot.effects import Failure
from bot.ports import StoreBusy
from tests.doors.house import NOW, House, Time, say


class Told:
    """Somebody who is told the time, and may object."""

    def __init__(self, *trouble: Exception) -> None:
        self.at: list[datetime] = []
        self.trouble = list(trouble)

    async def __call__(self, now: datetime) -> None:
        self.at.append(now)
        if self.trouble:
            raise self.trouble.pop(0)


async def test_everybody_is_told() -> None:
    """All are told the same time, also after one of them broke or found the database busy."""
    first, second, third = Told(KeyError("bug")), Told(StoreBusy("locked")), Told()
    clock = Clock({"first": first, "second": second, "third": third}, Time().clock)
    await clock.tick()
    await clock.tick()
    assert first.at == second.at == third.at == [NOW, NOW]


async def test_the_first_tick_comes_with_the_start() -> None:
    """At start the clock ticks at once: what was missed while the program was away is caught up."""
    ticked = asyncio.Event()

    async def tick(_now: datetime) -> None:
        ticked.set()

    task = asyncio.create_task(Clock({"tick": tick}, lambda: datetime.now(UTC)).run())
    await asyncio.wait_for(ticked.wait(), 10)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_it_ticks_although_the_scheduler_sleeps(time: Time) -> None:
    """When the clock is set back, the scheduler waits for that time to come again; ticks go on all the same."""
    told = Told()
    task = asyncio.create_task(Clock({"tick": told}, time.clock, sleep=time.sleep).run())
    await time.go(200)
    assert told.at == [NOW, NOW + timedelta(seconds=90), NOW + timedelta(seconds=180)]
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


async def test_housekeeping_prunes_once_an_hour(store: House) -> None:
    """Bodies of old messages and traces of old failures are blanked, at the first tick and then hourly."""
    await store.write(say("old"), Failure(NOW, "inbox", "update", "trace"))
    async with store.batch() as batch:
        await batch.run(lambda connection: connection.exec_driver_sql("UPDATE outbox SET state = 'sent'"))
    keep = Housekeeping(store, bodies=30, seen=14)
    await keep(NOW)
    assert store.rows("SELECT trace FROM failures") == ["trace"]
    later = NOW + timedelta(days=31)
    await keep(later)
    assert store.rows("SELECT trace FROM failures") == [""]
    assert store.rows("SELECT body FROM outbox") == ["{}"]
    before = store.batches
    await keep(later + timedelta(minutes=59))
    assert store.batches == before
    await keep(later + timedelta(minutes=60))
    assert store.batches > before
