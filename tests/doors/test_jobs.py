"""Jobs: done once they are due, tried again later, given up by a rule."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager, suppress
from datetime import timedelta
from typing import Any

import pytest

from bot.effects import Effect, GrantRole, StartJob
from bot.jobs import JobHandler, Jobs
from bot.jobs.ended import BREATH
from bot.jobs.jobs import AT_ONCE, IN_HAND, TRIES_OF_A_BUG, wait_after
from bot.messages import Later
from bot.records import Role
from bot.vitals import Vitals
from storage.jobs import LEASE
from tests.doors.house import NOW, House, Time, say


class Handler:
    """Does jobs by saying their name; `trouble` is raised first, `held` keeps them from ending."""

    def __init__(self, *trouble: Exception) -> None:
        self.trouble = list(trouble)
        self.tried: list[tuple[str, int]] = []
        self.held: asyncio.Event | None = None

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        self.tried.append((args["name"], attempts))
        if self.held:
            await self.held.wait()
        if self.trouble:
            raise self.trouble.pop(0)
        return [say(args["name"])]


@asynccontextmanager
async def working(
    store: House, time: Time, handlers: Mapping[str, JobHandler], vitals: Vitals | None = None
) -> AsyncIterator[Jobs]:
    """Jobs being done."""
    jobs = Jobs(store, handlers, time.clock, sleep=time.sleep, vitals=vitals)
    task = asyncio.create_task(jobs.run())
    await time.settle()
    try:
        yield jobs
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task


def job(name: str, kind: str = "say", seconds: float = 0) -> StartJob:
    """A job that is due after so many seconds."""
    return StartJob(name, kind, {"name": name}, NOW + timedelta(seconds=seconds) if seconds else None)


async def test_a_job_is_done_and_its_effects_written(store: House, time: Time, vitals: Vitals) -> None:
    """A job that a commit brought is done at once; its effects and its end are written together."""
    handler = Handler()
    async with working(store, time, {"say": handler}, vitals) as jobs:
        await store.write(job("one"))
        jobs.wake()
        await time.go(BREATH)
    assert handler.tried == [("one", 0)]
    assert store.state("one") == "pending"
    assert store.rows("SELECT state FROM jobs") == ["done"]
    assert vitals.registry.get_sample_value("bot_jobs_tried_total", {"kind": "say", "outcome": "done"}) == 1


async def test_what_a_job_has_to_say_is_said_at_once(store: House, time: Time) -> None:
    """The outbox hears of it once it is written; a job without words rings nobody."""
    states: list[str] = []
    handlers: dict[str, JobHandler] = {"say": Handler(), "quiet": quiet}
    jobs = Jobs(store, handlers, time.clock, sleep=time.sleep, spoke=lambda: states.append(store.state("one")))
    await store.write(job("one"), job("two", kind="quiet"))
    task = asyncio.create_task(jobs.run())
    await time.go(BREATH)
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task
    assert states == ["pending"]
    assert store.rows("SELECT DISTINCT state FROM jobs") == ["done"]


async def quiet(args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
    """Do a job that nobody hears of."""
    return []


async def test_a_job_waits_for_its_time(store: House, time: Time) -> None:
    """A job with a time of its own is found then, without anybody ringing."""
    handler = Handler()
    await store.write(job("one", seconds=60))
    async with working(store, time, {"say": handler}):
        await time.go(59)
        assert handler.tried == []
        await time.go(6)
        assert handler.tried == [("one", 0)]


async def test_a_job_that_cannot_be_done_now_is_put_back(store: House, time: Time) -> None:
    """A job put back is tried again, each time after a longer wait, and done in the end."""
    handler = Handler(Later(0, "no network"), Later(100, "no network"))
    await store.write(job("one"))
    async with working(store, time, {"say": handler}):
        assert store.rows("SELECT state, why FROM jobs") == [("waiting", "no network")]
        await time.go(9)
        assert len(handler.tried) == 1
        await time.go(6)
        assert handler.tried == [("one", 0), ("one", 1)]
        await time.go(90)
        assert len(handler.tried) == 2
        await time.go(15)
        assert handler.tried[-1] == ("one", 2)
        assert store.rows("SELECT state FROM jobs") == ["done"]


def test_waits_grow_up_to_an_hour() -> None:
    """From ten seconds, doubled with each try, never more than an hour."""
    assert [wait_after(tries) for tries in (0, 1, 2, 8, 9, 1000)] == [10, 20, 40, 2560, 3600, 3600]


async def test_a_broken_job_is_given_up_and_recorded(store: House, time: Time) -> None:
    """A job that raises is tried a few times; then it ends, and its trace is kept for whoever mends it."""
    handler = Handler(*(ZeroDivisionError("what somebody wrote") for _ in range(100)))
    await store.write(job("one"))
    async with working(store, time, {"say": handler}):
        await time.go(300)
    assert len(handler.tried) == TRIES_OF_A_BUG
    assert store.rows("SELECT state FROM jobs") == ["done"]
    ((place, incoming, trace),) = store.rows("SELECT place, incoming, trace FROM failures")
    assert (place, incoming) == ("job say", "one")
    assert "ZeroDivisionError" in trace
    assert "what somebody wrote" not in trace


async def test_a_kind_that_nobody_knows_waits(store: House, time: Time) -> None:
    """A job of a newer version is not thrown away by an older one."""
    await store.write(job("one", kind="new"))
    async with working(store, time, {}):
        assert store.rows("SELECT state, why FROM jobs") == [("waiting", "nobody does jobs of kind 'new'")]


async def test_jobs_run_beside_one_another_but_not_all_at_once(store: House, time: Time) -> None:
    """A job that takes long holds no other up, and no more than a few are under way."""
    handler = Handler()
    handler.held = asyncio.Event()
    await store.write(*(job(f"job {number}") for number in range(AT_ONCE + 3)))
    async with working(store, time, {"say": handler}):
        assert len(handler.tried) == AT_ONCE
        handler.held.set()
        await time.settle()
        assert len(handler.tried) == AT_ONCE + 3


async def test_a_finished_job_is_written_when_the_database_can(store: House, time: Time) -> None:
    """A busy database does not make a job be done twice."""
    handler = Handler()
    handler.held = asyncio.Event()
    await store.write(job("one"))
    async with working(store, time, {"say": handler}):
        store.busy_times = 3
        handler.held.set()
        await time.go(30)
    assert handler.tried == [("one", 0)]
    assert store.rows("SELECT state FROM jobs") == ["done"]


async def test_a_busy_database_is_asked_again(store: House, time: Time) -> None:
    """When due jobs cannot be claimed, they are at the next look."""
    handler = Handler()
    await store.write(job("one"))
    store.busy_times = 1
    async with working(store, time, {"say": handler}):
        assert handler.tried == []
        await time.go(6)
        assert handler.tried == [("one", 0)]


async def test_a_job_broken_off_is_done_after_the_next_start(store: House, time: Time) -> None:
    """Stopping breaks a job off; the next start does it again."""
    handler = Handler()
    handler.held = asyncio.Event()
    await store.write(job("one"))
    async with working(store, time, {"say": handler}):
        pass
    handler.held = None
    await time.go(700)
    async with working(store, time, {"say": handler}):
        await time.go(BREATH)
    assert [name for name, _attempts in handler.tried] == ["one", "one"]
    assert store.rows("SELECT state FROM jobs") == ["done"]


async def test_a_bug_of_ours_in_a_round_is_survived(store: House, time: Time, monkeypatch: pytest.MonkeyPatch) -> None:
    """When looking for jobs raises something unforeseen, the next look still happens."""
    handler = Handler()
    await store.write(job("one"))
    real = store.due_jobs

    async def broken(*_args: object) -> None:
        monkeypatch.setattr(store, "due_jobs", real)
        raise KeyError("row")

    monkeypatch.setattr(store, "due_jobs", broken)
    async with working(store, time, {"say": handler}):
        await time.go(6)
    assert handler.tried == [("one", 0)]


async def test_many_small_jobs_cost_few_transactions(store: House, time: Time) -> None:
    """They are taken together, and what ended in a moment is written together; each is done once."""
    names = [f"job {number}" for number in range(2 * IN_HAND)]
    handler = Handler()
    handler.held = asyncio.Event()
    await store.write(*(job(name) for name in names))
    async with working(store, time, {"say": handler}):
        before = store.batches
        handler.held.set()
        await time.go(BREATH)
        looks, writes = 3, 2
        assert store.batches - before <= looks + writes
        await time.go(BREATH)
    assert sorted(name for name, _attempts in handler.tried) == sorted(names)
    assert store.rows("SELECT DISTINCT state FROM jobs") == ["done"]
    assert store.rows("SELECT count(*) FROM outbox") == [len(names)]


async def test_a_job_in_hand_is_not_taken_again(store: House, time: Time) -> None:
    """What the store thinks lost (its time is up) but is at work here, or waits for it here, is not begun anew."""
    handler = Handler()
    handler.held = asyncio.Event()
    await store.write(*(job(f"job {number}") for number in range(AT_ONCE + 3)))
    async with working(store, time, {"say": handler}):
        await time.go(LEASE.total_seconds() + 60)
        handler.held.set()
        await time.go(1)
    assert len(handler.tried) == AT_ONCE + 3
    assert store.rows("SELECT DISTINCT state FROM jobs") == ["done"]


async def test_what_cannot_be_written_holds_up_no_other(store: House, time: Time) -> None:
    """A job whose effects the database refuses ends with a failure on record; those that ended with it are written."""

    async def impossible(args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Report for a unit that is not there."""
        return [GrantRole("nobody", 404, Role.CHAIR, NOW.date())]

    await store.write(job("one"), job("two", kind="impossible"), job("three"))
    async with working(store, time, {"say": Handler(), "impossible": impossible}):
        await time.go(BREATH)
    assert store.rows("SELECT DISTINCT state FROM jobs") == ["done"]
    assert store.rows("SELECT key FROM outbox ORDER BY id") == ["one", "three"]
    assert store.rows("SELECT place, incoming FROM failures") == [("job", "two")]
