"""One case before one person: what they are to it, and what they may read and do."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import StrEnum

from bot.caseload import Caseload
from bot.cases.access import is_sender, may_handle, may_pass_on, post_above
from bot.cases.case import Case, Change, Event
from bot.cases.clock import Surroundings
from bot.i18n import Text, _
from bot.talk import Talk
from handlers.names import person_name


class Part(StrEnum):
    """What somebody is to a case."""

    SENDER = "sender"
    OFFICER = "officer"  # may read and answer
    KEEPER = "keeper"  # has it, but may not read it
    ONLOOKER = "onlooker"  # is above the unit: sees how it stands


@dataclass(frozen=True, slots=True)
class Scene:
    """A case before a person. `desk` is the union at which they see to it, if they do."""

    case: Case
    events: list[Event]
    around: Surroundings
    part: Part
    desk: int | None

    @property
    def reads(self) -> bool:
        """Tell whether the person may read what was written."""
        return self.part in {Part.SENDER, Part.OFFICER}


async def caseload(talk: Talk) -> Caseload:
    """Give the cases as this turn sees them."""
    return Caseload(await talk.read(), talk.house.lists, talk.house.terms, talk.house.voice, talk.now)


async def scene(talk: Talk, number: int) -> Scene | None:
    """Find a case for whoever asks; None where it is none of theirs."""
    load = await caseload(talk)
    case = await load.reads.case(number)
    if case is None:
        return None
    events = await load.reads.case_events(case.id)
    around = await load.around(case.unit, case.desk, sparing=case.person)
    part = _part(talk, case, around, events)
    if part is None:
        return None
    post = post_above(talk.known, around.above)
    return Scene(case, events, around, part, post.unit if post is not None else case.desk)


def _part(talk: Talk, case: Case, around: Surroundings, events: list[Event]) -> Part | None:
    person = talk.known
    if is_sender(case, person):
        return Part.SENDER
    if may_handle(case, person, around.above, around.lists, events):
        return Part.OFFICER
    if may_pass_on(case, person):
        return Part.KEEPER
    return Part.ONLOOKER if post_above(person, around.above) is not None else None


async def happen(talk: Talk, change: Change) -> None:
    """Let something happen to a case: it is kept, told and noted."""
    load = await caseload(talk)
    talk.do(*await load.consequences(change))
    talk.audit(f"case {change.event.deed}", change.case.code)


async def names(talk: Talk, events: list[Event]) -> Callable[[str], Text]:
    """Give what the people of some events are called."""
    reads = await talk.read()
    known: dict[str, Text] = {}
    for id_ in {event.person for event in events} | {event.to for event in events} - {""}:
        person = await reads.person(id_) if id_ else None
        known[id_] = person_name(person.name, person.honorific) if person is not None and person.name else _("somebody")

    def name(id_: str) -> Text:
        return known.get(id_, _("the program"))

    return name
