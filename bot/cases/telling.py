"""Who hears of what happened to a case, and in which words: nothing of its content, as it may appear on a lock screen.

Incidents are told at once, day and night, on every channel; the rest waits for the end of the quiet hours.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Final

from bot.cases.case import Case, Change, Deed, Kind
from bot.cases.terms import Terms
from bot.effects import DropUnsent, Effect, Speak
from bot.i18n import Plain, Text, Voice, _
from bot.messages import Choice, Outgoing, Priority, Say
from bot.records import Person

TO_OWNER: Final = frozenset(
    {
        Deed.OPENED,
        Deed.FORWARDED,
        Deed.PASSED,
        Deed.REASSIGNED,
        Deed.MOVED,
        Deed.REOPENED,
        Deed.ADDED,
        Deed.OVERDUE,
        Deed.CONFIRMED,
    }
)
ALARMS: Final = frozenset({Deed.OPENED, Deed.REOPENED, Deed.ALERTED, Deed.FORWARDED, Deed.REASSIGNED, Deed.MOVED})


@dataclass(frozen=True, slots=True)
class Circle:
    """Those around a case: the unit's people who hear of it, and the officers by id."""

    senders: Sequence[Person]
    people: Mapping[str, Person]
    desk: str = ""  # what the union is called where it lies now

    def name(self, person: str) -> Text:
        """Say what somebody is called."""
        known = self.people.get(person)
        return Plain(known.name) if known is not None and known.name else _("an officer")


@dataclass(frozen=True, slots=True)
class Speaker:
    """How things are said: in whose voice, by which hours, when."""

    voice_of: Callable[[Person | None], Voice]
    terms: Terms
    now: datetime


def told(change: Change, circle: Circle, speaker: Speaker) -> list[Effect]:
    """Tell everybody concerned, except whoever did it; what is taken or over drops the alerts still unsent."""
    effects: list[Effect] = []
    if change.event.deed in {Deed.TAKEN, Deed.CLOSED, Deed.CONFIRMED}:
        effects.append(DropUnsent(drop_key(change.case)))
    officer = to_officer(change)
    if officer is not None:
        for person in _officers(change):
            effects += _speaks(change, circle.people.get(person), officer, speaker)
    if change.left:
        effects += _speaks(change, circle.people.get(change.left), to_former(change, circle), speaker)
    sender = to_sender(change, circle)
    if sender is not None:
        for one in circle.senders:
            effects += _speaks(change, one, sender, speaker)
    return effects


def drop_key(case: Case) -> str:
    """Name the messages that are not needed once somebody has taken a case."""
    return f"case/{case.id}"


def _officers(change: Change) -> tuple[str, ...]:
    if change.event.deed is Deed.OPENED and change.case.alerted:
        return change.case.alerted
    return (change.event.to or change.case.owner,)


def _speaks(change: Change, person: Person | None, say: Say, speaker: Speaker) -> list[Effect]:
    if person is None or person.id == change.event.person:
        return []
    alarm = change.case.kind is Kind.INCIDENT and change.event.deed in ALARMS
    addresses = person.addresses if alarm else person.addresses[:1]
    at_once = change.case.kind is Kind.INCIDENT or change.case.serious
    not_before = None if at_once else speaker.terms.quiet.over(speaker.now)
    message = say.spoken(speaker.voice_of(person))
    return [
        Speak(
            Outgoing(
                f"case/{change.case.id}/{change.event.seq}/{person.id}/{address.channel}/{address.chat}",
                address,
                message,
                Priority.ALERT,
                not_before,
                drop_key=drop_key(change.case) if alarm else "",
            )
        )
        for address in addresses
    ]


def to_officer(change: Change) -> Say | None:
    """Say what the officer hears who has to see to it."""
    case, deed = change.case, change.event.deed
    if case.kind is Kind.INCIDENT and deed in ALARMS:
        take = Choice(_("I take it"), f"/vuviec {case.number} nhan", f"{case.code} NHAN")
        return Say(
            _("URGENT: incident {code} waits for somebody to take it. Type {code} to read it.", code=case.code),
            choices=(take,),
        )
    texts: dict[Deed, Text] = {
        Deed.ADDED: _("There is something new about {code}. Type {code} to read it.", code=case.code),
        Deed.OVERDUE: _(
            "{code} should have been answered by {due}. Type {code} to see to it.", code=case.code, due=case.due_at
        ),
        Deed.CONFIRMED: _("{code}: the unit says that its people have the answer. It is closed.", code=case.code),
        Deed.REOPENED: _("{code} is open again: the answer was not enough. Type {code} to read why.", code=case.code),
    }
    if deed in texts:
        return Say(texts[deed])
    if deed in TO_OWNER:
        return Say(
            _("{code} is waiting for your answer, by {due}. Type {code} to read it.", code=case.code, due=case.due_at)
        )
    return None


def to_former(change: Change, circle: Circle) -> Say:
    """Say to the officer who had a case that it is theirs no longer."""
    return Say(
        _(
            "{code} went to {desk} with its unit: {you} need not see to it any more.",
            code=change.case.code,
            desk=circle.desk,
        )
    )


def to_sender(change: Change, circle: Circle) -> Say | None:
    """Say what the unit hears: every step of its case."""
    case, event = change.case, change.event
    texts: dict[Deed, Text] = {
        Deed.TAKEN: _("{code}: {name} is seeing to it.", code=case.code, name=circle.name(event.person)),
        Deed.FORWARDED: _up(case, circle),
        Deed.PASSED: _up(case, circle),
        Deed.MOVED: _(
            "{code} has followed your unit to {desk}: it lies with {name} now.",
            code=case.code,
            desk=circle.desk,
            name=circle.name(event.to),
        ),
        Deed.REASSIGNED: _("{code} lies with {name} now.", code=case.code, name=circle.name(event.to)),
        Deed.ANSWERED: _("{code} has an answer. Type {code} to read it and to tell your people.", code=case.code),
        Deed.REMINDED: _("Do your people have the answer to {code}? Type {code} and choose.", code=case.code),
        Deed.CLOSED: _("{code} is closed. If it is not settled, type {code} and what is missing.", code=case.code),
        Deed.ASKED: _("{code}: how do things stand now? Type {code} and a few words.", code=case.code),
    }
    if case.kind is Kind.INCIDENT:
        texts[Deed.ANSWERED] = _("{code}: the officer has written to {you}. Type {code} to read it.", code=case.code)
    return Say(texts[event.deed]) if event.deed in texts else None


def _up(case: Case, circle: Circle) -> Text:
    if case.kind is Kind.INCIDENT:
        return _("{code} lies with {desk} now.", code=case.code, desk=circle.desk)
    return _("{code} lies with {desk} now, to be answered by {due}.", code=case.code, desk=circle.desk, due=case.due_at)
