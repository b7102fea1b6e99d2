"""What the unit's own event reports tell of a period: the source of those figures, which a periodic report confirms."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Final

from bot.forms.conditions import Derived, Scope, answer, derived
from bot.forms.facts import HISTORY, PeriodLike
from bot.forms.fields import Warn
from bot.i18n import Lines, Text, _
from bot.records import Submission
from bot.reporting.kinds import REPORT_KINDS
from bot.reporting.periods import PERIODIC
from handlers.for_period import FIELD

EVENTS: Final = tuple(kind for kind in REPORT_KINDS if kind != PERIODIC)
STOPPAGE: Final = "dinh_cong_ngung_viec"
ACCIDENT: Final = "tai_nan_ld"

Count = Callable[[Scope], int | None]


def period_of(scope: Scope) -> PeriodLike | None:
    """Give the period that the report is for, once it is known."""
    code = scope.answers.get(FIELD)
    return scope.facts.periods.kept(code, scope.facts.today) if code is not None else None


def events(scope: Scope, *forms: str) -> list[Submission] | None:
    """Give the event reports of the period's days; None before it is known, and where it goes back too far to tell."""
    period = period_of(scope)
    if period is None or period.since < (scope.facts.now - HISTORY).date():
        return None
    return [one for form in forms for one in scope.facts.reports(form) if period.since <= one.day <= period.until]


def dialogues(scope: Scope) -> int | None:
    """Count the dialogues of the period."""
    found = events(scope, "dialogue")
    return len(found) if found is not None else None


def stoppages(scope: Scope) -> int | None:
    """Count the stoppages of work among the urgent incidents of the period."""
    return _incidents(scope, STOPPAGE)


def accidents(scope: Scope) -> int | None:
    """Count the accidents of the period: told by safety reports, or as urgent incidents, whichever are more."""
    told, urgent = summed("safety", "accidents")(scope), _incidents(scope, ACCIDENT)
    return None if told is None or urgent is None else max(told, urgent)


def _incidents(scope: Scope, kind: str) -> int | None:
    found = events(scope, "incident")
    return None if found is None else sum(one.answers.get("incident_type") == kind for one in found)


def summed(form: str, code: str) -> Count:
    """Add up an answer over the event reports of the period."""

    def total(scope: Scope) -> int | None:
        found = events(scope, form)
        return sum(one.answers.get(code) or 0 for one in found) if found is not None else None

    return total


def stated(code: str) -> Count:
    """Give a total of the last membership report on or before the period's last day."""

    def latest(scope: Scope) -> int | None:
        return _latest(scope, "membership", code)

    return latest


def last_time(code: str) -> Count:
    """Give what the unit's periodic report before this one said, as far as it fits into the workers of this one."""

    def before(scope: Scope) -> int | None:
        return _fitting(_latest(scope, "periodic", code), scope)

    return before


def on_record(code: str, opening: str) -> Count:
    """Give a total as it is known: of the last membership report, of the last periodic one, or of the list of units."""

    def known(scope: Scope) -> int | None:
        unit = scope.facts.unit
        found = (_latest(scope, "membership", code), _latest(scope, "periodic", code))
        listed = getattr(unit, opening) if unit is not None else None
        return _fitting(next((number for number in found if number is not None), listed), scope)

    return known


def _latest(scope: Scope, form: str, code: str) -> int | None:
    period = period_of(scope)
    if period is None:
        return None
    reports = [one for one in scope.facts.reports(form) if one.day <= period.until]
    return next((int(one.answers[code]) for one in reports if one.answers.get(code) is not None), None)


def _fitting(number: int | None, scope: Scope) -> int | None:
    most = scope.answers.get("total_workers")
    return number if number is None or most is None or number <= most else None


def differs(code: str, count: Count, text: Callable[[Any, Scope], Text]) -> Warn:
    """Ask which is right where a figure given is not the one counted, and why."""
    known = counting(count)
    yes, no = _("The one I wrote"), _("The one on record")  # "1. 2  2. 1" could be misread
    return Warn("counted", answer(code) != known, text, instead=known, reason=True, yes=yes, no=no)


def counting(count: Count, *reads: str) -> Derived:
    """Stand for a count in a form."""
    return derived(count, FIELD, *reads)


def from_reports(count: Count) -> Callable[[Any, Scope], Text]:
    """Ask about a figure that the reports of the period add up to."""

    def text(value: Any, scope: Scope) -> Text:
        return _(
            "The reports of {period} add up to {counted}; you wrote {typed}. Which one is right?",
            period=_title(scope),
            counted=count(scope) or 0,
            typed=value,
        )

    return text


def from_membership(count: Count) -> Callable[[Any, Scope], Text]:
    """Ask about a total that the last membership report states."""

    def text(value: Any, scope: Scope) -> Text:
        return _(
            "The last membership report says {counted}; you wrote {typed}. Which one is right?",
            counted=count(scope) or 0,
            typed=value,
        )

    return text


def _title(scope: Scope) -> Text | str:
    period = period_of(scope)
    return period.title if period is not None else ""


def asking_counted(label: Text) -> Callable[[Any], Text]:
    """Ask a question with what was counted."""
    return lambda number: Lines((label, _("(counted: {number})", number=number)), " ")


def asking_known(label: Text) -> Callable[[Any], Text]:
    """Ask a question with what is on record."""
    return lambda number: Lines((label, _("(on record: {number})", number=number)), " ")


def asking_again(label: Text) -> Callable[[Any], Text]:
    """Ask a question with what was said last time."""
    return lambda number: Lines((label, _("(last time: {number})", number=number)), " ")
