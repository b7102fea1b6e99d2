"""Soft checks that several report kinds share. They ask; they never refuse."""

from __future__ import annotations

from datetime import date
from typing import Any, Final

from bot.forms.conditions import Scope, derived
from bot.forms.fields import Warn
from bot.forms.personal import personal, without_personal
from bot.i18n import Text, _

MUCH: Final = 5  # so many times the last figure is unusual
FEW: Final = 20  # differences below this are nothing to ask about


def other_period(code: str) -> Warn:
    """Ask when the day of the event counts for a period that is neither open nor due."""

    def elsewhere(scope: Scope) -> bool | None:
        day = scope.answers.get(code)
        if day is None:
            return None
        periods, now = scope.facts.periods, scope.facts.now
        return periods.of(day).code not in {periods.open(now).code, *periods.due(now).codes}

    def text(day: date, scope: Scope) -> Text:
        period = scope.facts.periods.of(day)
        if scope.facts.now > period.locks_at:
            return _(
                "{day} belongs to {period}, which is closed: it will count as late. Send it all the same?",
                day=day,
                period=period.named,
            )
        return _("{day} belongs to {period}. Shall it count for that one?", day=day, period=period.named)

    return Warn("period", derived(elsewhere, code), text, no=_("Change the day"))


def unusual(form: str, code: str) -> Warn:
    """Ask when a number is far from the one of the unit's last report of this kind."""

    def last(scope: Scope) -> int | None:
        return next((r.answers[code] for r in scope.facts.reports(form) if r.answers.get(code) is not None), None)

    def far(scope: Scope) -> bool | None:
        now, before = scope.answers.get(code), last(scope)
        if now is None or not before:
            return None
        return bool(abs(now - before) >= FEW and (now >= before * MUCH or now * MUCH <= before))

    def text(value: Any, scope: Scope) -> Text:
        return _("Last time it was {before}, this time {now}. Is {now} right?", before=last(scope) or 0, now=value)

    return Warn("unusual", derived(far, code), text)


def workers(scope: Scope) -> int | None:
    """Give the unit's latest known number of workers: from its last membership report, or from the list of units."""
    for report in scope.facts.reports("membership"):
        if report.answers.get("total_workers") is not None:
            return int(report.answers["total_workers"])
    return scope.facts.unit.workers if scope.facts.unit is not None else None


def more_than_workers(code: str, times: int = 1) -> Warn:
    """Ask when a number of people is more than the unit has workers (so many times)."""

    def crowd(scope: Scope) -> bool | None:
        size, people = workers(scope), scope.answers.get(code)
        return None if size is None or people is None else bool(people > size * times)

    def text(value: Any, scope: Scope) -> Text:
        return _(
            "The unit has {size} workers; you wrote {people}. Is that right?", size=workers(scope) or 0, people=value
        )

    return Warn("workers", derived(crowd, code), text)


def no_names(code: str) -> Warn:
    """Ask to take names and telephone numbers out of free words."""

    def found(scope: Scope) -> bool | None:
        words = scope.answers.get(code)
        return None if words is None else personal(words)

    def without(scope: Scope) -> str | None:
        words = scope.answers.get(code)
        return None if words is None else without_personal(words)

    def text(value: Any, scope: Scope) -> Text:
        del value, scope
        return _("There is a name or a telephone number in that. It is safer without.")

    yes, no = _("Leave it as it is"), _("Take it out for me")
    return Warn("names", derived(found, code), text, instead=derived(without, code), yes=yes, no=no)
