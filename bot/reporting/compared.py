"""The figures of a period beside those of the year so far, and of the same period a year earlier."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from typing import Final

from bot.forms.fields import Field, Figure
from bot.forms.form import Form
from bot.i18n import Phrase, Text, _, lines
from bot.reporting.calendar import Calendar
from bot.reporting.figures import Totals, hidden
from bot.reporting.periods import Period
from bot.reporting.years import statistical_year, statistical_year_of

YEAR: Final = re.compile(r"(?:19|20)\d\d")


@dataclass(frozen=True, slots=True)
class Compared:
    """The same figures of three stretches of days."""

    now: Totals
    year: Totals  # from the first day of the statistical year on
    last: Totals  # the same period, a year earlier


def year_so_far(period: Period) -> Period:
    """Stretch a period to the first day of its statistical year, which begins on 1 December (form 01-HĐCĐ).

    A month that begins before that day is counted whole, so that a year so far is never less than its last period.
    """
    first, _last = statistical_year(statistical_year_of(period.until))
    return replace(period, since=min(first, period.since))


def code_year_earlier(period: Period) -> str:
    """Give the code that the same period of the year before has."""
    return YEAR.sub(lambda found: str(int(found[0]) - 1), period.code)


def year_earlier(period: Period, calendar: Calendar) -> Period | None:
    """Give the same period of the year before; None where the calendar knows none."""
    try:
        return calendar.at(code_year_earlier(period))
    except ValueError:
        return None


def compared_lines(form: Form, three: Compared) -> Text | None:
    """Set the lines of one report kind, or None where the year has no report of it, nor the one before."""
    counts = [totals.reports.get(form.name, 0) for totals in (three.now, three.year, three.last)]
    if not any(counts):
        return None
    head = _(
        "{form}: {now} reports; year {year}; a year earlier {last}",
        form=form.title,
        now=counts[0],
        year=counts[1],
        last=counts[2],
    )
    return lines(head, *(row for one in form.fields if one.figure is Figure.TOTAL for row in _rows(form, one, three)))


def _rows(form: Form, one: Field, three: Compared) -> Iterator[Phrase]:
    values = [totals.sums.get((form.name, one.code, "")) for totals in (three.now, three.year, three.last)]
    if any(values):
        now, year, last = (hidden(one, value or 0) for value in values)
        yield _("· {label}: {now}; year {year}; a year earlier {last}", label=one.short, now=now, year=year, last=last)
