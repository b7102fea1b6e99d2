"""People, what they hold and held, and their invitations."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.messages import Address
from bot.records import Invite, Person, Role


@dataclass(frozen=True, slots=True)
class Tenure:
    """A role that somebody holds or held: `until` is the first day without it."""

    role: Role
    code: str  # of the unit
    name: str
    since: date
    until: date | None


class PeopleReads(Protocol):
    """What can be asked of people."""

    async def person(self, person: str) -> Person | None:
        """Give a person by id."""

    async def person_at(self, address: Address) -> Person | None:
        """Give the person who writes from this address, if it is linked."""

    async def used_at(self, address: Address) -> datetime | None:
        """Tell when somebody last wrote from this address, if it is linked."""

    async def consents(self, person: str) -> list[tuple[str, datetime, bool]]:
        """List what a person agreed to: (version, when, given)."""

    async def tenures(self, person: str) -> list[Tenure]:
        """List every role that a person holds or held, in the order in which they were given."""

    async def audited(self, person: str) -> list[tuple[datetime, str]]:
        """List what was noted of a person's doings: (when, action)."""

    async def muted(self, people: Sequence[str], topic: str) -> set[str]:
        """Tell who of these wants none of a topic."""

    async def busy(self, people: Sequence[str], now: datetime) -> set[str]:
        """Tell with whom of these a question is open: digits mean something to them."""

    async def channels_in_use(self) -> set[str]:
        """Name the channels on which anybody is linked."""

    async def reporting_since(self) -> date | None:
        """Give the first day on which anybody held a role that reports; None: nobody ever has."""

    async def wrong_codes(self, address: Address, now: datetime) -> int:
        """Count the wrong codes that came from an address in the last 15 minutes."""

    async def invite(self, hash_: str) -> Invite | None:
        """Give an invitation by the hash of its code."""
