"""The workbook of an area and a period: all tables that an officer compiles, one sheet each."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator, Mapping, Sequence
from typing import Any, Final

from bot.documents import goals, words
from bot.documents.caselists import CaseSheet, scales
from bot.documents.gathering import Area
from bot.documents.goals import pace_word, share_of
from bot.documents.indicators import Indicator, Reached, Shown, compared, indicators, shown
from bot.documents.sheets import Head, Look, Row, SheetOf, Written
from bot.documents.tables import Figures, Joined, joined
from bot.documents.unions import Tables, summed_by_union
from bot.forms.form import Form
from bot.i18n import Lines, Text, Voice, _
from bot.reporting.compared import year_so_far
from bot.reporting.completeness import Completeness, Particulars, Standing, UnitStanding, completeness
from bot.reporting.hiding import Line
from bot.reporting.years import calendar_year

STANDINGS: Final = {
    Standing.ON_TIME: _("on time"),
    Standing.LATE: _("late"),
    Standing.WAITING: _("not yet, still in time"),
    Standing.MISSING: _("missing"),
    Standing.RETURNED: _("returned to be completed"),
    Standing.EXEMPT: _("exempt"),
}
BY_UNION: Final = _(
    "Very many units: a line for each union that manages some. Unit by unit: the workbook of a province, the lists of "
    "reports."
)
ALWAYS: Final = 7  # sheets: all but those of the kinds, of sectors and of what the office wrote
SAID: Final = 3  # columns that say in words how a unit stands, before those that count


class Book:
    """Makes the sheets of one area in the words of one language.

    `reached` is how far its union is with its targets; `topics` are the names of what cases may be about.
    """

    def __init__(
        self, area: Area, voice: Voice, reached: Reached | None = None, topics: Mapping[str, Text] | None = None
    ) -> None:
        """Take the area, loaded."""
        self._area, self._voice, self._say = area, voice, voice.speak
        self._reached = reached or {}
        self._cases = CaseSheet(area, voice, topics or {})
        self._figures, self._tables = Figures(area, voice), Tables(area)

    async def sheets(self) -> AsyncIterator[SheetOf]:
        """Make them one by one, each while the one before is forgotten: with very many units memory would not do."""
        yield await self._summary()
        yield self._progress(await self.standing())
        yield self._sheet(_("Targets"), goals.heads(self._voice), goals.rows(self._area, self._voice))
        async for sheet in self._side_by_side():
            yield sheet
        for form in self._area.desk.counted:
            table = await self._tables.of(form)
            heads = self._figures.heads(table)
            rows, notes = self._figures.rows(heads, table.blocks, table), self._figures.notes(heads)
            yield self._sheet(table.title, [*self._figures.unit_heads(), *heads], rows, notes=notes)
        async for sheet in self._of_cases():
            yield sheet
        async for sheet in self._in_words():
            yield sheet

    async def count(self) -> int:
        """Tell how many sheets there will be."""
        edited = await self._edited()
        return ALWAYS + self._has_sectors() + len(self._area.desk.counted) + bool(edited)

    def _has_sectors(self) -> bool:
        return any(unit.sector for unit in self._area.units.values())

    def _sheet(self, title: Text, heads: Sequence[Head], rows: Any, **more: Any) -> SheetOf:
        period = _("Period: {period}", period=self._area.period.named)
        about = self._say(Lines((period, BY_UNION), " ") if self._area.vast else period)
        name = self._say(title)
        return SheetOf(name, name, about, heads, rows, bare=self._area.large, **more)

    async def _summary(self) -> SheetOf:
        area = self._area
        sums = await compared(area.desk, area.reads, area.roots, area.period)
        year = _("Year to date, from {day}", day=year_so_far(area.period).since)
        heads = [
            Head(self._say(_("No.")), width=6),
            Head(self._say(_("Indicator")), width=52),
            Head(self._say(_("Counted in")), width=12),
            *(
                Head(self._say(words), Look.NUMBER)
                for words in (_("This period"), year, _("Same period last year"), _("Target of the year"))
            ),
            Head(self._say(_("% reached")), Look.PERCENT),
            Head(self._say(_("Standing")), width=14),
        ]
        kinds = indicators(area.desk, sums, area.period, self._reached)
        note = _(
            "Year to date is counted from {day} (statistics run from 1 December to 30 November), "
            "% reached from {start} on (targets are for the calendar year).",
            day=year_so_far(area.period).since,
            start=calendar_year(goals.year_of(area))[0],
        )
        rows = list(self._summary_rows(kinds))
        return self._sheet(_("Summary"), heads, rows, wide=False, notes=(self._say(note),))

    def _summary_rows(self, kinds: Sequence[tuple[Form, Sequence[Indicator]]]) -> Iterator[Written]:
        number = 0
        for form, lines in kinds:
            yield Written(Row.GROUP, [None, self._say(form.title)])
            for line in shown(lines):
                number += 1
                yield Written(Row.LINE, [str(number), *self.indicator(line)])

    def indicator(self, line: Shown) -> Line:
        """Give the cells of an indicator: what it is, what it is counted in, its numbers, how far it is in a word."""
        column, goal = line.indicator.column, line.indicator.goal
        word = pace_word(goal)
        target = [goal.target.value, share_of(goal), self._say(word) if word else None] if goal else [None] * 3
        return [self._say(column.label), self._say(column.unit), *line.numbers, *target]

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
            Head(self._say(_("Standing")), width=22),
            Head(self._say(_("Filed on")), Look.DAY),
            Head(self._say(_("Days late")), Look.NUMBER, 10),
            *(Head(self._say(words), Look.NUMBER, 12, added=True) for words in counted),
            Head(self._say(_("Reason")), width=30),
        ]
        if self._area.vast:
            heads = heads[SAID:-1]
            counts = {(one.unit.parent, one.unit.id): _counts(one) for one in standing.units}
            rows = self._figures.rows(heads, summed_by_union(self._area, counts))
        else:
            lines = {(one.unit.parent, one.unit.id): self._stands(one) for one in standing.units}
            rows = self._figures.rows(heads, self._area.blocks(lines))
        return self._sheet(_("Progress of reporting"), [*self._figures.unit_heads(), *heads], rows)

    def _stands(self, one: UnitStanding) -> Line:
        filed: Any = one.filed_at.astimezone(self._area.desk.now.tzinfo).date() if one.filed_at else None
        return [self._say(STANDINGS[one.standing]), filed, one.days_late or None, *_counts(one), one.reason or None]

    async def _side_by_side(self) -> AsyncIterator[SheetOf]:
        """Set what all kinds count side by side: a line for each unit, then for each sector, if units have one."""
        beside: Joined = await joined(self._area, self._tables)
        heads = self._figures.joined_heads(beside)
        rows = self._figures.rows(heads, self._area.blocks(beside.lines))
        notes = self._figures.notes(heads)
        yield self._sheet(_("By unit"), [*self._figures.unit_heads(), *heads], rows, notes=notes)
        if self._has_sectors():
            sector = Head(self._say(_("Sector")), width=24)
            rows_of_sectors = self._figures.sector_rows(heads, beside.sectors)
            yield self._sheet(_("By sector"), [sector, *heads], rows_of_sectors, notes=notes)

    async def _of_cases(self) -> AsyncIterator[SheetOf]:
        cases = await self._cases.cases()
        content = [Head(self._say(_("Content")), width=60)]
        yield self._sheet(_("Petitions"), self._cases.heads(_("Topic"), content), self._cases.petitions(cases))
        rows = self._cases.incidents(cases, await scales(self._area, cases))
        scale = [Head(self._say(_("Scale")), width=24)]
        yield self._sheet(_("Incidents"), self._cases.heads(_("Kind of incident"), scale), rows)

    async def _in_words(self) -> AsyncIterator[SheetOf]:
        """Set what units wrote, for whoever writes the report, and what the office wrote."""
        fields = words.fields_of(self._area)
        heads = [*self._figures.unit_heads(), *(Head(self._say(one.short), width=50) for one in fields.values())]
        yield self._sheet(_("In words"), heads, words.told(self._area, fields))
        edited = await self._edited()
        if edited:
            yield self._sheet(_("Wording of the official report"), words.edited_heads(self._voice), edited)

    async def _edited(self) -> list[Written]:
        wordings = await self._area.reads.wordings(self._area.ids[:1], self._area.period.code)
        return words.edited(wordings, self._voice)


def _counts(one: UnitStanding) -> Line:
    """Count a unit where it belongs: on time, late, not reported, exempt."""
    exempt = one.standing is Standing.EXEMPT
    late = bool(one.days_late)
    counts = (one.received and not late, one.received and late, not one.received and not exempt, exempt)
    return [int(count) for count in counts]
