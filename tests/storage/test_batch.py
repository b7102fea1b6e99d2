from __future__ import annotations

from contextlib import suppress
from datetime import timedelta

import pytest

from bot.effects import Audit, Consent, NewPerson, SaveDraft, Speak, WrongCode
from bot.messages import Address
from bot.ports import Conflict
from bot.records import Person, Role
from storage.reading import health
from storage.store import SqlStore
from tests.storage.people import NOW, SCHOOL, chat, draft, joined, said, world_of, write, wrote


async def test_a_batch_is_committed_whole(store: SqlStore) -> None:
    """What a batch wrote is there for the next one."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), SaveDraft(draft("d1", "pao", attendees=12)))
    world = await world_of(store, "pao")
    assert world.people[chat("pao")].units(frozenset({Role.CHAIR}))[0].code == "A-01"
    assert world.drafts == {"d1": draft("d1", "pao", attendees=12)}


async def test_a_batch_that_raises_leaves_nothing(store: SqlStore) -> None:
    """An error anywhere in the batch undoes all of it, the marks of what was seen too."""
    with suppress(ZeroDivisionError):
        async with store.batch() as batch:
            await batch.unseen([wrote("pao", "1")])
            await batch.write([*joined("pao", Role.CHAIR, SCHOOL), Speak(said("hello"))])
            raise ZeroDivisionError
    async with store.batch() as batch:
        assert await batch.unseen([wrote("pao", "1")]) == [wrote("pao", "1")]
        assert await batch.person("pao") is None
    assert await store.due_messages(NOW, 10) == []


async def test_commits_are_counted(store: SqlStore) -> None:
    """Those of batches and of what the sender and the worker take, but not what was undone, nor reading."""
    before = store.commits
    await write(store, NewPerson(Person("pao", "Páo")))
    with pytest.raises(Conflict):
        await write(store, NewPerson(Person("pao", "Another")))
    async with store.reading() as reads:
        await reads.person("pao")
    await store.due_jobs(NOW, 10)
    assert store.commits - before == 2


async def test_a_refused_write_is_a_conflict(store: SqlStore) -> None:
    """Who was first stays; the batch of the second leaves nothing."""
    await write(store, NewPerson(Person("pao", "Páo")))
    with pytest.raises(Conflict):
        await write(store, NewPerson(Person("mai", "Mai")), NewPerson(Person("pao", "Another")))
    async with store.reading() as reads:
        assert [await reads.person(id_) for id_ in ("pao", "mai")] == [Person("pao", "Páo"), None]


async def test_a_reference_to_nobody_is_a_conflict(store: SqlStore) -> None:
    """Foreign keys hold on both databases."""
    with pytest.raises(Conflict):
        await write(store, Consent("nobody", "1", NOW))


async def test_repeats_are_dropped(store: SqlStore) -> None:
    """An update seen before, or twice in the batch, is dropped; the order of the rest is kept."""
    async with store.batch() as batch:
        assert await batch.unseen([wrote("pao", "9"), wrote("lan", "10")]) == [
            wrote("pao", "9"),
            wrote("lan", "10"),
        ]
    again = [wrote("pao", "12"), wrote("pao", "9"), wrote("mai", "11"), wrote("pao", "12", "twice")]
    async with store.batch() as batch:
        assert await batch.unseen(again) == [again[0], again[2]]
        assert await batch.unseen([]) == []


async def test_many_updates_at_once(store: SqlStore) -> None:
    """A batch may be larger than what a database takes as variables."""
    batch_of = [wrote(f"p{n}", str(n)) for n in range(20_000)]
    async with store.batch() as batch:
        assert await batch.unseen(batch_of) == batch_of
        assert not (await batch.world(batch_of, NOW)).people


async def test_reading_cannot_write(store: SqlStore) -> None:
    """The read-only connection refuses writes, whatever it is asked to do."""
    async with store.reading() as reads:
        with pytest.raises(Exception, match=r"(?i)read.?only"):
            await reads.run(lambda c: c.exec_driver_sql("DELETE FROM units"))


async def test_reading_sees_one_moment(store: SqlStore) -> None:
    """What is committed meanwhile does not show in the middle of reading."""
    async with store.reading() as reads:
        assert await reads.person("pao") is None
        await write(store, NewPerson(Person("pao", "Páo")))
        assert await reads.person("pao") is None
    async with store.reading() as reads:
        assert await reads.person("pao") is not None


async def test_wrong_codes_are_counted_by_address(store: SqlStore) -> None:
    """Tries of the last fifteen minutes count, for strangers and for people alike."""
    stranger = Address("web", "s1")
    tries = [WrongCode(stranger, NOW), WrongCode(stranger, NOW), WrongCode(chat("pao"), NOW)]
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), *tries, Audit(NOW, "", "wrong code"))
    async with store.reading() as reads:
        later = NOW + timedelta(minutes=16)
        assert [await reads.wrong_codes(one, NOW) for one in (stranger, chat("pao"), chat("lan"))] == [2, 1, 0]
        assert await reads.wrong_codes(stranger, later) == 0
        assert (await reads.run(health.counts, NOW))["drafts"] == 0
