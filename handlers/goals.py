"""At the end of every report: how far the unit is with what was assigned to it for the year."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.forms.form import Filing
from bot.i18n import Text, local_day
from bot.ports import Sum
from bot.records import Figure
from bot.reporting.indicators import INDICATORS, way_of
from bot.reporting.targets import Progress, told_to_chair, year_passed

MOST: Final = 2  # lines: a receipt is short


def goals_told(filing: Filing, new: Sequence[Figure], before: Sequence[Figure]) -> list[Text]:
    """Say the progress of what this kind of report counts for; where it counts for nothing, of the first target."""
    today, places = local_day(filing.facts.now), list(INDICATORS)
    goals = [
        Progress(target, done, year_passed(target.year, today)).plus(
            _sums(new, target.year), _sums(before, target.year)
        )
        for target, done in filing.facts.goals
        if target.value > 0 and target.indicator in INDICATORS
    ]
    goals.sort(key=lambda one: places.index(one.target.indicator))
    own = [one for one in goals if _counts(one, filing.form.name)]
    return [told_to_chair(one) for one in (own or goals[:1])[:MOST]]


def _counts(one: Progress, form: str) -> bool:
    return way_of(one.target.indicator, one.target.basis).measure.form == form


def _sums(figures: Sequence[Figure], year: int) -> list[Sum]:
    return [Sum(one.form, one.field, one.choice, one.value, 1) for one in figures if one.day.year == year]
