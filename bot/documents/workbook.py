"""The workbook of an area and a period: all tables that an officer compiles, one sheet each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Sequence
from typing import Any, Final

from bot.documents.columns import Column, Source
from bot.documents.gathering import Area, Block, Table
from bot.documents.hiding import Cell, Line
from bot.documents.indicators import Indicator, Targets, compared, indicators
from bot.documents.sheets import FEW, Head, Look, Row, SheetOf, Summing, Written
from bot.forms.fields import TextField
from bot.forms.form import Form
from bot.i18n import Text, Voice, _
from bot.reporting.completeness import Completeness, Particulars, Standing, UnitStanding, completeness
from bot.reporting.figures import SMALL

STANDINGS: Final = {
    Standing.ON_TIME: _("on time"),
    Standing.LATE: _("late"),
    Standing.WAITING: _("not yet, still in time"),
    Standing.MISSING: _("missing"),
    Standing.RETURNED: _("returned to be completed"),
    Standing.EXEMPT: _("exempt"),
}
UNITS_AT_ONCE: Final = 1_000


class Book:
    """Makes the sheets of one area in the words of one language. `targets` are those of the year, if there are any."""

    def __init__(self, area: Area, voice: Voice, targets: Targets | None = None) -> None:
        """Take the area, loaded."""
        self._area = area
        self._say = voice.speak
        self._targets = targets or {}

    async def sheets(self) -> AsyncIterator[SheetOf]:
        """Make them one by one: the summary, who reported, all units side by side, one for each kind, words."""
        yield await self._summary()
        standing = await self.standing()
        yield self._progress(standing)
        tables = [await self._area.table(form) for form in self._area.desk.counted]
        yield self._side_by_side(tables)
        if any(unit.sector for unit in self._area.units.values()):
            yield self._by_sector(tables)
        for table in tables:
            yield self._of_kind(table)
        yield await self._words()

    def _sheet(self, title: Text, heads: Sequence[Head], rows: Any, **more: Any) -> SheetOf:
        about = self._say(_("Period: {period}", period=self._area.period.named))
        name = self._say(title)
        return SheetOf(name, name, about, heads, rows, **more)

    async def _summary(self) -> SheetOf:
        area = self._area
        sums = await compared(area.desk, area.reads, area.roots, area.period)
        heads = [
            Head(self._say(_("No.")), width=6),
            Head(self._say(_("Indicator")), width=52),
            Head(self._say(_("Counted in")), width=12),
            *(
                Head(self._say(words), Look.NUMBER)
                for words in (_("This period"), _("Year to date"), _("Same period last year"), _("Target of the year"))
            ),
            Head(self._say(_("% reached")), Look.PERCENT),
        ]
        kinds = indicators(area.desk, sums, area.period, self._targets)
        return self._sheet(_("Summary"), heads, list(self._summary_rows(kinds)), wide=False)

    def _summary_rows(self, kinds: Sequence[tuple[Form, Sequence[Indicator]]]) -> Iterator[Written]:
        number = 0
        for form, lines in kinds:
            yield Written(Row.GROUP, [None, self._say(form.title)])
            for line in lines:
                number += 1
                yield Written(Row.LINE, [str(number), *self.indicator(line)])

    def indicator(self, line: Indicator) -> Line:
        """Give the cells of an indicator: what it is, what it is counted in, and its numbers."""
        numbers = [few(line.column, value) for value in (line.now, line.year, line.last_year)]
        return [self._say(line.column.label), self._say(line.column.unit), *numbers, line.target, line.share]

    async def standing(self) -> Completeness:
        """Tell how each unit stands with its report."""
        area = self._area
        units, ids = area.reporting, [unit.id for unit in area.reporting]
        receipts = await area.reads.receipts(ids, area.period)
        exempted = await area.reads.exempted(ids, area.period.codes)
        return completeness(area.period, units, receipts, area.desk.now, Particulars(area.desk.calendar, exempted))

    def _progress(self, standing: Completeness) -> SheetOf:
        counted = (_("On time"), _("Late"), _("Not reported"), _("Exempt"))
        heads = [
            *self._units_heads(),
            Head(self._say(_("Standing")), width=22),
            Head(self._say(_("Filed on")), Look.DAY),
            Head(self._say(_("Days late")), Look.NUMBER, 10),
            *(Head(self._say(words), Look.NUMBER, 12, added=True) for words in counted),
            Head(self._say(_("Reason")), width=30),
        ]
        lines = {(one.unit.parent, one.unit.id): self._stands(one) for one in standing.units}
        rows = self._rows(heads, [(block, block.lines) for block in self._area.blocks(lines)])
        return self._sheet(_("Progress of reporting"), heads, rows)

    def _stands(self, one: UnitStanding) -> Line:
        filed: Any = one.filed_at.astimezone(self._area.desk.now.tzinfo).date() if one.filed_at else None
        exempt = one.standing is Standing.EXEMPT
        counts = (
            one.received and not one.days_late,
            one.received and bool(one.days_late),
            not one.received and not exempt,
            exempt,
        )
        numbers: list[Cell] = [int(count) for count in counts]
        return [self._say(STANDINGS[one.standing]), filed, one.days_late or None, *numbers, one.reason or None]

    def _units_heads(self) -> list[Head]:
        return [
            Head(self._say(_("No.")), width=6),
            Head(self._say(_("Unit code")), width=12),
            Head(self._say(_("Unit")), width=38),
        ]

    def _heads(self, columns: Sequence[Column]) -> list[Head]:
        return [
            *self._units_heads(),
            *(Head(self._labelled(one), Look.NUMBER, 12, one.added, one.sensitive, one.group) for one in columns),
        ]

    def _labelled(self, column: Column) -> str:
        unit = self._say(column.unit)
        label = self._say(column.label)
        return f"{label} ({unit})" if unit else label

    def _of_kind(self, table: Table) -> SheetOf:
        heads = self._heads(table.columns)
        rows = self._rows(heads, [(block, block.lines) for block in table.blocks], _Means(table))
        return self._sheet(table.title, heads, rows, notes=self._notes(heads))

    def _notes(self, heads: Sequence[Head]) -> tuple[str, ...]:
        if not any(head.sensitive for head in heads):
            return ()
        return (self._say(_("{few}: fewer than {small} people; *: hidden with it.", few=FEW, small=SMALL)),)

    def _rows(
        self, heads: Sequence[Head], blocks: Sequence[tuple[Block, Sequence[Line]]], means: _Means | None = None
    ) -> Iterator[Written]:
        """Number the units through, with the sum of each area and of all."""
        summing, number, nobody = Summing(heads), 0, self._say(_("Managed by nobody here"))
        for block, lines in blocks:
            full: list[Line] = []
            for unit, line in zip(block.units, lines, strict=True):
                number += 1
                full.append([str(number), unit.code, unit.name, *line])
            name = block.area.name if block.area else nobody
            for row in summing.area(name, full):
                yield means.filled(row, [block]) if means and row.kind is Row.SUM else row
        total = summing.total(self._say(_("Total")))
        yield means.filled(total, [block for block, _lines in blocks]) if means else total

    def _side_by_side(self, tables: Sequence[Table]) -> SheetOf:
        """Set what all kinds count side by side, a line for each unit; counts by choice stay on their own sheets."""
        columns, lines = _joined(tables)
        heads = [
            Head(f"{self._say(table.title)}: {self._labelled(column)}", Look.NUMBER, 12, True, column.sensitive)
            for table, column in columns
        ]
        heads = [*self._units_heads(), *heads]
        rows = self._rows(heads, [(block, block.lines) for block in self._area.blocks(lines)])
        return self._sheet(_("By unit"), heads, rows, notes=self._notes(heads))

    def _by_sector(self, tables: Sequence[Table]) -> SheetOf:
        columns, lines = _joined(tables)
        heads = [
            Head(self._say(_("Sector")), width=24),
            *(
                Head(f"{self._say(table.title)}: {self._labelled(one)}", Look.NUMBER, 12, True, one.sensitive)
                for table, one in columns
            ),
        ]
        sectors: dict[str, list[Line]] = {}
        for (_parent, unit), line in lines.items():
            sectors.setdefault(self._area.units[unit].sector or "–", []).append(line)
        rows = [
            Written(
                Row.LINE,
                [
                    name,
                    *(
                        few(column, added(line[at] for line in sectors[name]))
                        for at, (_table, column) in enumerate(columns)
                    ),
                ],
            )
            for name in sorted(sectors)
        ]
        return self._sheet(_("By sector"), heads, rows, notes=self._notes(heads))

    async def _words(self) -> SheetOf:
        """Collect what units wrote in words, for whoever writes the report."""
        fields = {
            (form.name, one.code): one
            for form in self._area.desk.kinds
            for one in form.fields
            if isinstance(one, TextField) and form.settings.period
        }
        heads = [
            *self._units_heads(),
            *(Head(self._say(one.short), width=50) for one in fields.values()),
        ]
        return self._sheet(_("In words"), heads, [row async for row in self._written(fields)])

    async def _written(self, fields: dict[tuple[str, str], TextField]) -> AsyncIterator[Written]:
        area, number = self._area, 0
        units = sorted(area.reporting, key=lambda unit: unit.code)
        forms = sorted({form for form, _code in fields})
        for start in range(0, len(units), UNITS_AT_ONCE):
            some = {unit.id: unit for unit in units[start : start + UNITS_AT_ONCE]}
            reports = await area.reads.history(list(some), forms, area.period.since)
            for report in sorted(reports, key=lambda one: (some[one.unit].code, one.number)):
                words = [report.answers.get(code) if report.form == form else None for form, code in fields]
                if report.answers.get("period", area.period.code) == area.period.code and any(words):
                    number += 1
                    unit = some[report.unit]
                    yield Written(Row.LINE, [str(number), unit.code, unit.name, *words])


class _Means:
    """Fills in what is no sum of units: the means of areas, each weighted by its people, and their largest values."""

    def __init__(self, table: Table) -> None:
        self._table = table

    def filled(self, row: Written, blocks: Sequence[Block]) -> Written:
        """Give the line of a sum with what these blocks have of them."""
        cells = list(row.cells)
        for at, column in enumerate(self._table.columns):
            if column.source is Source.MEAN:
                cells[at + 3] = self._mean(column, at, blocks)
            elif column.source is Source.MOST:
                told = [line[at] for block in blocks for line in block.lines]
                cells[at + 3] = max((one for one in told if isinstance(one, int)), default=None)
        return Written(row.kind, cells)

    def _mean(self, column: Column, at: int, blocks: Sequence[Block]) -> Cell:
        total = people = 0
        for block in blocks:
            for unit, line in zip(block.units, block.lines, strict=True):
                weight = self._table.weights.get((block.area.id if block.area else None, unit.id), {}).get(
                    column.field, 0
                )
                mean = line[at]
                if isinstance(mean, int) and weight:
                    total += mean * weight
                    people += weight
        return round(total / people) if people else None


def _joined(tables: Sequence[Table]) -> tuple[list[tuple[Table, Column]], dict[tuple[int | None, int], Line]]:
    """Put the sums of all kinds beside one another, unit by unit."""
    places = [
        [
            at
            for at, column in enumerate(table.columns)
            if not column.group and column.added and column.source is not Source.OPENING
        ]
        for table in tables
    ]
    columns = [(table, table.columns[at]) for table, kept in zip(tables, places, strict=True) for at in kept]
    lines: dict[tuple[int | None, int], Line] = {}
    width = 0
    for table, kept in zip(tables, places, strict=True):
        for block in table.blocks:
            for unit, line in zip(block.units, block.lines, strict=True):
                of = lines.setdefault((block.area.id if block.area else None, unit.id), [])
                of += [None] * (width - len(of)) + [line[at] for at in kept]
        width += len(kept)
    return columns, {key: of + [None] * (width - len(of)) for key, of in lines.items()}


def added(cells: Iterator[Cell]) -> int | None:
    """Add numbers up; None where there are none."""
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if numbers else None


def few(column: Column, value: int | None) -> Cell:
    """Give a number, or that it is too small to be shown."""
    return FEW if column.sensitive and value is not None and 0 < value < SMALL else value
