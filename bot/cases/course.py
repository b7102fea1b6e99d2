"""What people do to a case: each deed gives the case after it, with one event. Conflicts are for storage to see."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Any

from bot.cases.case import UNSEEN, WAITING, Case, Change, Deed, Event, Kind, State
from bot.cases.desks import Rung, above_desk
from bot.cases.opening import Opening
from bot.cases.terms import Terms


@dataclass(frozen=True, slots=True)
class Newborn:
    """Who opens a case, and what it is called."""

    id: str
    number: int
    unit: int
    person: str
    alerted: tuple[str, ...] = ()


def opened(new: Newborn, opening: Opening, rung: Rung | None, terms: Terms, now: datetime) -> Change:
    """Open a case at the nearest union above with an officer."""
    due = terms.due(opening.kind, now, urgent=opening.urgent)
    case = Case(
        new.id,
        new.number,
        opening.kind,
        opening.topic,
        new.unit,
        new.person,
        now,
        State.OPENED,
        rung.first.person if rung is not None else "",
        rung.unit if rung is not None else None,
        due,
        next_at=due,
        serious=opening.serious,
        report=opening.report,
        alerted=new.alerted,
    )
    return Change(case, Event(case.id, 0, now, new.person, Deed.OPENED, case.owner, opening.text))


def _done(case: Case, now: datetime, who: str, deed: Deed, *, to: str = "", text: str = "", **changes: Any) -> Change:
    seq = case.seq + 1
    return Change(replace(case, seq=seq, **changes), Event(case.id, seq, now, who, deed, to, text))


def added(case: Case, who: str, text: str, terms: Terms, now: datetime) -> Change:
    """Add to a case; one that is closed is opened again by it."""
    if case.open:
        return _done(case, now, who, Deed.ADDED, to=case.owner, text=text)
    return reopened(case, who, text, terms, now)


def taken(case: Case, who: str, desk: int | None, terms: Terms, now: datetime) -> Change:
    """An officer takes it: from now on it is theirs. An incident is acknowledged by this."""
    incident = case.kind is Kind.INCIDENT
    then = terms.news(case.opened_at, now) if incident else case.next_at
    step = 0 if incident else case.step
    return _done(case, now, who, Deed.TAKEN, state=State.TAKEN, owner=who, desk=desk, next_at=then, step=step)


def forwarded(case: Case, who: str, rung: Rung, text: str, terms: Terms, now: datetime) -> Change:
    """An officer sends it upward; the union there has its own time to answer."""
    return _moved(case, rung, Deed.FORWARDED, terms, now, who=who, text=text)


def passed(case: Case, rung: Rung, terms: Terms, now: datetime) -> Change:
    """The clock sends it upward: it was not answered in time."""
    return _moved(case, rung, Deed.PASSED, terms, now)


def _moved(case: Case, rung: Rung, deed: Deed, terms: Terms, now: datetime, *, who: str = "", text: str = "") -> Change:
    to = rung.first.person
    due = terms.due(case.kind, now, urgent=deed is Deed.PASSED)
    return _done(
        case,
        now,
        who,
        deed,
        to=to,
        text=text,
        state=State.FORWARDED,
        owner=to,
        desk=rung.unit,
        due_at=due,
        next_at=due,
        step=0,
    )


def reassigned(case: Case, rung: Rung, now: datetime) -> Change:
    """Give it to another officer: the one who had it left."""
    to = rung.first.person
    return _done(case, now, "", Deed.REASSIGNED, to=to, owner=to, desk=rung.unit)


def moved(case: Case, rung: Rung, terms: Terms, now: datetime) -> Change:
    """Give it to the union that its unit is under now; who has it new gets the time of what is urgent.

    An incident that somebody had taken waits again for somebody to take it.
    """
    to = rung.first.person
    changes: dict[str, Any] = {"owner": to, "desk": rung.unit}
    if case.kind is Kind.INCIDENT:
        taken = case.state not in UNSEEN
        alerted = (to,) if taken else tuple(dict.fromkeys((*case.alerted, to)))
        changes |= {"state": State.FORWARDED, "alerted": alerted, "next_at": now + terms.until_next, "step": 0}
    elif case.state in WAITING:
        due = max(case.due_at, terms.due(case.kind, now, urgent=True))
        changes |= {"due_at": due, "next_at": due, "step": 0}
    return replace(_done(case, now, "", Deed.MOVED, to=to, **changes), left=case.owner if case.owner != to else "")


def answered(case: Case, who: str, text: str, terms: Terms, now: datetime) -> Change:
    """Answer it; the unit is asked whether its people have the answer. Of an incident it is one message of several."""
    first = case.answered_at or now
    if case.kind is Kind.INCIDENT:
        return _done(case, now, who, Deed.ANSWERED, text=text, answered_at=first)
    then = terms.quiet.over(now + timedelta(days=terms.confirm_days))
    return _done(
        case, now, who, Deed.ANSWERED, text=text, state=State.ANSWERED, answered_at=first, next_at=then, step=0
    )


def confirmed(case: Case, who: str, now: datetime) -> Change:
    """The unit says that its people have the answer: closed."""
    return _done(case, now, who, Deed.CONFIRMED, state=State.CLOSED, closed_at=now, next_at=None)


def closed(case: Case, who: str, text: str, now: datetime) -> Change:
    """An officer (or the clock) closes it."""
    return _done(case, now, who, Deed.CLOSED, text=text, state=State.CLOSED, closed_at=now, next_at=None)


def reopened(case: Case, who: str, text: str, terms: Terms, now: datetime) -> Change:
    """The unit is not done with it: it lies with its owner again, with a new date."""
    due = now if case.kind is Kind.INCIDENT else terms.due(case.kind, now, urgent=True)
    return _done(
        case,
        now,
        who,
        Deed.REOPENED,
        to=case.owner,
        text=text,
        state=State.REOPENED,
        due_at=due,
        next_at=due,
        step=0,
        closed_at=None,
        alerted=(),
    )


def worded(case: Case, who: str, text: str, now: datetime) -> Change:
    """An officer says how reports to others shall tell it."""
    return _done(case, now, who, Deed.WORDED, wording=text)


def can_go_up(case: Case, rungs: tuple[Rung, ...]) -> bool:
    """Tell whether there is a union above the one where it lies."""
    return case.state in WAITING and above_desk(rungs, case.desk) is not None
