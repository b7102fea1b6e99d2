"""A few months of three unions, drawn by dice: reports filed, corrected and withdrawn, units that move and grow."""

from __future__ import annotations

import random
from datetime import date, timedelta
from pathlib import Path

from bot.cli.importing import import_units
from bot.effects import FileReport
from bot.records import Figure
from storage.halves import next_half
from storage.store import SqlStore
from tests.storage.people import AREA_A, AREA_B, CLINIC, MILL, NAMES, PROVINCE, SCHOOL, report, write

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
        may = [self.files, self.files, self.files, self.corrects, self.withdraws, self.moves, self.grows]
        await self.dice.choice(may)()

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
        await self._list(f"code,parent,valid_from\n{NAMES[unit][0]},{NAMES[above][0]},{self.day()}\n")

    async def grows(self) -> None:
        """The list of units says how many members a unit has."""
        unit, members = self.dice.choice((*UNIONS, AREA_B)), self.dice.randrange(10, 500)
        await self._list(f"code,members,workers\n{NAMES[unit][0]},{members},{members * 2}\n")

    async def _list(self, rows: str) -> None:
        file = self.folder / "units.csv"
        file.write_text(rows)
        await import_units(self.store, file, dry_run=False)

    async def _write(self, unit: int, number: int, version: int, replaces: str) -> None:
        self.ids += 1
        id_, day = f"r{self.ids}", self.day()
        async with self.store.reading() as reads:
            parents = (await reads.parents_on([unit]))[unit]
        above = self.dice.choice([manager(parents, day), manager(parents, day), None])
        told = [("attendees", "", self.dice.randrange(50)), ("kind", self.dice.choice("ab"), 1)]
        counted = tuple(Figure(id_, unit, above, "dialogue", day, *one, last=one[0] == "attendees") for one in told)
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
