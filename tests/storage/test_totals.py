"""Totals are what figures add up to, whatever is filed, corrected, withdrawn and moved, in any order."""

from __future__ import annotations

import random
from collections import Counter
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, select

from bot.cli.importing import import_units
from bot.effects import FileReport
from bot.ports import Reads, Sum
from bot.records import Figure, Role
from storage.halves import half_of, next_half
from storage.sql import add
from storage.store import SqlStore
from storage.tables import figures, totals, unit_links
from tests.storage.people import AREA_A, AREA_B, CLINIC, MILL, NAMES, PROVINCE, SCHOOL, joined, report, write

FIRST, DAYS = date(2026, 6, 20), 150
UNIONS, AREAS = (SCHOOL, CLINIC, MILL), (AREA_A, AREA_B)
Found = list[tuple[date, date | None, int]]


class Life:
    """A few months of three unions: what happens is drawn by dice."""

    def __init__(self, store: SqlStore, folder: Path, seed: int) -> None:
        self.store = store
        self.folder = folder
        self.dice = random.Random(seed)
        self.current: dict[tuple[int, int], tuple[str, int]] = {}  # (unit, number): id and version
        self.ids = 0

    def day(self) -> date:
        """Draw a day; the ends of the halves come often."""
        if self.dice.random() < 0.3:
            return next_half(FIRST + timedelta(days=self.dice.randrange(DAYS))) - timedelta(days=self.dice.randrange(2))
        return FIRST + timedelta(days=self.dice.randrange(DAYS))

    async def goes_on(self) -> None:
        """Let something happen."""
        await self.dice.choice([self.files, self.files, self.files, self.corrects, self.withdraws, self.moves])()

    async def files(self) -> None:
        """A union files a report."""
        unit = self.dice.choice(UNIONS)
        await self._write(unit, sum(1 for one, _number in self.current if one == unit) + 1, 1, "")

    async def corrects(self) -> None:
        """A report is filed anew, perhaps with another day."""
        if self.current:
            (unit, number), (before, version) = self.dice.choice(sorted(self.current.items()))
            await self._write(unit, number, version + 1, before)

    async def withdraws(self) -> None:
        """A report counts no more."""
        if self.current:
            (unit, number), (before, version) = self.dice.choice(sorted(self.current.items()))
            self.ids += 1
            self.current[unit, number] = (f"r{self.ids}", version + 1)
            gone = report(f"r{self.ids}", number, version + 1, unit=unit, replaces=before, state="withdrawn")
            await write(self.store, FileReport(gone))

    async def moves(self) -> None:
        """The list of units puts a unit under another one, perhaps from a day that is past."""
        unit = self.dice.choice((*UNIONS, AREA_B))
        above = AREA_A if unit == AREA_B else self.dice.choice((*AREAS, PROVINCE))
        file = self.folder / "moves.csv"
        file.write_text(f"code,parent,valid_from\n{NAMES[unit][0]},{NAMES[above][0]},{self.day()}\n")
        await import_units(self.store, file, dry_run=False)

    async def _write(self, unit: int, number: int, version: int, replaces: str) -> None:
        self.ids += 1
        id_, day = f"r{self.ids}", self.day()
        async with self.store.reading() as reads:
            parents = (await reads.parents_on([unit]))[unit]
        above = self.dice.choice([manager(parents, day), manager(parents, day), None])
        told = [("attendees", "", self.dice.randrange(50)), ("kind", self.dice.choice("ab"), 1)]
        counted = tuple(Figure(id_, unit, above, "dialogue", day, *one) for one in told)
        self.current[unit, number] = (id_, version)
        filed = report(id_, number, version, unit=unit, day=day, replaces=replaces)
        await write(self.store, FileReport(filed, counted))


def manager(links: Found, day: date) -> int | None:
    """Tell who manages a unit on a day; what was before its first link counts as if that had held."""
    first = min((since, parent) for since, _until, parent in links) if links else None
    for since, until, parent in links:
        if ((since, parent) == first or since <= day) and (until is None or day < until):
            return parent
    return None


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
    assert life.current
    assert await store.wrong_totals() == 0


async def _unit_by_unit(reads: Reads, roots: list[int], since: date, until: date) -> list[Sum]:
    """Add the sums of units up."""
    values, reports = Counter[tuple[str, str, str]](), Counter[tuple[str, str, str]]()
    for row in await reads.unit_sums(roots, since, until, "dialogue"):
        values["dialogue", row.field, row.choice] += row.value
        reports["dialogue", row.field, row.choice] += row.rows
    return [Sum(*key, values[key], reports[key]) for key in sorted(reports)]


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
