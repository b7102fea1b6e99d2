"""Units and who holds what at them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.records import Person, Role, Unit


@dataclass(frozen=True, slots=True)
class Contact:
    """Somebody to call at a unit."""

    unit: int
    role: str
    person: str
    name: str
    honorific: str
    phone: str
    channels: tuple[str, ...]  # of open addresses


@dataclass(frozen=True, slots=True)
class Holder:
    """Somebody who holds a role at a unit today; `reachable` on any channel, where they may have to write first."""

    unit: int
    role: Role
    person: str
    reachable: bool
    silent: bool = False  # on no channel may anything be said to them now


class UnitReads(Protocol):
    """What can be asked of the organisation."""

    async def unit(self, unit: int) -> Unit | None:
        """Give a unit by id."""

    async def unit_by_code(self, code: str) -> Unit | None:
        """Give a unit by its code."""

    async def units_of_kind(self, kind: str, limit: int) -> list[Unit]:
        """List valid units of a kind, by code."""

    async def search_units(self, under: Sequence[int], words: str, limit: int) -> list[Unit]:
        """Find valid units in the subtrees of `under` (the roots included) whose code or name has the folded words."""

    async def more_than(self, under: Sequence[int], most: int) -> bool:
        """Tell whether today more units than that are managed by these, at any depth, the roots included."""

    async def subtree(self, under: Sequence[int], on: date) -> list[Unit]:
        """List the units managed on that day by these units, at any depth, the roots included."""

    async def within(self, under: Sequence[int], units: Sequence[int]) -> list[Unit]:
        """Give those of these units that are managed today by the units `under`, at any depth, or are among them."""

    async def parents_on(self, units: Sequence[int]) -> dict[int, list[tuple[date, date | None, int]]]:
        """Give the managing units of each unit with their dates (from, to, parent)."""

    async def contacts(self, units: Sequence[int]) -> list[Contact]:
        """List who holds a role at these units today, chairs first."""

    async def last_heard(self, units: Sequence[int]) -> dict[int, datetime]:
        """Tell when somebody who reports for these units last wrote, on any channel."""

    async def officers_above(self, unit: int) -> list[Contact]:
        """List the officers at the units above, the nearest first."""

    async def posted(
        self, roles: Sequence[Role], after: str, limit: int, at: Sequence[int] | None = None
    ) -> list[Person]:
        """List people who hold one of these roles today, by id, from after that id on; `at` some units, or anywhere."""

    async def holders(self, units: Sequence[int], roles: Sequence[Role]) -> list[Holder]:
        """List who holds these roles at units today, in the order in which they came to them."""
