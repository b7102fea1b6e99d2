"""Figures added up, and units counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Asked:
    """Whom a period asks to report: units of these kinds that had begun by a day, and that last beyond another.

    What closes it: any report kept under one of its codes, or, where it names forms, reports of these about its days.
    """

    codes: tuple[str, ...]
    kinds: frozenset[str]
    begun_by: date
    lasting: date  # a unit whose `valid_to` is this day or earlier is not asked
    due_at: datetime
    forms: tuple[str, ...]
    nil: bool  # "nothing to report" closes it too
    days: tuple[date, date]  # the first and the last


@dataclass(frozen=True, slots=True)
class Tally:
    """How many units stand how with a period: `due` are asked to report, and `nil` of those that did had nothing to."""

    due: int
    on_time: int
    late: int
    nil: int

    @property
    def received(self) -> int:
        """Count the units that reported, nil included."""
        return self.on_time + self.late

    @property
    def lacking(self) -> int:
        """Count the units that have not reported."""
        return self.due - self.received

    @property
    def share(self) -> float:
        """Give the share of the due reports that was received; 1 where none was due, for then none lacks."""
        return self.received / self.due if self.due else 1.0


@dataclass(frozen=True, slots=True)
class Sum:
    """A summed figure: of one form, field and (for counts by choice) choice."""

    form: str
    field: str
    choice: str
    value: int
    rows: int  # submissions it comes from


@dataclass(frozen=True, slots=True)
class UnitSum:
    """A summed figure of one unit, while one unit managed it: two rows for a unit that moved on the way."""

    unit: int
    parent: int | None  # the managing unit on the days of the events
    field: str
    choice: str
    value: int
    rows: int  # submissions it comes from


@dataclass(frozen=True, slots=True)
class Tied:
    """What was reported for one choice, such as a campaign: by how many units, and the sums of those reports."""

    units: int = 0
    sums: tuple[Sum, ...] = ()


class FigureReads(Protocol):
    """What can be asked of figures."""

    async def sums(self, under: Sequence[int], since: date, until: date) -> list[Sum]:
        """Sum the figures of the days since..until over what was under these units on the day of each event."""

    async def unit_sums(self, under: Sequence[int], since: date, until: date, form: str) -> list[UnitSum]:
        """Sum the figures of one form unit by unit: together they are what `sums` gives for the same days."""

    async def tied(self, under: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> Tied:
        """Give what was reported with this choice (field, code) in these days, by what was under these units then."""

    async def chose(self, units: Sequence[int], since: date, until: date, chosen: tuple[str, str]) -> set[int]:
        """Tell which of these units reported something with this choice (field, code) in these days."""

    async def last_values(
        self, under: Sequence[int], until: date, fields: Sequence[tuple[str, str]], on: date | None = None
    ) -> list[tuple[int, str, str, int]]:
        """Give for each unit and (form, field) the latest figure up to that day: (unit, form, field, value).

        The units are those under these on that day, or `on` another.
        """

    async def last_sums(self, under: Sequence[int], on: date, fields: Mapping[tuple[str, str], str]) -> list[Sum]:
        """Add up, over the units managed by these on a day, their latest figures up to it; rows: units that told them.

        `fields` names for each (form, field) what stands in for a unit that told none: "members" or "workers" of the
        list of units, or "" for nothing. Only figures marked `last` are known.
        """

    async def tally(self, under: Sequence[int], on: date, asked: Asked) -> Tally:
        """Count how the units stand that are managed by these on a day."""
