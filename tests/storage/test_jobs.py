from __future__ import annotations

from datetime import timedelta

from bot.effects import Effect, Failure, KeepFile, Speak, StartJob, WrongCode
from bot.messages import FileRef, Priority
from bot.ports import JobClaim, SentMark
from bot.records import StoredFile
from storage.jobs import LEASE
from storage.store import SqlStore
from tests.storage.conftest import clock
from tests.storage.people import NOW, chat, look, said, write, wrote

LATER = NOW + timedelta(minutes=1)


async def due(store: SqlStore) -> list[str]:
    """Take what is due now, and give the ids."""
    return [claim.job.id for claim in await store.due_jobs(NOW, 9)]


async def test_a_job_is_taken_once_and_done(store: SqlStore) -> None:
    """A job waits for its time, is given to one worker, and its effects are written with its end."""
    job = StartJob("j1", "export", {"unit": 11, "name": "Sổ"}, NOW)
    await write(store, job, job, StartJob("j2", "export", {}, LATER))
    assert await store.due_jobs(NOW, 9) == [JobClaim(job, 0)]
    assert await due(store) == []
    await store.jobs_done([("j1", [Speak(said("here it is"))])])
    assert [claim.out.key for claim in await store.due_messages(NOW, 9)] == ["here it is"]
    assert (await store.counts())["jobs"] == {"waiting": 1, "taken": 0}


async def test_a_job_without_a_time_is_due_at_once(store: SqlStore) -> None:
    """What names no time starts now."""
    await write(store, StartJob("j1", "export", {}))
    assert await due(store) == ["j1"]


async def test_a_job_is_put_back(store: SqlStore) -> None:
    """What failed for now comes again at its time, with its attempts counted."""
    await write(store, StartJob("j1", "fetch", {}))
    await store.due_jobs(NOW, 9)
    await store.job_later("j1", LATER, "HTTP 503")
    assert await due(store) == []
    again = await store.due_jobs(LATER, 9)
    assert [(claim.job.id, claim.attempts) for claim in again] == [("j1", 1)]


async def test_a_job_that_was_lost_comes_again(store: SqlStore) -> None:
    """A worker that never came back loses the job when its lease is over."""
    await write(store, StartJob("j1", "fetch", {}))
    assert await due(store) == ["j1"]
    assert [claim.job.id for claim in await store.due_jobs(NOW + LEASE, 9)] == ["j1"]


async def test_a_restart_takes_up_what_a_crash_left(sqlite_url: str) -> None:
    """A SQLite file has one worker: whatever is taken when it starts was taken by one that is gone."""
    before = await SqlStore.open(sqlite_url, clock)
    await write(before, StartJob("j1", "fetch", {}))
    assert await due(before) == ["j1"]
    await before.close()
    after = await SqlStore.open(sqlite_url, clock)
    assert await due(after) == ["j1"]
    assert await due(after) == []
    await after.close()


async def test_a_restart_takes_up_more_than_one_look_can(sqlite_url: str) -> None:
    """What a crash left is looked for until no more is found; what we took ourselves is not taken for it."""
    before = await SqlStore.open(sqlite_url, clock)
    await write(before, *(StartJob(f"j{number}", "fetch", {}) for number in range(5)))
    await due(before)
    await before.close()
    after = await SqlStore.open(sqlite_url, clock)
    looks = [[claim.job.id for claim in await after.due_jobs(NOW, 2)] for _ in range(5)]
    await after.close()
    assert looks == [["j0", "j1"], ["j2", "j3"], ["j4"], [], []]


async def test_bodies_and_updates_are_forgotten_in_time(store: SqlStore) -> None:
    """After their days, sent messages and failures are blank; keys stay; updates may be seen again."""
    kept: list[Effect] = [Speak(said("r")), Speak(said("waiting", priority=Priority.NOTICE))]
    async with store.batch() as batch:
        await batch.unseen([wrote("pao", "1")])
        claims = await batch.write([*kept, Failure(NOW, "inbox", "{update}", "trace"), WrongCode(chat("pao"), NOW)])
        await batch.sent([SentMark(claims[0].id, "sent", "m1")])
    await store.prune(NOW + timedelta(days=13), bodies=30, seen=14)
    assert await contents(store) == ('{"text":"chào"}', "chat-pao", "{update}", 1)
    await store.prune(NOW + timedelta(days=31), bodies=30, seen=14)
    assert await contents(store) == ("{}", "", "", 0)
    assert [claim.out.message.text for claim in await store.due_messages(NOW, 9)] == ["chào"]
    assert (await write_again(store)) == []


async def write_again(store: SqlStore) -> list[object]:
    """Say once more what was said long ago."""
    async with store.batch() as batch:
        return list(await batch.write([Speak(said("r"))]))


async def contents(store: SqlStore) -> tuple[str, str, str, int]:
    """Look at a sent body and its chat, a failure, and the updates seen."""
    ((body, to),) = await look(store, "SELECT CAST(body AS TEXT), chat FROM outbox WHERE key = 'r'")
    ((failure, seen),) = await look(store, "SELECT incoming, (SELECT count(*) FROM seen_updates) FROM failures")
    return body, to, failure, seen


async def test_a_finished_job_forgets_what_it_was_told(store: SqlStore) -> None:
    """Whom a copy was for and where it went is not kept beyond the job; that there was one is."""
    await write(store, StartJob("j1", "export_person", {"person": "pao", "chat": "5"}))
    await store.due_jobs(NOW, 9)
    await store.job_later("j1", NOW, "not now")
    await store.due_jobs(NOW, 9)
    await store.jobs_done([("j1", [])])
    sql = "SELECT state, CAST(args AS TEXT), why FROM jobs"
    assert await look(store, sql) == [("done", "{}", "")]


async def test_failures_of_the_last_day_are_counted(store: SqlStore) -> None:
    """The health page shows what broke of late, and a file that waits is not a failure."""
    file = StoredFile("f", "d", "photo", "telegram", FileRef("r", "photo"))
    long_ago = NOW - timedelta(days=2)
    await write(store, Failure(NOW, "inbox", "u", "t"), Failure(long_ago, "inbox", "u", "t"), KeepFile(file))
    assert (await store.counts())["failures"] == 1
