"""Gathers the figures of an area for a period: unit by unit, as they stood on the day of each event."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.documents.columns import Column, Source, columns_of, mean_weight
from bot.forms.fields import Figure
from bot.forms.form import Form
from bot.i18n import Text
from bot.ports import Reads, UnitSum
from bot.records import Unit
from bot.reporting.calendar import Calendar
from bot.reporting.figures import last_fields, most
from bot.reporting.hiding import Cell, Line
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.periods import ONE_DAY, Period

Opening = Mapping[tuple[str, str], str]
"""What stands in for a latest value that a unit has told none of: "members" or "workers" of the list of units."""


Key = tuple[int | None, int]
"""Whose line it is: who managed the unit, and the unit."""

Sums = Mapping[tuple[str, str], int]
"""What a line adds up, by field and choice; ("", "") counts the reports."""

Means = Mapping[int, tuple[int, int]]
"""What the means of a line are made of, by column: the sum over the people, and how many they are."""

YES: Final = "yes"
LASTING: Final = frozenset({Source.OPENING, Source.CLOSING})
LARGE: Final = 2_000  # units: with more of them a sheet has only those that told something
VAST: Final = 20_000  # units: with more of them a sheet has a line for each union that manages some


@dataclass(frozen=True, slots=True)
class Desk:
    """What every document is made with: the report kinds, the calendar, what opens the ledger, and the time."""

    forms: Sequence[Form]
    calendar: Calendar
    opening: Opening
    now: datetime

    @property
    def kinds(self) -> list[Form]:
        """List the report kinds."""
        return [form for form in self.forms if form.settings.report]

    def form(self, name: str) -> Form:
        """Give a form by its name."""
        return next(form for form in self.forms if form.name == name)

    @property
    def counted(self) -> list[Form]:
        """List those that have figures; "nothing to report" is told by who reported."""
        return [form for form in self.kinds if form.fields]


@dataclass(frozen=True, slots=True)
class Told:
    """What units told of one kind: the columns that it takes, and the sums of each."""

    form: Form
    columns: tuple[Column, ...]
    cells: Mapping[Key, Sums]

    @property
    def has_means(self) -> bool:
        """Tell whether any column has means."""
        return any(one.source is Source.MEAN for one in self.columns)

    def means(self, sums: Sums) -> Means:
        """Give what the means of a line are made of."""
        columns = [(at, one) for at, one in enumerate(self.columns) if one.source is Source.MEAN]
        return {
            at: (sums.get((one.field, one.choice), 0), sums.get((one.field, mean_weight(one)), 0))
            for at, one in columns
        }


@dataclass(frozen=True, slots=True)
class Block:
    """The lines of the units that one union manages, in the order of their codes."""

    area: Unit | None
    units: tuple[Unit, ...]
    lines: tuple[Line, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """One table of figures: a line for each unit, area by area; sums are those of the lines."""

    title: Text
    columns: tuple[Column, ...]
    blocks: tuple[Block, ...]
    means: Mapping[Key, Means]

    def means_of(self, block: Block, unit: Unit) -> Means:
        """Give what the means of a unit are made of."""
        return self.means.get((block.area.id if block.area else None, unit.id), {})


class Area:
    """The units under some units, for one period, and how to ask for their figures."""

    def __init__(self, desk: Desk, reads: Reads, roots: Sequence[Unit], period: Period) -> None:
        """Take whom and when it is about."""
        self.desk, self.reads, self.roots, self.period = desk, reads, tuple(roots), period
        self.on = min(period.until, desk.now.date())
        self.units: dict[int, Unit] = {}  # those under these, and others that have lines of their own or are above
        self._there: set[int] = set()
        self._lasts: dict[tuple[str, str, Source], dict[int, int]] = defaultdict(dict)

    @property
    def ids(self) -> list[int]:
        """Give the ids of the units asked about."""
        return [root.id for root in self.roots]

    async def load(self) -> None:
        """Read the units, and the latest values of all."""
        self.units = {unit.id: unit for unit in await self.reads.subtree(self.ids, self.on)}
        self._there = set(self.units)
        fields = sorted({*last_fields(self.desk.kinds), *self.desk.opening})
        for source, until in (
            (Source.OPENING, self.period.since - ONE_DAY),
            (Source.CLOSING, self.period.until),
        ):
            for unit, form, code, value in await self.reads.last_values(self.ids, until, fields, self.on):
                self._lasts[form, code, source][unit] = value

    @property
    def large(self) -> bool:
        """Tell whether there are very many units."""
        return len(self._there) > LARGE

    @property
    def vast(self) -> bool:
        """Tell whether there are so many units that nobody could read, or wait for, a line for each."""
        return len(self._there) > VAST

    @property
    def reporting(self) -> list[Unit]:
        """List the units under these that report; others that are known by now are not asked."""
        kinds = self.period.kinds or REPORTING_KINDS
        return [unit for unit in self.units.values() if unit.id in self._there and unit.kind in kinds]

    async def told(self, form: Form) -> Told:
        """Gather what units told of one report kind in the period."""
        sums = await self.reads.unit_sums(self.ids, self.period.since, self.period.until, form.name)
        await self.know(unit for row in sums for unit in (row.unit, row.parent))
        found: dict[str, set[str]] = defaultdict(set)
        for row in sums:
            found[row.field].add(row.choice)
        columns = columns_of(form, found, self.period.code)
        return Told(form, tuple(columns), _unnamed(form.settings.unnamed, _cells(form, sums)))

    async def table(self, form: Form) -> Table:
        """Gather the figures of one report kind: a line for each unit."""
        told = await self.told(form)
        keys = self._keys(form, told.cells)
        lines = {key: [self._cell(one, key, told.cells.get(key, {})) for one in told.columns] for key in keys}
        means = {key: told.means(of) for key, of in (told.cells.items() if told.has_means else ())}
        return Table(form.title, told.columns, self.blocks(lines), means)

    def _keys(self, form: Form, cells: Iterable[Key]) -> set[Key]:
        """Name whoever has a line: all that report today, and those that did under a union that let them go.

        Of very many only those that told something of this kind, now or before.
        """
        here = self.reporting
        if self.large and form.name not in {name for name, _code in self.desk.opening}:
            told = {unit for (name, *_rest), of in self._lasts.items() if name == form.name for unit in of}
            here = [unit for unit in here if unit.id in told]
        return {*((unit.parent, unit.id) for unit in here), *cells}

    async def know(self, ids: Iterable[int | None]) -> None:
        """Read the units that are not under these any more, or are above them."""
        for unit in {one for one in ids if one is not None} - self.units.keys():
            found = await self.reads.unit(unit)
            if found is not None:
                self.units[unit] = found

    def blocks(self, lines: Mapping[Key, Line]) -> tuple[Block, ...]:
        """Put lines together by who manages, in the order of codes."""
        areas: dict[int | None, list[tuple[str, int]]] = defaultdict(list)
        for parent, unit in lines:
            areas[parent].append((self.units[unit].code, unit))
        ordered = sorted(areas, key=lambda area: self.units[area].code if area in self.units else "")
        return tuple(
            Block(
                self.units.get(area) if area is not None else None,
                tuple(self.units[unit] for _code, unit in sorted(areas[area])),
                tuple(lines[area, unit] for _code, unit in sorted(areas[area])),
            )
            for area in ordered
        )

    def _cell(self, column: Column, key: Key, sums: Sums) -> Cell:
        if column.source not in LASTING:
            return figure_of(column, sums)
        parent, unit = key
        if self.units[unit].parent != parent:  # it has moved: where it is now the latest value counts
            return None
        return self.latest(self.units[unit], column.form, column.field, column.source)

    def latest(self, unit: Unit, form: str, code: str, source: Source = Source.CLOSING) -> int | None:
        """Give the latest value of a unit, or what the list of units says in its place."""
        told = self._lasts[form, code, source].get(unit.id)
        stands_in = self.desk.opening.get((form, code))
        if told is None and stands_in:
            found: int | None = getattr(unit, stands_in)
            return found
        return told


def figure_of(column: Column, sums: Sums) -> int | None:
    """Give the number of a column that is made of what was told in the period."""
    match column.source:
        case Source.REPORTS:
            return sums.get(("", ""), 0)
        case Source.MEAN:
            people = sums.get((column.field, mean_weight(column)), 0)
            return round(sums.get((column.field, column.choice), 0) / people) if people else None
        case Source.MOST:
            return most({(column.form, *key): value for key, value in sums.items()}, column.form, column.field)
    return sums.get((column.field, column.choice), 0)


def _cells(form: Form, sums: Sequence[UnitSum]) -> dict[Key, dict[tuple[str, str], int]]:
    """Sort sums by unit; ("", "") counts the reports."""
    cells: dict[Key, dict[tuple[str, str], int]] = defaultdict(dict)
    counted = {one.code for one in form.fields if one.figure is not Figure.NONE}
    for row in sums:
        of = cells[row.parent, row.unit]
        of["", ""] = max(of.get(("", ""), 0), row.rows)
        if row.field in counted:
            of[row.field, row.choice] = row.value
    return cells


def _unnamed(code: str, cells: Mapping[Key, Sums]) -> Mapping[Key, Sums]:
    """Put what units told without their name together under the union that manages them; others keep their lines."""
    together: dict[Key, dict[tuple[str, str], int]] = defaultdict(lambda: defaultdict(int))
    for (parent, unit), sums in cells.items():
        hidden = parent is not None and sums.get((code, YES))
        for what, value in sums.items():
            together[parent, parent if hidden and parent is not None else unit][what] += value
    return together
