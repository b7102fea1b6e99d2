"""Totals are what figures add up to, whatever is filed, corrected, withdrawn and moved, in any order."""

from __future__ import annotations

from collections import Counter
from datetime import date
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.effects import FileReport
from bot.ports import Reads, Sum
from bot.records import Figure, Role
from storage.halves import half_of, next_half
from storage.sql import add
from storage.store import SqlStore
from storage.tables import figures, totals, unit_links
from tests.storage.life import AREAS, UNIONS, Found, Life, manager
from tests.storage.people import AREA_A, AREA_B, PROVINCE, SCHOOL, joined, report, write


def summed(connection: Connection, roots: set[int], since: date, until: date) -> list[Sum]:
    """Sum day by day and figure by figure, as it is meant."""
    links: dict[int, Found] = {}
    of = select(unit_links).where(unit_links.c.relation == "manages").order_by(unit_links.c.valid_from)
    for link in connection.execute(of):
        links.setdefault(link.child, []).append((link.valid_from, link.valid_to, link.parent))
    values, reports = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for row in connection.execute(select(figures).where(figures.c.day.between(since, until))):
        above = row.parent
        while above is not None and above not in roots:
            above = manager(links.get(above, []), row.day)
        if above is not None or row.unit in roots:
            values[row.form, row.field, row.choice] += row.value
            reports[row.form, row.field, row.choice] += 1
    return [Sum(*key, values[key], reports[key]) for key in sorted(reports)]


@pytest.mark.parametrize("seed", range(5))
async def test_sums_are_the_same_as_counted_one_by_one(store: SqlStore, tmp_path: Path, seed: int) -> None:
    """For any units and days asked for, and all totals stay those of their figures."""
    await write(store, *joined("pao", Role.CHAIR, SCHOOL))
    life = Life(store, tmp_path, seed)
    for _step in range(12):
        for _event in range(3):
            await life.goes_on()
        roots = life.dice.sample((PROVINCE, *AREAS, *UNIONS), life.dice.choice([1, 1, 2, 3]))
        since, until = sorted((life.day(), life.day()))
        async with store.reading() as reads:
            wanted = await reads.run(summed, set(roots), since, until)
            assert await reads.sums(roots, since, until) == wanted, (roots, since, until)
            assert await _unit_by_unit(reads, roots, since, until) == wanted, (roots, since, until)
            await _last(reads, roots, until)
    assert life.current
    assert await store.wrong_totals() == 0


async def _unit_by_unit(reads: Reads, roots: list[int], since: date, until: date) -> list[Sum]:
    """Add the sums of units up."""
    values, reports = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for row in await reads.unit_sums(roots, since, until, "dialogue"):
        values["dialogue", row.field, row.choice] += row.value
        reports["dialogue", row.field, row.choice] += row.rows
    return [Sum(*key, values[key], reports[key]) for key in sorted(reports)]


async def _last(reads: Reads, roots: list[int], until: date) -> None:
    """Compare the latest values added up with those of each unit."""
    field = ("dialogue", "attendees")
    listed = await reads.subtree(roots, until)
    told = {unit: value for unit, *_field, value in await reads.last_values(roots, until, [field])}
    known = [told.get(unit.id, unit.members) for unit in listed]
    value, rows = sum(one for one in known if one is not None), sum(1 for unit in listed if unit.id in told)
    wanted = [Sum(*field, "", value, rows)] if rows or value else []
    assert await reads.last_sums(roots, until, {field: "members"}) == wanted, (roots, until)


async def test_wrong_totals_are_found_and_mended(store: SqlStore) -> None:
    """One that was changed, one that lacks and one of nothing are told, until all are made anew."""
    day = date(2026, 5, 1)
    counted = [Figure("s1", SCHOOL, AREA_A, "dialogue", day, field, "", 3) for field in ("attendees", "opinions")]
    await write(store, *joined("pao", Role.CHAIR, SCHOOL), FileReport(report("s1", day=day), tuple(counted)))
    assert await store.wrong_totals() == 0
    stray = {"parent": AREA_B, "half": day, "form": "f", "field": "x", "choice": "", "value": 1, "reports": 1}
    async with store.batch() as batch:
        await batch.run(lambda c: c.execute(totals.update().where(totals.c.field == "attendees").values(value=4)))
        await batch.run(lambda c: c.execute(totals.delete().where(totals.c.field == "opinions")))
        await batch.run(add, totals, [stray])
    assert await store.wrong_totals() == 3
    await store.mend_totals()
    assert await store.wrong_totals() == 0
    async with store.reading() as reads:
        assert [(one.field, one.value) for one in await reads.sums([PROVINCE], day, day.replace(day=15))] == [
            ("attendees", 3),
            ("opinions", 3),
        ]


@pytest.mark.parametrize(
    ("day", "half", "following"),
    [
        (date(2026, 2, 1), date(2026, 2, 1), date(2026, 2, 1)),
        (date(2026, 2, 2), date(2026, 2, 1), date(2026, 2, 16)),
        (date(2026, 2, 16), date(2026, 2, 16), date(2026, 2, 16)),
        (date(2026, 2, 28), date(2026, 2, 16), date(2026, 3, 1)),
        (date(2026, 12, 17), date(2026, 12, 16), date(2027, 1, 1)),
    ],
)
def test_halves(day: date, half: date, following: date) -> None:
    """A half begins on the 1st and on the 16th."""
    assert (half_of(day), next_half(day)) == (half, following)
