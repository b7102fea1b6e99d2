"""One line for each indicator of an area: this period, the year so far, the same period last year, the target."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.documents.columns import Column, Source, columns_of, mean_weight
from bot.documents.gathering import Desk
from bot.forms.form import Form
from bot.ports import Reads, Sum
from bot.records import Unit
from bot.reporting.compared import code_year_earlier, year_earlier, year_so_far
from bot.reporting.figures import last_fields, most
from bot.reporting.hiding import Line, few, hide_row
from bot.reporting.periods import Period
from bot.reporting.targets import Progress

Values = Mapping[tuple[str, str, str], int]
"""Sums by (form, field, choice); (form, "", "") counts the reports."""

Reached = Mapping[tuple[str, str], Progress]
"""How far a unit is with its targets of the year, by what they are measured by: (form, field)."""


@dataclass(frozen=True, slots=True)
class Indicator:
    """One line: None where nothing is known, which is not zero."""

    column: Column
    now: int | None
    year: int | None
    last_year: int | None
    goal: Progress | None = None


@dataclass(frozen=True, slots=True)
class Shown:
    """One line as it may be seen: its three numbers, with what is too small hidden."""

    indicator: Indicator
    numbers: Line


@dataclass(frozen=True, slots=True)
class Compared:
    """The sums of an area for three stretches of days."""

    now: Values
    year: Values
    last_year: Values

    def of(self, form: str, field: str, choice: str = "") -> int | None:
        """Give this period's sum."""
        return self.now.get((form, field, choice))


async def compared(desk: Desk, reads: Reads, roots: Sequence[Unit], period: Period) -> Compared:
    """Add up an area for a period, the statistical year up to its end, and the same period a year before."""
    ids = [root.id for root in roots]
    before = year_earlier(period, desk.calendar)
    return Compared(
        await _values(desk, reads, ids, (period.since, period.until), period.code),
        await _values(desk, reads, ids, (year_so_far(period).since, period.until), period.code),
        await _values(desk, reads, ids, (before.since, before.until), before.code) if before else {},
    )


async def _values(desk: Desk, reads: Reads, ids: Sequence[int], days: tuple[date, date], period: str) -> Values:
    sums = await reads.sums(ids, *days)
    found: dict[tuple[str, str, str], int] = {}
    for row in sums:
        found[row.form, row.field, row.choice] = row.value
        found[row.form, "", ""] = max(found.get((row.form, "", ""), 0), row.rows)
    if not sums:
        return {}
    fields = dict.fromkeys(last_fields(desk.kinds), "") | dict(desk.opening)
    lasts: list[Sum] = await reads.last_sums(ids, min(days[1], desk.now.date()), fields)
    latest = {(row.form, row.field, row.choice): row.value for row in lasts}
    return {**found, **latest, **_not_sums(desk, found, period)}


def _not_sums(desk: Desk, found: Values, period: str) -> Values:
    """Make averages and largest values of what was added up for them."""
    made: dict[tuple[str, str, str], int] = {}
    for form in desk.kinds:
        for column in columns_of(form, {}, period):
            key = (form.name, column.field, column.choice)
            people = found.get((form.name, column.field, mean_weight(column)))
            largest = most(found, form.name, column.field) if column.source is Source.MOST else None
            if column.source is Source.MEAN and people:
                made[key] = round(found[key] / people)
            elif largest is not None:
                made[key] = largest
    return made


def indicators(desk: Desk, sums: Compared, period: Period, reached: Reached) -> list[tuple[Form, list[Indicator]]]:
    """List the lines, kind by kind; the value before a period is none of them, and neither is what nobody reported."""
    return [(form, lines) for form in desk.counted if (lines := list(_lines(form, sums, period, reached)))]


def _lines(form: Form, sums: Compared, period: Period, reached: Reached) -> list[Indicator]:
    found: dict[str, set[str]] = {}
    for values in (sums.now, sums.year, sums.last_year):
        for kind, field, choice in values:
            if kind == form.name:
                found.setdefault(field, set()).add(choice)
    return [
        Indicator(column, *values, goal=reached.get((form.name, column.field)) if not column.choice else None)
        for column in columns_of(form, found, period.code)
        if column.source is not Source.OPENING
        for values in [_three(column, sums, period)]
        if values != (None, None, None)
    ]


def shown(lines: Sequence[Indicator]) -> list[Shown]:
    """Hide what is too small in the lines of a kind; of the answers to one question another one with it."""
    numbers: list[Line] = [
        [few(value, sensitive=line.column.sensitive) for value in (line.now, line.year, line.last_year)]
        for line in lines
    ]
    for group in {line.column.group for line in lines if line.column.sensitive} - {""}:
        places = [at for at, line in enumerate(lines) if line.column.group == group]
        for time, name in enumerate(("now", "year", "last_year")):
            for at, cell in zip(places, hide_row([getattr(lines[at], name) for at in places]), strict=True):
                numbers[at][time] = cell
    return [Shown(line, told) for line, told in zip(lines, numbers, strict=True)]


def _three(column: Column, sums: Compared, period: Period) -> tuple[int | None, int | None, int | None]:
    key = (column.form, column.field, column.choice)
    before = (column.form, column.field, column.choice.replace(period.code, code_year_earlier(period)))
    of_one_period = column.source is Source.MEAN and column.choice
    adds_up = column.added and column.source is not Source.CLOSING
    nothing, none_yet = (0 if told and adds_up else None for told in (sums.now, sums.year))
    year = None if column.source is Source.CLOSING or of_one_period else sums.year.get(key, none_yet)
    return sums.now.get(key, nothing), year, sums.last_year.get(before)
