"""The questions for a period: which one a report is for, which one an officer means."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import date, timedelta
from typing import Any, ClassVar, Final

from bot.forms.conditions import Scope
from bot.forms.facts import PeriodLike
from bot.forms.fields import Misread, Option, Period, ReadAnswer, SelectOne, Understood
from bot.i18n import Code, Plain, Text, _
from bot.records import Submission
from bot.reporting.calendar import Calendar
from bot.reporting.corrections import open_until
from bot.reporting.periods import PERIODIC

FIELD: Final = "period"
WRITTEN: Final = timedelta(days=31)  # before its data end, a report can be written: it may estimate the rest
COUNTED: Final = timedelta(days=7)  # the same for figures that are counted on a day
SHIPPED: Final = Calendar()


class ForPeriod(SelectOne):
    """A period of any cycle that a periodic report closes, stored as its code: 2026-11, 2026-Q1, 2026-9M, 2026S."""

    __slots__ = ()
    type: ClassVar[str] = "period"

    def options(self, scope: Scope) -> Sequence[Option]:
        """Offer those that are asked for now, the next deadline first; those reported already come last."""
        facts = scope.facts
        asked = [p for p in facts.periods.asked(facts.now) if _closes(p) and facts.today >= _written_from(p)]
        done = {report.answers.get(FIELD) for report in facts.reports(PERIODIC)}
        return [Option(p.code, p.title) for p in sorted(asked, key=lambda p: p.code in done)]

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Match what is offered, or read "tháng 10", "quý 1", "9 tháng", "2026S"."""
        offered = SelectOne.read(self, text, scope)
        if isinstance(offered, Understood):
            return offered
        period = scope.facts.periods.meant(text, scope.facts.now)
        return Understood(period.code) if period is not None else Misread(_("Which period? For example 11, or Q1."))

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Check that units are asked for it, that it is time for it, and that there is no other report for it."""
        facts = scope.facts
        period = facts.periods.meant(value, facts.now)
        if period is None or not _closes(period):
            kept = any(one.id == facts.replaces and one.answers.get(FIELD) == value for one in facts.history)
            return None if kept else _("No periodic report is asked for that period.")
        if facts.today < _written_from(period):
            return _(
                "It is too early for {period}: please come back on {day}.",
                period=period.title,
                day=_written_from(period),
            )
        return next((_taken(period, report) for report in _others(value, scope)), None)

    def show(self, value: Any) -> Text:
        """Show the name of a period that the program knows; an office's own one has its code."""
        return title_of(value)


class AnyPeriod(Period):
    """A month, or any other period that units are asked for: "11/2026", "9 tháng", "2026S"."""

    __slots__ = ()

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read a month, else what else it may name."""
        month = Period.read(self, text, scope)
        period = scope.facts.periods.meant(text, scope.facts.now) if isinstance(month, Misread) else None
        return Understood(period.code) if period is not None else month

    def load(self, stored: Any) -> str:
        """Take any code."""
        return str(stored)

    def show(self, value: Any) -> Text:
        """Show the name of a period that the program knows."""
        return title_of(value)


def title_of(code: str) -> Text:
    """Name a period of the cycles as shipped; an office's own one has its code."""
    try:
        return SHIPPED.at(code).title
    except ValueError:
        return Plain(code)


def _written_from(period: PeriodLike) -> date:
    return max(period.since, period.until - (COUNTED if period.forms else WRITTEN))


def _closes(period: PeriodLike) -> bool:
    return not period.forms or PERIODIC in period.forms


def _others(value: Any, scope: Scope) -> Iterator[Submission]:
    """Give the reports for the same period that stand in the way: the one that can be changed is offered instead."""
    facts = scope.facts
    for report in facts.reports(PERIODIC):
        locked = facts.now > open_until(report, facts.periods, facts.unlocked)
        if report.answers.get(FIELD) == value and (locked or facts.replaces):
            yield report


def _taken(period: PeriodLike, report: Submission) -> Text:
    return _(
        "{period} has report BC{number} already. To change that one, type SUA {number}.",
        period=period.title,
        number=Code(report.number),
    )
