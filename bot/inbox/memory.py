"""What the turns of one batch have read of units: earlier reports, the last report number, who manages them."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Iterable
from datetime import date, datetime

from bot.forms.facts import HISTORY
from bot.i18n import local_day
from bot.ports import Reads
from bot.records import Submission, Target
from bot.reporting.indicators import FORMS
from bot.reporting.targets import progress
from bot.reporting.years import calendar_year

Parents = list[tuple[date, date | None, int]]
Goals = list[tuple[Target, int]]


class Memory:
    """Reads in bulk what a batch will need, and singly what it did not foresee; what a turn changed is read again."""

    def __init__(self, reads: Reads, flush: Callable[[], Awaitable[None]], now: datetime) -> None:
        """Take where to read, and how to write what earlier turns changed first."""
        self._reads = reads
        self._flush = flush
        self._since = (now - HISTORY).date()
        self._today = local_day(now)
        self._history: dict[tuple[int, str], list[Submission]] = {}
        self._numbers: dict[int, int] = {}
        self._parents: dict[int, Parents] = {}
        self._goals: dict[int, Goals] = {}
        self._near_filing: set[int] = set()
        self._changed: set[int] = set()
        self._others: set[int] = set()

    async def recall(
        self, wanted: Iterable[tuple[int, str]], near_filing: Iterable[int], others: Iterable[int] = ()
    ) -> None:
        """Read for the whole batch: the history of (unit, form), and what units need that are about to file.

        The `others` may open a form in this batch: when one does, its history is read for all of them.
        """
        self._others = set(others)
        pairs = set(wanted)
        if pairs:
            await self._read_history(sorted({unit for unit, _form in pairs}), sorted({form for _unit, form in pairs}))
        self._near_filing = set(near_filing)
        if self._near_filing:
            await self._read_numbers(sorted(self._near_filing))

    async def history(self, unit: int, forms: Iterable[str]) -> list[Submission]:
        """Give the unit's current reports of these forms, form by form, the latest day first."""
        wanted = list(forms)
        if any((unit, form) not in self._history for form in wanted):
            await self._written(unit)
            await self._read_history(self._along(unit, wanted), wanted)
        return [report for form in wanted for report in self._history[unit, form]]

    async def numbering(self, unit: int) -> tuple[int, Parents]:
        """Give the unit's last report number, and who managed it when."""
        if unit not in self._numbers:
            await self._written(unit)
            await self._read_numbers([unit])
        return self._numbers[unit], self._parents[unit]

    async def goals(self, unit: int) -> Goals:
        """Give the unit's targets of this year with what is done; read for all that are near filing when one files."""
        if unit not in self._goals:
            await self._written(unit)
            others = self._near_filing - self._changed - self._goals.keys()
            await self._read_goals(sorted({unit} | others))
        return self._goals[unit]

    def forget(self, unit: int) -> None:
        """A turn filed something for this unit: what was read of it is old."""
        self._changed.add(unit)
        self._numbers.pop(unit, None)
        self._goals.pop(unit, None)
        self._history = {key: found for key, found in self._history.items() if key[0] != unit}

    async def _written(self, unit: int) -> None:
        if unit in self._changed:
            await self._flush()
            self._changed.clear()

    def _along(self, unit: int, forms: list[str]) -> list[int]:
        """Name the units to read for at once: this one, and the others that have not been read nor changed."""
        if unit not in self._others:
            return [unit]
        unread = (one for one in self._others if all((one, form) not in self._history for form in forms))
        return sorted({unit, *unread} - (self._changed - {unit}))

    async def _read_history(self, units: list[int], forms: list[str]) -> None:
        self._history |= {(unit, form): [] for unit in units for form in forms}
        for report in await self._reads.history(units, forms, self._since):
            self._history[report.unit, report.form].append(report)

    async def _read_numbers(self, units: list[int]) -> None:
        self._numbers |= dict.fromkeys(units, 0) | await self._reads.last_numbers(units)
        self._parents |= {unit: [] for unit in units} | await self._reads.parents_on(units)

    async def _read_goals(self, units: list[int]) -> None:
        """One read where no unit has a target, and one more for the figures of those that have."""
        self._goals |= {unit: [] for unit in units}
        assigned = await self._reads.targets(units, self._today.year)
        if not assigned:
            return
        days = calendar_year(self._today.year)
        sums = await self._reads.sums_each(sorted({one.unit for one in assigned}), *days, FORMS)
        for one in assigned:
            self._goals[one.unit].append((one, progress(one, sums[one.unit], self._today).done))
