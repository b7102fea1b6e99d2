"""Whether targets add up: those of the units right below a union, beside the goal of the union itself."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.i18n import Code, Lines, Text, _, _n
from bot.ports import Reads
from bot.records import Target
from bot.reporting.indicators import way_of
from bot.units.problem import Problem

Key = tuple[int, str, int]
"""Unit, indicator, year."""


@dataclass(frozen=True, slots=True)
class Uneven:
    """A goal that its parts do not add up to; `without` of the units have no part."""

    goal: Target
    parts: int
    without: int

    def words(self, unit: str) -> Text:
        """Tell the difference."""
        less, goal = self.goal.value - self.parts, self.goal
        told = _(
            "{label} {year}: the units right under {unit} are assigned {sum} in all, its own goal is {goal}",
            label=way_of(goal.indicator, goal.basis).title,
            year=Code(goal.year),
            unit=unit,
            sum=self.parts,
            goal=goal.value,
        )
        apart = _("{count} less", count=less) if less > 0 else _("{count} more", count=-less)
        without = _n("{count} unit has none", "{count} units have none", self.without) if self.without else None
        return Lines((told, apart, *([without] if without is not None else [])), "; ")


async def uneven(reads: Reads, listed: Iterable[Target], rows: Mapping[Key, int], today: date) -> list[Problem]:
    """Compare the goals that a list touches with their parts, as they are after it; each by the row it stands in.

    A goal whose units have no part yet is not split, and so not uneven; neither is one that is counted another way.
    """
    after = {(one.unit, one.indicator, one.year): one for one in listed}
    above = await _above(reads, today)
    goals = {(unit, *key[1:]) for key in after for unit in (key[0], above.get(key[0], 0))}
    below: dict[int, list[int]] = defaultdict(list)
    for unit, parent in above.items():
        below[parent].append(unit)
    wanted = {key: below[key[0]] for key in goals if below.get(key[0])}
    now = await _in_force(reads, wanted) | after
    found = []
    for key, units in sorted(wanted.items()):
        one = _compared(now, key, units)
        if one is not None:
            row = rows.get(key) or _first(rows, units, key)
            found.append(Problem(row, "value", one.words(await _name(reads, key[0]))))
    return sorted(found, key=lambda one: one.row)


async def _above(reads: Reads, today: date) -> dict[int, int]:
    """Give who manages each unit today."""
    links = await reads.parents_on(sorted((await reads.unit_ids()).values()))
    return {
        unit: above
        for unit, spans in links.items()
        for since, until, above in spans
        if since <= today and (until is None or today < until)
    }


async def _in_force(reads: Reads, wanted: Mapping[Key, Sequence[int]]) -> dict[Key, Target]:
    """Give the targets of these unions and of the units right below them."""
    units = sorted({unit for key, below in wanted.items() for unit in (key[0], *below)})
    found = [one for year in sorted({key[2] for key in wanted}) for one in await reads.targets(units, year)]
    return {(one.unit, one.indicator, one.year): one for one in found}


def _compared(now: Mapping[Key, Target], key: Key, below: Sequence[int]) -> Uneven | None:
    goal = now.get(key)
    parts = [one for unit in below if (one := now.get((unit, *key[1:]))) is not None and one.value]
    if goal is None or not goal.value or not parts or any(one.basis != goal.basis for one in parts):
        return None
    total = sum(one.value for one in parts)
    return Uneven(goal, total, len(below) - len(parts)) if total != goal.value else None


def _first(rows: Mapping[Key, int], below: Sequence[int], key: Key) -> int:
    """Give the first row of a part of a goal that is not in the list itself."""
    return min(row for unit in below if (row := rows.get((unit, *key[1:]))) is not None)


async def _name(reads: Reads, unit: int) -> str:
    found = await reads.unit(unit)
    return found.name if found is not None else ""
