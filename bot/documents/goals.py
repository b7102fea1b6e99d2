"""How far units are with what they were assigned: the appendix of a report, the sheet of a workbook."""

from __future__ import annotations

from collections.abc import AsyncIterator, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Final

from bot.documents.gathering import Area
from bot.documents.indicators import Reached
from bot.documents.sheets import Head, Look, Row, Written
from bot.i18n import Text, Voice, _
from bot.records import Unit
from bot.reporting.indicators import FORMS, INDICATORS, NET, way_of
from bot.reporting.targets import WORDS, Progress, progress
from bot.reporting.years import calendar_year

UNITS_AT_ONCE: Final = 1_000


@dataclass(frozen=True, slots=True)
class Goal:
    """One target of a unit, and how far it is on the last day that the document is about."""

    unit: Unit
    progress: Progress

    @property
    def net(self) -> bool:
        """Tell whether those who left are taken off."""
        return self.progress.target.basis == NET


def year_of(area: Area) -> int:
    """Give the calendar year of which the targets are meant."""
    return area.period.until.year


def last_day(area: Area) -> date:
    """Give the day up to which figures count and by which the pace goes."""
    return max(area.on, calendar_year(year_of(area))[0])


async def goals_of(area: Area, units: Sequence[Unit]) -> list[Goal]:
    """List the targets of some units, each unit's in the order of the indicators; what was taken back is none."""
    by_id = {unit.id: unit for unit in units}
    told = await area.reads.targets(list(by_id), year_of(area))
    assigned = [one for one in told if one.value and one.indicator in INDICATORS]
    since, until = calendar_year(year_of(area))[0], last_day(area)
    sums = await area.reads.sums_each(sorted({one.unit for one in assigned}), since, until, FORMS)
    places, order = list(INDICATORS), {unit: at for at, unit in enumerate(by_id)}
    assigned.sort(key=lambda one: (order[one.unit], places.index(one.indicator)))
    return [Goal(by_id[one.unit], progress(one, sums[one.unit], until)) for one in assigned]


async def reached(area: Area) -> Reached:
    """Give how far the unit is that the document is about."""
    found: dict[tuple[str, str], Progress] = {}
    for goal in await goals_of(area, area.roots[:1]):
        measure = way_of(goal.progress.target.indicator, goal.progress.target.basis).measure
        found[measure.form, "" if measure.reports else measure.field] = goal.progress
    return found


def pace_word(one: Progress | None) -> Text | None:
    """Say in a word whether it is fast enough."""
    return WORDS[one.pace] if one is not None and one.pace is not None else None


def share_of(one: Progress) -> float | None:
    """Give the share that is done; None where a percentage would mean nothing."""
    return None if one.per_mille is None else one.per_mille / 1000


def heads(voice: Voice) -> list[Head]:
    """Give the headings of the sheet."""
    say = voice.speak
    return [
        Head(say(_("No.")), width=6),
        Head(say(_("Unit code")), width=12),
        Head(say(_("Unit")), width=38),
        Head(say(_("Indicator")), width=34),
        Head(say(_("Target of the year")), Look.NUMBER),
        Head(say(_("Done so far")), Look.NUMBER),
        Head(say(_("% reached")), Look.PERCENT),
        Head(say(_("Expected by now")), Look.PERCENT),
        Head(say(_("Standing")), width=14),
        Head(say(_("Document")), width=22),
    ]


async def rows(area: Area, voice: Voice) -> AsyncIterator[Written]:
    """Give a line for each target of every unit of the area, by their codes; of very many only of unions above them."""
    reporting = {unit.id for unit in area.reporting} if area.vast else set()
    units, number = sorted((one for one in area.units.values() if one.id not in reporting), key=lambda one: one.code), 0
    for start in range(0, len(units), UNITS_AT_ONCE):
        for goal in await goals_of(area, units[start : start + UNITS_AT_ONCE]):
            one, number = goal.progress, number + 1
            numbers = [one.target.value, one.done, share_of(one), one.asked or None]
            word = pace_word(one)
            named = [str(number), goal.unit.code, goal.unit.name, voice.speak(one.title)]
            yield Written(Row.LINE, [*named, *numbers, voice.speak(word) if word else None, one.target.doc_no or None])
