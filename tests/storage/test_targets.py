"""Targets in the database: versions, and the figures of each unit they are measured by."""

from __future__ import annotations

from datetime import date

from bot.effects import Assign, FileReport
from bot.ports import Sum
from bot.records import Figure, Target
from storage.store import SqlStore
from tests.storage.people import AREA_A, AREA_B, CLINIC, MILL, NOW, PROVINCE, SCHOOL, filed, look, report, write
from tests.storage.test_figures import counted

YEAR = (date(2026, 1, 1), date(2026, 12, 31))
FORMS = ("dialogue",)


def assign(*targets: Target) -> Assign:
    """Give the effect that assigns targets."""
    return Assign(targets, "mai", NOW)


async def test_a_target_assigned_again_keeps_its_earlier_versions(store: SqlStore) -> None:
    """The latest is in force; the versions tell who assigned what, with which document."""
    first = Target(SCHOOL, "members", 2026, 10, doc_no="01", decided_by="A", valid_from=date(2026, 1, 5))
    second = Target(SCHOOL, "members", 2026, 12, "net", doc_no="02")
    other = Target(CLINIC, "members", 2026, 7)
    await write(store, assign(first, other))
    await write(store, assign(second), assign(Target(SCHOOL, "members", 2027, 15)))
    async with store.reading() as reads:
        assert await reads.targets([SCHOOL, CLINIC, MILL], 2026) == [second, other]
        assert await reads.targets([SCHOOL], 2025) == []
        versions = await reads.assignments(SCHOOL, "members", 2026)
        assert [(one.version, one.target, one.person) for one in versions] == [(2, second, "mai"), (1, first, "mai")]
        assert await reads.all_targets(2026) == [("A-01", second), ("A-02", other)]
    assert await look(store, "SELECT count(*) FROM targets WHERE current") == [(3,)]


async def test_one_effect_may_assign_the_same_twice(store: SqlStore) -> None:
    """Its last word counts."""
    await write(store, assign(Target(SCHOOL, "members", 2026, 1), Target(SCHOOL, "members", 2026, 2)))
    async with store.reading() as reads:
        assert [one.value for one in await reads.targets([SCHOOL], 2026)] == [2]


async def test_figures_are_summed_for_each_unit_apart(store: SqlStore) -> None:
    """A grassroots union has its own, a union above all that was under it; other kinds and years stay out."""
    day = date(2026, 5, 1)
    elsewhere = Figure("m2", MILL, AREA_B, "propaganda", day, "sessions", "", 4)
    await filed(
        store,
        counted("s1", 1, day, attendees=12, kind__periodic=1),
        counted("s2", 2, date(2026, 12, 31), attendees=3),
        counted("s3", 3, date(2025, 12, 31), attendees=100),
        counted("c1", 1, day, CLINIC, attendees=5),
        counted("m1", 1, day, MILL, AREA_B, attendees=40),
        FileReport(report("m2", 2, unit=MILL, day=day, form="propaganda"), (elsewhere,)),
    )
    async with store.reading() as reads:
        found = await reads.sums_each([SCHOOL, CLINIC, MILL, AREA_A, PROVINCE, AREA_B], *YEAR, FORMS)
        assert found[SCHOOL] == [
            Sum("dialogue", "attendees", "", 15, 2),
            Sum("dialogue", "kind", "periodic", 1, 1),
        ]
        assert found[MILL] == found[AREA_B] == [Sum("dialogue", "attendees", "", 40, 1)]
        assert found[AREA_A][0] == Sum("dialogue", "attendees", "", 20, 3)
        assert found[PROVINCE][0] == Sum("dialogue", "attendees", "", 60, 4)
        assert await reads.sums_each([], *YEAR, FORMS) == {}


async def test_the_units_that_a_unit_manages_itself(store: SqlStore) -> None:
    """Those one level below, by code."""
    async with store.reading() as reads:
        assert [unit.id for unit in await reads.managed(PROVINCE)] == [AREA_A, AREA_B]
        assert [unit.id for unit in await reads.managed(AREA_A)] == [SCHOOL, CLINIC]
        assert await reads.managed(SCHOOL) == []
