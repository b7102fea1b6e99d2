"""A case as people read it: how it stands, and what happened, in order."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Final

from bot.cases.case import Case, Deed, Event, Kind, State
from bot.i18n import DayMonth, Phrase, Plain, Text, _, _n, local_day

KINDS: Final[Mapping[Kind, Phrase]] = {
    Kind.PETITION: _("Petition"),
    Kind.LEGAL: _("Legal help"),
    Kind.QUESTION: _("Question"),
    Kind.INCIDENT: _("Incident"),
}
STATES: Final[Mapping[State, Phrase]] = {
    State.OPENED: _("received"),
    State.TAKEN: _("being seen to"),
    State.FORWARDED: _("sent to the union above"),
    State.REOPENED: _("opened again"),
    State.ANSWERED: _("answered"),
    State.CLOSED: _("closed"),
}
DEEDS: Final[Mapping[Deed, Callable[[Text, Text], Phrase]]] = {
    Deed.TAKEN: lambda who, _to: _("{name} took it", name=who),
    Deed.FORWARDED: lambda who, to: _("{name} sent it up, to {to}", name=who, to=to),
    Deed.PASSED: lambda _who, to: _("overdue, so it went to {to}", to=to),
    Deed.REASSIGNED: lambda _who, to: _("it lies with {to} now", to=to),
    Deed.MOVED: lambda _who, to: _("the unit is under another union now, so it went to {to}", to=to),
    Deed.CONFIRMED: lambda who, _to: _("{name} confirmed the answer", name=who),
    Deed.REOPENED: lambda who, _to: _("{name} opened it again", name=who),
    Deed.CLOSED: lambda _who, _to: _("closed"),
    Deed.ALERTED: lambda _who, to: _("{to} was alerted", to=to),
}


def title(case: Case) -> Text:
    """Name a case with how it stands."""
    return _("{code} · {kind} · {state}", code=case.code, kind=KINDS[case.kind], state=STATES[case.state])


def row(case: Case, unit: Text | None = None) -> Text:
    """Tell a case in one line of a list, for its unit or (with the name of the unit) for an officer."""
    day = DayMonth(local_day(case.opened_at))
    if unit is None:
        return _("{code} · {day} · {state}", code=case.code, day=day, state=STATES[case.state])
    due = DayMonth(local_day(case.due_at))
    return _("{code} · {kind} · {unit} · by {due}", code=case.code, kind=KINDS[case.kind], unit=unit, due=due)


def history(
    events: Sequence[Event], name: Callable[[str], Text], files: Mapping[int, int], *, reads: bool
) -> list[Text]:
    """Tell what happened, the oldest first; what was written, and how many files came, only to whoever may read it."""
    return [line for event in events if (line := _line(event, name, files.get(event.seq, 0), reads=reads)) is not None]


def _line(event: Event, name: Callable[[str], Text], files: int, *, reads: bool) -> Text | None:
    day = DayMonth(local_day(event.at))
    if event.deed is Deed.WORDED:
        return None
    said = _said(event, files)
    if said is not None and reads:
        if event.deed in DEEDS:
            deed = DEEDS[event.deed](name(event.person), name(event.to))
            return _("{day} {deed}: {said}", day=day, deed=deed, said=said)
        return _("{day} {name}: {said}", day=day, name=name(event.person), said=said)
    if event.deed not in DEEDS:
        return None
    return _("{day} {deed}.", day=day, deed=DEEDS[event.deed](name(event.person), name(event.to)))


def _said(event: Event, files: int) -> Text | None:
    count = _n("{count} file", "{count} files", files)
    if event.text and files:
        return _("{said} ({files})", said=Plain(event.text), files=count)
    if event.text:
        return Plain(event.text)
    return count if files else None


def bulletin(cases: Sequence[Case], now: datetime) -> list[Text]:
    """Say in an officer's bulletin what must not wait: open incidents, and what is overdue."""
    incidents = sum(1 for case in cases if case.kind is Kind.INCIDENT)
    overdue = sum(1 for case in cases if case.overdue(now))
    told: list[Text] = []
    if incidents:
        told.append(
            _n(
                "Urgent: {count} open incident. Type KIEN NGHI.",
                "Urgent: {count} open incidents. Type KIEN NGHI.",
                incidents,
            )
        )
    if overdue:
        told.append(
            _n(
                "Overdue for an answer: {count} case. Type KIEN NGHI.",
                "Overdue for an answer: {count} cases. Type KIEN NGHI.",
                overdue,
            )
        )
    return told
