"""Answers what `bot.ports.units` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.ports import (
    Contact,
    Holder,
)
from bot.ports.units import UnitReads
from bot.records import Person, Role, Unit
from storage.reading import (
    clock,
    people,
    units,
)
from storage.reads.asking import Asking


class UnitAsks(Asking, UnitReads):
    """Reads as `UnitReads` has them."""

    async def unit(self, unit: int) -> Unit | None:
        return await self.run(units.by_id, unit, self.today)

    async def unit_by_code(self, code: str) -> Unit | None:
        return await self.run(units.by_code, code, self.today)

    async def units_of_kind(self, kind: str, limit: int) -> list[Unit]:
        return await self.run(units.of_kind, kind, limit, self.today)

    async def search_units(self, under: Sequence[int], words: str, limit: int) -> list[Unit]:
        return await self.run(units.search, units.Search(under, words, limit), self.today)

    async def more_than(self, under: Sequence[int], most: int) -> bool:
        return await self.run(units.more_than, under, most, self.today)

    async def subtree(self, under: Sequence[int], on: date) -> list[Unit]:
        return await self.run(units.subtree, under, on)

    async def within(self, under: Sequence[int], units_: Sequence[int]) -> list[Unit]:
        return await self.run(units.within, under, units_, self.today)

    async def parents_on(self, units_: Sequence[int]) -> dict[int, list[tuple[date, date | None, int]]]:
        return await self.run(units.parents, units_)

    async def contacts(self, units_: Sequence[int]) -> list[Contact]:
        return await self.run(people.at, units_, self.today)

    async def last_heard(self, units_: Sequence[int]) -> dict[int, datetime]:
        return await self.run(people.last_heard, units_, self.today)

    async def officers_above(self, unit: int) -> list[Contact]:
        return await self.run(people.above, unit, self.today)

    async def posted(
        self, roles: Sequence[Role], after: str, limit: int, at: Sequence[int] | None = None
    ) -> list[Person]:
        return await self.run(clock.posted, clock.Page(roles, after, limit, at), self.today)

    async def holders(self, units_: Sequence[int], roles: Sequence[Role]) -> list[Holder]:
        return await self.run(clock.holders, units_, roles, self.today)
