"""What officers say about reports is kept by turns, and decides which reports still wait."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.effects import FileReport, ReviewReport
from bot.ports import Awaiting, Conflict
from bot.records import Review, Role, Verdict
from storage.store import SqlStore
from tests.storage.people import AREA_A, AREA_B, CLINIC, MILL, NOW, PROVINCE, SCHOOL, filed, joined, report, write

FORMS = ("dialogue", "recruitment")


def said(number: int, verdict: Verdict, turn: int = 1, **changes: object) -> ReviewReport:
    """Give what Mai says about a report of the school."""
    told: dict[str, object] = {"version": 1, "at": NOW, "person": "mai"}
    return ReviewReport(Review(SCHOOL, number, turn, verdict=verdict, **(told | changes)))  # type: ignore[arg-type]


async def waiting(store: SqlStore, *under: int) -> list[str]:
    """Name the reports that wait for an officer of these units."""
    async with store.reading() as reads:
        return [one.id for one in await reads.awaiting(Awaiting(under, FORMS, NOW - timedelta(days=60)), 10)]


async def test_what_is_accepted_or_returned_waits_no_more(store: SqlStore) -> None:
    """A comment leaves a report in the queue; accepting or sending it back takes it out, a correction puts it back."""
    await write(store, *joined("mai", Role.AREA_OFFICER, AREA_A))
    await filed(store, *(FileReport(report(f"s{n}", n)) for n in (1, 2, 3)))
    await write(store, said(1, Verdict.ACCEPTED), said(2, Verdict.RETURNED, field="attendees"), said(3, Verdict.NOTED))
    assert await waiting(store, AREA_A) == ["s3"]
    await write(store, FileReport(report("s4", 1, 2, replaces="s1")), FileReport(report("s5", 2, 2, replaces="s2")))
    assert set(await waiting(store, PROVINCE)) == {"s3", "s4", "s5"}


async def test_a_returned_report_stands_as_such_until_it_is_accepted(store: SqlStore) -> None:
    """Its state says so, and it is still in the history that its correction needs."""
    await write(store, *joined("mai", Role.AREA_OFFICER, AREA_A))
    await filed(store, FileReport(report("s1")))
    await write(store, said(1, Verdict.RETURNED, reason="figure", note="18 hay 81?", field="attendees"))
    async with store.reading() as reads:
        found = await reads.history([SCHOOL], ["dialogue"], NOW.date() - timedelta(days=60))
        assert [one.state for one in found] == ["returned"]
        (kept,) = await reads.reviews(SCHOOL, 1)
        assert (kept.verdict, kept.reason, kept.field) == (Verdict.RETURNED, "figure", "attendees")
    await write(store, said(1, Verdict.ACCEPTED, turn=2))
    async with store.reading() as reads:
        assert [one.state for one in await reads.versions(SCHOOL, 1)] == ["filed"]


async def test_two_officers_cannot_say_the_same_turn(store: SqlStore) -> None:
    """The second one collides, and finds what the first one said."""
    await write(store, *joined("mai", Role.AREA_OFFICER, AREA_A))
    await filed(store, FileReport(report("s1")))
    await write(store, said(1, Verdict.ACCEPTED))
    with pytest.raises(Conflict):
        await write(store, said(1, Verdict.RETURNED))


async def test_the_queue_is_of_ones_own_units_and_counted_by_area_and_kind(store: SqlStore) -> None:
    """Reports of other areas are neither listed nor counted."""
    await filed(
        store,
        FileReport(report("s1")),
        FileReport(report("s2", 2, form="recruitment")),
        FileReport(report("m1", unit=MILL)),
        FileReport(report("c1", unit=CLINIC, filed_at=NOW - timedelta(days=90))),
    )
    assert set(await waiting(store, AREA_A)) == {"s1", "s2"}
    assert await waiting(store, AREA_B) == ["m1"]
    assert await waiting(store, CLINIC) == []
    asked = Awaiting((PROVINCE,), FORMS, NOW - timedelta(days=60))
    async with store.reading() as reads:
        assert await reads.awaiting_counts(asked) == [
            (AREA_A, "dialogue", 1),
            (AREA_A, "recruitment", 1),
            (AREA_B, "dialogue", 1),
        ]


async def test_units_within_reach_are_told_from_others(store: SqlStore) -> None:
    """A unit is within the reach of itself and of all above it, not of its neighbours."""
    async with store.reading() as reads:
        assert [one.id for one in await reads.within([AREA_A], [SCHOOL, MILL, AREA_A, PROVINCE])] == [AREA_A, SCHOOL]
        assert [one.id for one in await reads.within([PROVINCE], [SCHOOL, MILL])] == [SCHOOL, MILL]
