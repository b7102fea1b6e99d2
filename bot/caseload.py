"""What turns and the clock share of cases: who is around one, and what its changes bring about."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime

from bot.cases.case import Case, Change, Kind
from bot.cases.clock import Surroundings
from bot.cases.desks import Lists
from bot.cases.telling import Circle, Speaker, told
from bot.cases.terms import Terms
from bot.effects import Effect, KeepCase
from bot.i18n import Voice
from bot.ports import Reads
from bot.records import OFFICERS, Person, Role

SENDERS = (Role.CHAIR, Role.DEPUTY)


@dataclass(frozen=True, slots=True)
class Caseload:
    """Cases at one moment: where to read, by which lists and numbers, in whose voice they are told."""

    reads: Reads
    lists: Lists
    terms: Terms
    voice_of: Callable[[Person | None], Voice]
    now: datetime

    async def around(self, unit: int, desk: int | None = None, *, sparing: str = "") -> Surroundings:
        """Give what decides whose a case of this unit is; whoever opened it (`sparing`) answers it to nobody."""
        above = await self.reads.officers_over(unit, desk)
        others = [one for one in above if one.person != sparing]
        return Surroundings(others or above, self.lists, self.terms)

    async def still_there(self, case: Case) -> bool:
        """Tell whether the officer of a case still holds the post that it came to them by."""
        owner = await self.reads.person(case.owner)
        posts = owner.posts if owner is not None else ()
        return any(post.unit.id == case.desk and post.role in OFFICERS for post in posts)

    async def consequences(self, change: Change) -> list[Effect]:
        """Keep what happened, and tell everybody whom it concerns."""
        case = change.case
        concerned = {change.event.to, change.event.person, change.left, case.owner, *case.alerted} - {""}
        people = {id_: found for id_ in sorted(concerned) if (found := await self.reads.person(id_)) is not None}
        desk = await self.reads.unit(case.desk) if case.desk is not None else None
        circle = Circle(await self._senders(case), people, desk.name if desk is not None else "")
        return [KeepCase(case, change.event), *told(change, circle, Speaker(self.voice_of, self.terms, self.now))]

    async def _senders(self, case: Case) -> list[Person]:
        """Give who hears of it at the unit: whoever opened it, or chair and deputy after they left."""
        sender = await self.reads.person(case.person)
        if sender is not None and any(post.unit.id == case.unit for post in sender.posts):
            return [sender]
        if case.kind is Kind.QUESTION:
            return []
        holders = await self.reads.holders([case.unit], SENDERS)
        found = [await self.reads.person(one.person) for one in holders if one.reachable]
        return [person for person in found[:1] if person is not None]
