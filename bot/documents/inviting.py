"""The job "invitations": codes for the chairs of an officer's units as a sheet to print, sent into the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any, Final

from bot.documents.invitations import Card
from bot.effects import Audit, Effect, NewInvite, RevokeInvites, Speak
from bot.i18n import _n, local_day
from bot.messages import Address, Attachment, Outgoing, Say
from bot.ports import Reads, Store
from bot.records import INVITERS, Invite, Person, Role, Unit
from bot.reporting.kinds import REPORTING_KINDS
from bot.talk import House

JOB: Final = "invitations"
LACKING, ALL = "lacking", "all"  # for units that nobody has joined, or for all
MOST: Final = 1_000  # sheets of more units are made on the command line

Write = Callable[[Path, Sequence[Card], datetime, str], Awaitable[None]]
Shown = Callable[[str], str]


async def inviting_units(reads: Reads, person: Person, today: datetime) -> tuple[list[Unit], set[int]]:
    """Give the units under a person's that report, and at which of them somebody is chair."""
    under = [unit.id for unit in person.units(INVITERS)]
    units = [one for one in await reads.subtree(under, local_day(today)) if one.kind in REPORTING_KINDS]
    there = {one.unit for one in await reads.holders([unit.id for unit in units], [Role.CHAIR])}
    return units, there


@dataclass(frozen=True, slots=True)
class SendCards:
    """Makes the sheet in a process of its own; only once it is there do its codes work, and the ones before no more."""

    store: Store
    house: House
    exports: Path
    write: Write
    shown: Shown  # how people read a code
    role: Mapping[Role, Any]  # what roles are called
    clock: Callable[[], datetime]

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Make the codes for `args["which"]` of the units of whoever asked, by what they may see now."""
        del attempts
        address, now = Address(args["channel"], args["chat"]), self.clock()
        async with self.store.reading() as reads:
            person = await reads.person_at(address)
            if person is None or not person.holds(INVITERS):
                return []
            units, there = await inviting_units(reads, person, now)
        wanted = [unit for unit in units if args["which"] == ALL or unit.id not in there][:MOST]
        codes = [self.house.new_code() for _unit in wanted]
        until = now + timedelta(days=self.house.invite_days)
        path = self.exports / f"{args['job']}.docx"
        cards = [self._card(person, unit, code, unit.id in there) for unit, code in zip(wanted, codes, strict=True)]
        await asyncio.to_thread(self.exports.mkdir, parents=True, exist_ok=True)
        await self.write(path, cards, until, person.language)
        made = [one for pair in zip(wanted, codes, strict=True) for one in self._invited(person, *pair, now)]
        return [*made, self._said(args, person, path, len(wanted))]

    def _card(self, person: Person, unit: Unit, code: str, joined: bool) -> Card:
        links = self.house.links(code)
        link = links.get("telegram") or links.get("web", "")
        role = self.house.voice(person).speak(self.role[Role.CHAIR])
        return Card(unit.name, unit.code, role, self.shown(code), link, joined, links.get("zalo_oa", ""))

    def _invited(self, person: Person, unit: Unit, code: str, now: datetime) -> tuple[Effect, ...]:
        until = now + timedelta(days=self.house.invite_days)
        invite = Invite(self.house.hash_code(code), unit.id, Role.CHAIR, until, person.id)
        audit = Audit(now, person.id, "invite", unit.code, Role.CHAIR)
        return RevokeInvites(unit.id, Role.CHAIR, now), NewInvite(invite), audit

    def _said(self, args: Mapping[str, Any], person: Person, path: Path, count: int) -> Speak:
        text = _n(
            "Here is the sheet with {count} code to print and cut apart. Codes made before do not work any more.",
            "Here is the sheet with {count} codes to print and cut apart. Codes made before do not work any more.",
            count,
        )
        say = Say(text, attachments=(Attachment(str(path), f"ma-moi_{local_day(self.clock()):%Y%m%d}.docx"),))
        address = Address(args["channel"], args["chat"])
        return Speak(Outgoing(f"invitations/{args['job']}", address, say.spoken(self.house.voice(person))))
