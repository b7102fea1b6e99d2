"""Tables of an area with very many units: a line for each union that manages some, instead of one for each unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from typing import TypeVar

from bot.documents.columns import Column
from bot.documents.gathering import LASTING, Area, Block, Key, Sums, Table, Told, figure_of
from bot.documents.summing import added_up
from bot.forms.form import Form
from bot.reporting.hiding import Line

G = TypeVar("G")


class Tables:
    """The tables of all kinds, and what these count by sector. Of very many units each kind is read once and kept."""

    def __init__(self, area: Area) -> None:
        """Take the area, loaded."""
        self._area = area
        self._kept: dict[str, tuple[Table, Mapping[str, Line]]] = {}

    async def of(self, form: Form) -> Table:
        """Give the table of a kind."""
        return (await self._both(form))[0] if self._area.vast else await self._area.table(form)

    async def by_sector(self, form: Form) -> tuple[Table, Mapping[str, Line]]:
        """Give the table of a kind, and its columns added up by sector."""
        if self._area.vast:
            return await self._both(form)
        table = await self._area.table(form)
        sectors = _lists((self._sector(key), line) for key, line in lines_of(table))
        return table, {name: [added_up(cells) for cells in zip(*of, strict=True)] for name, of in sectors.items()}

    async def _both(self, form: Form) -> tuple[Table, Mapping[str, Line]]:
        if form.name not in self._kept:
            told = await self._area.told(form)
            self._kept[form.name] = self._by_union(told), _lines(self._area, told, self._sector)[0]
        return self._kept[form.name]

    def _by_union(self, told: Told) -> Table:
        lines, sums = _lines(self._area, told, self._union)
        means = {key: told.means(of) for key, of in (sums.items() if told.has_means else ())}
        return Table(told.form.title, told.columns, self._area.blocks(lines), means)

    def _union(self, key: Key) -> Key:
        return union_of(self._area, key)

    def _sector(self, key: Key) -> str:
        return self._area.units[key[1]].sector or "–"


def summed_by_union(area: Area, lines: Mapping[Key, Line]) -> tuple[Block, ...]:
    """Add up the lines of the units of each union, where all are nothing but sums."""
    unions = _lists((union_of(area, key), line) for key, line in lines.items())
    return area.blocks({key: [added_up(cells) for cells in zip(*of, strict=True)] for key, of in unions.items()})


def union_of(area: Area, key: Key) -> Key:
    """Say in whose line that of a unit is: its union's, which stands under the one above; the topmost under itself."""
    union, unit = key
    if union is None:
        return None, unit
    return (union if union in area.ids else area.units[union].parent), union


def lines_of(table: Table) -> Iterator[tuple[Key, Line]]:
    """Give the lines of a table, each with whose it is."""
    for block in table.blocks:
        for unit, line in zip(block.units, block.lines, strict=True):
            yield (block.area.id if block.area else None, unit.id), line


def _lines(area: Area, told: Told, into: Callable[[Key], G]) -> tuple[dict[G, Line], dict[G, Sums]]:
    """Make a line for each group of units, and what it is made of."""
    sums: dict[G, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for key, of in told.cells.items():
        group = sums[into(key)]
        for what, value in of.items():
            group[what] += value
    lasting = [(at, column) for at, column in enumerate(told.columns) if column.source in LASTING]
    lasts = _lasts(area, lasting, into)
    lines: dict[G, Line] = {
        group: [
            lasts.get(group, {}).get(at) if column.source in LASTING else figure_of(column, sums.get(group, {}))
            for at, column in enumerate(told.columns)
        ]
        for group in (*sums, *(one for one in lasts if one not in sums))
    }
    return lines, dict(sums)


def _lasts(area: Area, columns: Sequence[tuple[int, Column]], into: Callable[[Key], G]) -> dict[G, dict[int, int]]:
    """Add the latest values of units up, by column; of a group in which nobody ever told any there is none."""
    found: dict[G, dict[int, int]] = {}
    for unit in area.reporting if columns else ():
        for at, column in columns:
            value = area.latest(unit, column.form, column.field, column.source)
            if value is not None:
                group = found.setdefault(into((unit.parent, unit.id)), {})
                group[at] = group.get(at, 0) + value
    return found


def _lists(pairs: Iterable[tuple[G, Line]]) -> dict[G, list[Line]]:
    found: dict[G, list[Line]] = defaultdict(list)
    for group, line in pairs:
        found[group].append(line)
    return found
