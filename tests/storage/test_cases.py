"""Cases in the database: kept whole, one event of a number, found by who may want them."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.cases.case import Case, Deed, Event, Kind, State
from bot.cases.desks import NOBODY_ABOVE
from bot.effects import EndRoles, ErasePerson, KeepCase
from bot.ports import Conflict
from bot.records import Role
from storage.store import SqlStore
from tests.storage.people import AREA_A, CLINIC, MILL, NOW, PROVINCE, SCHOOL, TODAY, joined, look, write

DAY = timedelta(days=1)
CASE = Case("c1", 1, Kind.PETITION, "nha_o", SCHOOL, "pao", NOW, State.OPENED, "mai", AREA_A, NOW + DAY)


def kept(case: Case, deed: Deed = Deed.OPENED, text: str = "nhà ở xa") -> KeepCase:
    """Keep a case as it is after one more event."""
    return KeepCase(case, Event(case.id, case.seq, NOW, "pao", deed, case.owner, text))


async def someone(store: SqlStore) -> None:
    """Put a chair, an area officer, a leader and an administrator into their posts."""
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        *joined("mai", Role.AREA_OFFICER, AREA_A),
        *joined("lan", Role.PROV_LEADER, PROVINCE),
        *joined("admin", Role.ADMIN, PROVINCE),
    )


async def test_a_case_comes_back_as_it_was_kept(store: SqlStore) -> None:
    """Every field of a case and of its events survives."""
    await someone(store)
    case = replace(CASE, alerted=("mai", "lan"), next_at=NOW, serious=True, report=4, wording="lời", answered_at=NOW)
    await write(store, kept(case))
    async with store.reading() as reads:
        assert await reads.case(1) == case == await reads.case_of_report(SCHOOL, 4)
        assert await reads.case_events("c1") == [kept(case).event]
        assert await reads.written_by("pao") == [kept(case).event]
        assert await reads.last_case() == 1
        assert await reads.case(2) is None is await reads.case_of_report(SCHOOL, 5)


async def test_of_two_events_at_once_the_second_must_look_again(store: SqlStore) -> None:
    """The number of an event is given once: nothing is overwritten unseen."""
    await someone(store)
    await write(store, kept(CASE))
    await write(store, kept(replace(CASE, seq=1, state=State.TAKEN), Deed.TAKEN))
    with pytest.raises(Conflict):
        await write(store, kept(replace(CASE, seq=1, state=State.ANSWERED), Deed.ANSWERED))
    with pytest.raises(Conflict):
        await write(store, kept(replace(CASE, id="c2")))
    async with store.reading() as reads:
        found = await reads.case(1)
    assert found is not None
    assert found.state is State.TAKEN


async def test_who_finds_which_cases(store: SqlStore) -> None:
    """Units find theirs without others' questions, officers what waits under them, the clock what is due."""
    await someone(store)
    question = replace(CASE, id="c2", number=2, kind=Kind.QUESTION, next_at=NOW)
    done = replace(CASE, id="c3", number=3, state=State.CLOSED, unit=CLINIC)
    incident = replace(CASE, id="c4", number=4, kind=Kind.INCIDENT, due_at=NOW + 9 * DAY, next_at=NOW + DAY)
    await write(store, *(kept(case) for case in (CASE, question, done, incident)))
    async with store.reading() as reads:
        assert [c.number for c in await reads.cases_of([SCHOOL, CLINIC], "thuong", 9)] == [4, 1, 3]
        assert [c.number for c in await reads.cases_of([], "pao", 9)] == [4, 2, 1, 3]
        assert [c.number for c in await reads.cases_to_see_to([AREA_A], 9)] == [4, 1, 2]
        assert await reads.cases_to_see_to([MILL], 9) == []
        assert [c.number for c in await reads.cases_opened([PROVINCE], NOW, NOW + DAY)] == [1, 2, 3, 4]
    async with store.batch() as batch:
        assert [c.number for c in await batch.due_cases(NOW, 9)] == [2]


async def test_a_case_is_adrift_when_its_owner_left(store: SqlStore) -> None:
    """A role that ended, at the union where it lies, sets a case adrift; a closed one is left alone."""
    await someone(store)
    await write(store, kept(CASE), kept(replace(CASE, id="c2", number=2, state=State.CLOSED)))
    async with store.batch() as batch:
        assert await batch.cases_adrift(9) == []
    await write(store, EndRoles(AREA_A, Role.AREA_OFFICER, "", TODAY))
    async with store.batch() as batch:
        assert [case.number for case in await batch.cases_adrift(9)] == [1]


async def test_officers_above_come_nearest_first(store: SqlStore) -> None:
    """The way up, then leaders and administrators; from the desk, once nothing is above the unit."""
    await someone(store)
    async with store.reading() as reads:
        above = await reads.officers_over(SCHOOL, None)
        detached = await reads.officers_over(PROVINCE, AREA_A)
    assert [(one.person, one.steps) for one in above] == [("mai", 1), ("lan", 2), ("admin", NOBODY_ABOVE)]
    assert [(one.person, one.steps) for one in detached] == [("mai", 0), ("lan", 1), ("admin", NOBODY_ABOVE)]


async def test_erasure_blanks_what_somebody_wrote_in_cases(store: SqlStore) -> None:
    """The words of whoever is erased go, the case and its dates stay."""
    await someone(store)
    await write(store, kept(CASE))
    await write(store, ErasePerson("pao", NOW))
    assert await look(store, "SELECT text, deed FROM case_events") == [("", "opened")]
