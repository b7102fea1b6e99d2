"""Every number of a digest is the sum of what can be opened behind it, whatever was filed, changed and moved."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.ports import Cell
from bot.records import Role
from storage.store import SqlStore
from tests.storage.life import AREAS, UNIONS, Life
from tests.storage.people import PROVINCE, SCHOOL, joined, write


@pytest.mark.parametrize("seed", range(4))
async def test_a_number_is_the_sum_of_its_shares_and_reports(store: SqlStore, tmp_path: Path, seed: int) -> None:
    """After random filing, correcting, withdrawing and moving, also for units that lie within one another."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    life, seen = Life(store, tmp_path, 100 + seed), 0
    for _step in range(6):
        for _event in range(4):
            await life.goes_on()
        roots = life.dice.sample((PROVINCE, *AREAS, *UNIONS), life.dice.choice([1, 1, 2, 3]))
        since, until = sorted((life.day(), life.day()))
        async with store.reading() as reads:
            for told in await reads.sums(roots, since, until):
                cell = Cell(told.form, told.field, told.choice)
                shares = await reads.shares(roots, (since, until), cell)
                assert sum(share.value for share in shares) == told.value, (roots, since, until, cell)
                assert sum(share.reports for share in shares) == told.rows
                for share in shares:
                    parts = await reads.parts(roots, (since, until), cell, {share.unit})
                    assert (sum(part.value for part in parts), len(parts)) == (share.value, share.reports)
                    seen += len(parts)
    assert seen


@pytest.mark.parametrize("seed", range(2))
async def test_reports_are_counted_once_however_many_figures_they_have(
    store: SqlStore, tmp_path: Path, seed: int
) -> None:
    """Without a field, the number is how many reports of the kind there are, and each of them can be opened."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    life = Life(store, tmp_path, 200 + seed)
    for _event in range(20):
        await life.goes_on()
    days = (life.day().replace(month=1, day=1), life.day().replace(month=12, day=31))
    async with store.reading() as reads:
        attendees = next(one for one in await reads.sums([PROVINCE], *days) if one.field == "attendees")
        shares = await reads.shares([PROVINCE], days, Cell("dialogue"))
        parts = await reads.parts([PROVINCE], days, Cell("dialogue"), {share.unit for share in shares})
        assert sum(share.value for share in shares) == attendees.rows == len({part.submission for part in parts})


@pytest.mark.parametrize("seed", range(2))
async def test_units_apart_have_the_sums_they_have_alone(store: SqlStore, tmp_path: Path, seed: int) -> None:
    """What progress is measured by is what the digest of that unit says."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    life = Life(store, tmp_path, 300 + seed)
    for _step in range(4):
        for _event in range(5):
            await life.goes_on()
        since, until = sorted((life.day(), life.day()))
        async with store.reading() as reads:
            apart = await reads.sums_each([PROVINCE, *AREAS, *UNIONS], since, until, ("dialogue",))
            for unit, sums in apart.items():
                assert sums == await reads.sums([unit], since, until), unit
