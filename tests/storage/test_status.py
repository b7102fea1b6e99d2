"""What officers are told of the machine: what waits, and who did not get what was sent."""

from __future__ import annotations

from datetime import timedelta

from bot.effects import Mark, Speak
from bot.messages import Priority
from bot.ports import SentMark, Unreached
from bot.records import Role
from storage.store import SqlStore
from tests.storage.people import AREA_A, AREA_B, MILL, NOW, PROVINCE, SCHOOL, joined, said, write

WEEK = NOW - timedelta(days=7)


async def test_those_who_were_not_reached_are_told_by_unit(store: SqlStore) -> None:
    """A failed message names who holds a role in one's own area, once, whatever else failed, and the last reason."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), *joined("lan", Role.CHAIR, MILL))
    letters = [Speak(said(f"k{n}", to, priority=Priority.ALERT)) for n, to in enumerate(("pao", "pao", "lan"))]
    await write(store, *letters)
    claims = await store.due_messages(NOW, 10)
    async with store.batch() as batch:
        await batch.sent([SentMark(claim.id, "failed", why="blocked") for claim in claims])
    async with store.reading() as reads:
        assert await reads.unreached([AREA_A], WEEK) == [Unreached(SCHOOL, "pao", "blocked")]
        assert await reads.unreached([AREA_B], WEEK) == [Unreached(MILL, "lan", "blocked")]
        assert len(await reads.unreached([PROVINCE], WEEK)) == 2
        assert await reads.unreached([PROVINCE], NOW + timedelta(days=1)) == []


async def test_what_waits_is_what_is_due(store: SqlStore) -> None:
    """A reminder for tomorrow does not wait; one for now does, until it is sent."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    tomorrow = NOW + timedelta(days=1)
    await write(
        store,
        Speak(said("now", priority=Priority.ALERT)),
        Speak(said("later", priority=Priority.REMINDER, not_before=tomorrow)),
        Mark("backup", WEEK),
    )
    async with store.reading() as reads:
        assert await reads.waiting_messages(NOW) == 1
        assert await reads.waiting_messages(tomorrow) == 2
        assert await reads.marked("backup") == WEEK
        assert await reads.marked("never") is None
