"""What the clock does to a case whose moment has come: one deed a step, each step once."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.cases.case import UNSEEN, Case, Change, Deed, Event, Kind, State
from bot.cases.course import closed, moved, passed, reassigned
from bot.cases.desks import Lists, Officer, above_desk, alerted, at_desk, first_wave, ladder, nearest
from bot.cases.terms import Terms
from bot.reporting.periods import local_day


@dataclass(frozen=True, slots=True)
class Surroundings:
    """What the clock must know besides a case: the officers above its unit, the office's lists and numbers."""

    above: Sequence[Officer]
    lists: Lists
    terms: Terms


def act(case: Case, around: Surroundings, now: datetime) -> Change:
    """Do what is due; afterwards `next_at` lies later, or nothing is due any more."""
    if case.kind is Kind.INCIDENT:
        return _incident(case, around, now)
    if case.state is State.ANSWERED:
        return _unconfirmed(case, around.terms, now)
    return _unanswered(case, around, now)


def _unanswered(case: Case, around: Surroundings, now: datetime) -> Change:
    if case.step == 0:
        then = around.terms.after(now, around.terms.pass_on_days)
        return _step(case, now, Deed.OVERDUE, to=case.owner, next_at=then)
    above = above_desk(ladder(around.above, around.lists, case.kind, case.topic), case.desk)
    if above is None or above.first.person == case.owner:
        return _step(case, now, Deed.OVERDUE, to=case.owner, next_at=None)
    return passed(case, above, around.terms, now)


def _unconfirmed(case: Case, terms: Terms, now: datetime) -> Change:
    if case.step == 0:
        then = now + timedelta(days=max(1, terms.close_days - terms.confirm_days))
        return _step(case, now, Deed.REMINDED, to=case.person, next_at=then)
    return closed(case, "", "", now)


def _incident(case: Case, around: Surroundings, now: datetime) -> Change:
    waiting = left_to_alert(case, around, now) if case.state in UNSEEN else []
    if not waiting:
        return _step(case, now, Deed.ASKED, to=case.person, next_at=around.terms.news(case.opened_at, now))
    after = replace(case, alerted=(*case.alerted, waiting[0]))
    then = look_again(after, around, now)
    return _step(case, now, Deed.ALERTED, to=waiting[0], next_at=then, alerted=after.alerted)


def look_again(case: Case, around: Surroundings, now: datetime) -> datetime:
    """Give when to look at an incident again that was just told of: there may be somebody left to alert."""
    if left_to_alert(case, around, now):
        return now + around.terms.until_next
    return around.terms.news(case.opened_at, now)


def wave(around: Surroundings, now: datetime, *, serious: bool) -> tuple[str, ...]:
    """List who is alerted as soon as an incident is told."""
    return first_wave(around.above, around.lists, local_day(now), serious=serious)


def left_to_alert(case: Case, around: Surroundings, now: datetime) -> list[str]:
    """List who has not been alerted of an incident that nobody has acknowledged, the next one first."""
    chain = alerted(around.above, around.lists, local_day(now))
    return [person for person in chain if person not in case.alerted]


def settle(case: Case, around: Surroundings, now: datetime, *, moved_away: bool = False) -> Change | None:
    """Give a case whose owner left to the next officer of its union, or above; None where there is nobody at all.

    One whose unit moved away from under its officer's union goes where it would be opened today.
    """
    rungs = ladder(around.above, around.lists, case.kind, case.topic)
    rung = at_desk(nearest(rungs), case.desk)
    if rung is None or (rung.first.person, rung.unit) == (case.owner, case.desk):
        return None
    return moved(case, rung, around.terms, now) if moved_away else reassigned(case, rung, now)


def _step(case: Case, now: datetime, deed: Deed, *, to: str, **changes: Any) -> Change:
    after = replace(case, seq=case.seq + 1, step=case.step + 1, **changes)
    return Change(after, Event(case.id, after.seq, now, "", deed, to))
