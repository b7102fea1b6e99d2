"""Answers what `bot.ports.people` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from bot.messages import Address
from bot.ports import (
    Tenure,
)
from bot.ports.people import PeopleReads
from bot.records import Invite, Person
from storage.reading import (
    clock,
    invites,
    people,
)
from storage.reads.asking import Asking


class PeopleAsks(Asking, PeopleReads):
    """Reads as `PeopleReads` has them."""

    async def channels_in_use(self) -> set[str]:
        return await self.run(people.channels_in_use)

    async def reporting_since(self) -> date | None:
        return await self.run(people.reporting_since)

    async def person(self, person: str) -> Person | None:
        return await self.run(people.person, person, self.today)

    async def consents(self, person: str) -> list[tuple[str, datetime, bool]]:
        return await self.run(people.agreed, person)

    async def tenures(self, person: str) -> list[Tenure]:
        return await self.run(people.tenures, person, self.today)

    async def audited(self, person: str) -> list[tuple[datetime, str]]:
        return await self.run(people.audited, person)

    async def wrong_codes(self, address: Address, now: datetime) -> int:
        return await self.run(invites.wrong_codes, address, now)

    async def invite(self, hash_: str) -> Invite | None:
        return await self.run(invites.by_hash, hash_)

    async def muted(self, people_: Sequence[str], topic: str) -> set[str]:
        return await self.run(clock.muted, people_, topic)

    async def busy(self, people_: Sequence[str], now: datetime) -> set[str]:
        return await self.run(clock.busy, people_, now)

    async def person_at(self, address: Address) -> Person | None:
        return await self.run(people.person_at, address, self.today)

    async def used_at(self, address: Address) -> datetime | None:
        return await self.run(people.used_at, address)
