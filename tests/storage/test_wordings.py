"""What offices write for official reports is kept by versions; the words of units are found."""

from __future__ import annotations

from dataclasses import replace
from datetime import date, timedelta

import pytest

from bot.effects import FileReport, KeepWording
from bot.ports import Conflict
from bot.ports.wordings import Quoted
from bot.records import Wording
from storage.store import SqlStore
from tests.storage.people import AREA_A, AREA_B, CLINIC, MILL, NOW, PROVINCE, SCHOOL, filed, report, write

FIRST = Wording(AREA_A, "2026-11", "uu_diem", 1, "Làm tốt.\nLàm nhanh.", "mai", NOW)
NOVEMBER = (date(2026, 10, 16), date(2026, 11, 15))
RESULTS = (("dialogue", "key_results"), ("periodic", "highlights"))


async def test_the_latest_version_of_each_part_counts(store: SqlStore) -> None:
    """Of the units and the period that are asked for; one that was taken back is there as empty."""
    second = replace(FIRST, version=2, text="", at=NOW + timedelta(hours=1))
    other, elsewhere = replace(FIRST, part="han_che"), replace(FIRST, unit=AREA_B)
    await write(store, *(KeepWording(one) for one in (FIRST, other, elsewhere, replace(FIRST, period="2026"))))
    await write(store, KeepWording(second))
    async with store.reading() as reads:
        assert await reads.wordings([AREA_A], "2026-11") == [other, second]
        assert await reads.wordings([PROVINCE], "2026-11") == []


async def test_two_people_cannot_write_the_same_version(store: SqlStore) -> None:
    """The second one collides, and finds what the first one wrote."""
    await write(store, KeepWording(FIRST))
    with pytest.raises(Conflict):
        await write(store, KeepWording(replace(FIRST, person="thuong", text="Khác.")))
    async with store.reading() as reads:
        assert await reads.wordings([AREA_A], "2026-11") == [FIRST]


async def test_words_of_units_are_found(store: SqlStore) -> None:
    """Of units under those asked about, of days asked about, as they count now, and only where something was said."""
    told = {"attendees": 3, "key_results": "Tăng tiền ăn ca"}
    await filed(
        store,
        FileReport(report("s1", 1, answers=told)),
        FileReport(report("s2", 2, answers={**told, "key_results": None})),
        FileReport(report("s3", 3, answers=told, day=date(2026, 10, 1))),
        FileReport(report("s4", 1, unit=CLINIC, form="periodic", answers={"highlights": '"Tốt"'})),
        FileReport(report("s5", 2, unit=CLINIC, form="periodic", answers={"note": '"highlights":"x"'})),
        FileReport(report("s6", 1, unit=MILL, answers=told)),
        FileReport(report("s7", 4, answers=told, state="withdrawn")),
    )
    async with store.reading() as reads:
        found = await reads.quoting(Quoted((AREA_A,), RESULTS, *NOVEMBER), 9)
        assert {one.id for one in found} == {"s1", "s4"}
        assert {one.id for one in await reads.quoting(Quoted((PROVINCE,), RESULTS[:1], *NOVEMBER), 9)} == {"s1", "s6"}
        assert len(await reads.quoting(Quoted((PROVINCE,), RESULTS, *NOVEMBER), 1)) == 1
        assert [one.unit for one in found if one.form == "dialogue"] == [SCHOOL]
