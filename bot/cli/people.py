"""People for trying things out in a terminal: somebody with the wanted role, made when there is nobody."""

from __future__ import annotations

from typing import Final

import click

from bot.cli.wiring import new_id, utc_now
from bot.effects import Effect, GrantRole, LinkAddress, NewPerson
from bot.i18n import ZONE
from bot.messages import Address, Incoming
from bot.records import Person, Role, Unit
from storage.store import SqlStore

CONSOLE: Final = "console"
KINDS: Final = {
    Role.CHAIR: "cdcs",
    Role.DEPUTY: "cdcs",
    Role.COMMITTEE: "cdcs",
    Role.AREA_OFFICER: "cd_xa_phuong",
}
NAMES: Final = {
    Role.CHAIR: ("Páo", "anh"),
    Role.DEPUTY: ("Thương", "chi"),
    Role.COMMITTEE: ("Lan", "chi"),
    Role.AREA_OFFICER: ("Mai", "chi"),
    Role.PROV_OFFICER: ("Hà", "dong_chi"),
    Role.PROV_LEADER: ("Sơn", "dong_chi"),
    Role.ADMIN: ("Quản trị", "dong_chi"),
}


async def person_for(store: SqlStore, role: Role, unit_code: str | None, channel: str = CONSOLE) -> str:
    """Give the chat of somebody with this role: of who holds it at the unit, or of a made-up person."""
    unit = await _unit(store, role, unit_code)
    chat = f"{role}@{unit.code}"
    address, now = Address(channel, chat), utc_now()
    async with store.batch() as batch:
        world = await batch.world([Incoming("look", address, now)], now)
        if not world.people:
            holders = [one.person for one in await batch.contacts([unit.id]) if one.role == role]
            link = [LinkAddress(address, holders[0], now)] if holders else linked(address, role, unit)
            await batch.write(link)
    return chat


def linked(address: Address, role: Role, unit: Unit) -> list[Effect]:
    """Make the effects that put a made-up person into a role."""
    now = utc_now()
    name, honorific = NAMES[role]
    person = Person(new_id(), name, honorific)
    since = now.astimezone(ZONE).date()
    return [
        NewPerson(person),
        LinkAddress(address, person.id, now),
        GrantRole(person.id, unit.id, role, since),
    ]


async def _unit(store: SqlStore, role: Role, code: str | None) -> Unit:
    async with store.reading() as reads:
        if code is not None:
            unit = await reads.unit_by_code(code)
            if unit is None:
                raise click.ClickException(f"There is no unit with the code {code}.")
            return unit
        wanted = KINDS.get(role, "ldld_tinh")
        found = await reads.units_of_kind(wanted, 1)
    if not found:
        raise click.ClickException("There is no unit yet. Import the list first: python -m bot units import FILE.")
    return found[0]
