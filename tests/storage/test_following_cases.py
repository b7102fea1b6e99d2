"""The clock of cases on both databases: due ones go on, adrift ones get an officer, two clocks do it once."""

from __future__ import annotations

import asyncio
import itertools
from dataclasses import replace
from datetime import timedelta

from sqlalchemy import update

from bot.cases.case import Case, Deed, Event, Kind, State
from bot.effects import EndRoles, KeepCase
from bot.jobs import FollowCases
from bot.ports import Conflict, StoreBusy
from bot.records import Role
from storage.store import SqlStore
from storage.tables import unit_links
from tests.stage import house
from tests.storage.conftest import clock
from tests.storage.people import AREA_A, AREA_B, NOW, PROVINCE, SCHOOL, TODAY, joined, look, write

HOUR = timedelta(hours=1)
CASE = Case("c1", 1, Kind.PETITION, "", SCHOOL, "pao", NOW, State.OPENED, "mai", AREA_A, NOW - HOUR, next_at=NOW - HOUR)


async def people(store: SqlStore, *cases: Case) -> None:
    """Put people into their posts, and open cases."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        *joined("mai", Role.AREA_OFFICER, AREA_A),
        *joined("lan", Role.PROV_LEADER, PROVINCE),
        *(KeepCase(one, Event(one.id, 0, NOW, "pao", Deed.OPENED, "mai", "x")) for one in cases),
    )


async def deeds(store: SqlStore) -> list[tuple[str, str]]:
    """List what the clock did."""
    return [
        tuple(row) for row in await look(store, 'SELECT deed, "to" FROM case_events WHERE seq > 0 ORDER BY at, seq')
    ]


async def test_what_is_due_goes_on_once(store: SqlStore) -> None:
    """Told the time twice, the clock does one step; the message is there once."""
    await people(store, CASE, replace(CASE, id="c2", number=2, next_at=NOW + HOUR))
    following = FollowCases(store, lambda: house(itertools.count(1)))
    await following(NOW)
    await following(NOW)
    assert await deeds(store) == [("overdue", "mai")]
    assert len(await store.due_messages(NOW, 9)) == 1


async def test_whoever_left_is_followed_by_another(store: SqlStore) -> None:
    """The leader has the case of an officer who left; a case that nobody can have waits without harm."""
    await people(store, replace(CASE, next_at=None))
    await write(store, EndRoles(AREA_A, Role.AREA_OFFICER, "", TODAY))
    following = FollowCases(store, lambda: house(itertools.count(1)))
    await following(NOW)
    await following(NOW)
    assert await deeds(store) == [("reassigned", "lan")]
    await write(store, EndRoles(PROVINCE, Role.PROV_LEADER, "", TODAY))
    await following(NOW)
    assert await deeds(store) == [("reassigned", "lan")]


async def test_a_case_follows_its_unit(store: SqlStore) -> None:
    """A unit comes under another area: the officer there has its case, the former one and the unit hear of it once."""
    held = replace(CASE, next_at=None)
    await people(store, held, replace(held, id="c2", number=2, owner="lan", desk=PROVINCE))
    await write(store, *joined("seo", Role.AREA_OFFICER, AREA_B))
    following = FollowCases(store, lambda: house(itertools.count(1)))
    await following(NOW)
    assert await deeds(store) == []
    async with store.batch() as batch:
        move = update(unit_links).where(unit_links.c.child == SCHOOL)
        await batch.run(lambda connection: connection.execute(move.values(parent=AREA_B)))
    await following(NOW)
    await following(NOW)
    assert await deeds(store) == [("moved", "seo")]
    told = await look(store, "SELECT chat FROM outbox ORDER BY chat")
    assert [row[0] for row in told] == ["chat-mai", "chat-pao", "chat-seo"]
    assert await look(store, "SELECT owner, desk FROM cases ORDER BY number") == [("seo", AREA_B), ("lan", PROVINCE)]


async def test_two_clocks_do_it_once(store: SqlStore, url: str) -> None:
    """Of two processes that look at the same minute, one does the step."""
    await people(store, CASE)
    other = await SqlStore.open(url, clock)
    clocks = [FollowCases(one, lambda: house(itertools.count(1))) for one in (store, other)]
    outcomes = await asyncio.gather(*(one(NOW) for one in clocks), return_exceptions=True)
    await other.close()
    assert all(outcome is None or isinstance(outcome, Conflict | StoreBusy) for outcome in outcomes), outcomes
    assert await deeds(store) == [("overdue", "mai")]
