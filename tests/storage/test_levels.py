"""Levels are what units told last, added up, whatever is filed for which day, and whoever manages them."""

from __future__ import annotations

import asyncio
from datetime import date, timedelta

from bot.effects import FileReport
from bot.records import Figure, Role
from storage.sql import add
from storage.store import SqlStore
from storage.tables import levels
from tests.storage.people import AREA_A, AREA_B, CLINIC, MILL, PROVINCE, SCHOOL, TODAY, joined, report, write

FIELD = ("membership", "total_members")
DAY = date(2026, 5, 1)


def told(id_: str, value: int, day: date = DAY, unit: int = SCHOOL, number: int = 1) -> FileReport:
    """Give a report of the members a unit has."""
    parent = AREA_B if unit == MILL else AREA_A
    figure = Figure(id_, unit, parent, FIELD[0], day, FIELD[1], "", value, last=True)
    return FileReport(report(id_, number, unit=unit, day=day, form=FIELD[0]), (figure,))


async def members(store: SqlStore, unit: int, on: date = TODAY) -> int:
    """Add up what the units under this one told last."""
    async with store.reading() as reads:
        return sum(one.value for one in await reads.last_sums([unit], on, {FIELD: ""}))


async def test_a_value_holds_until_the_next_one(store: SqlStore) -> None:
    """A report that comes late, about an earlier day, changes the days until the next, and no others."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    await write(store, told("s1", 40), told("c1", 5, unit=CLINIC), told("m1", 700, unit=MILL))
    await write(store, told("s2", 50, DAY + timedelta(days=60), number=2))
    await write(store, told("s3", 45, DAY + timedelta(days=30), number=3))
    seen = [await members(store, AREA_A, DAY + timedelta(days=days)) for days in (-1, 0, 29, 30, 59, 60, 99)]
    assert seen == [0, 45, 45, 50, 50, 55, 55]
    assert await members(store, PROVINCE) == 755
    assert await members(store, SCHOOL) == 50
    assert await store.wrong_totals() == 0


async def test_reports_that_are_filed_at_once_all_count(store: SqlStore) -> None:
    """Two transactions that change the same level at the same time leave what both of them said."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    days = [DAY + timedelta(days=n) for n in range(12)]
    filings = [told(f"{unit}-{n}", 10 + n, day, unit, n + 1) for n, day in enumerate(days) for unit in (SCHOOL, CLINIC)]
    await asyncio.gather(*(write(store, one) for one in filings))
    assert await members(store, AREA_A) == 42
    assert await store.wrong_totals() == 0


async def test_wrong_levels_are_found_and_mended(store: SqlStore) -> None:
    """One that was changed and one of nothing are told, until all are made anew; one that changes nothing is none."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    await write(store, told("s1", 40))
    numbers = {"value": 40, "units": 1, "members": 0, "workers": 0}
    harmless = {"parent": AREA_A, "form": FIELD[0], "field": FIELD[1], "day": DAY + timedelta(days=7), **numbers}
    async with store.batch() as batch:
        await batch.run(add, levels, [harmless])
    assert await store.wrong_totals() == 0
    async with store.batch() as batch:
        await batch.run(add, levels, [{**harmless, "parent": AREA_B}])
        await batch.run(lambda c: c.execute(levels.update().where(levels.c.day == DAY).values(value=41)))
    assert await store.wrong_totals() == 3  # 41, back to 40, and what nobody told
    await store.mend_totals()
    assert (await store.wrong_totals(), await members(store, PROVINCE)) == (0, 40)
