"""Whom a file may be given to: while it is made, or lies there, a post may end, or a unit go to another union."""

from __future__ import annotations

from collections.abc import Sequence

from bot.messages import Address, Reader
from bot.ports import Reads, Store
from bot.records import OFFICERS


async def within_reach(reads: Reads, address: Address, units: Sequence[int]) -> set[int]:
    """Give those of these units that whoever writes from this address is an officer over today."""
    person = await reads.person_at(address)
    under = [unit.id for unit in person.units(OFFICERS)] if person is not None else []
    return {unit.id for unit in await reads.within(under, units)} if under else set()


async def may_have(store: Store, address: Address, unit: int) -> bool:
    """Tell whether files of a unit may be sent to this address now."""
    async with store.reading() as reads:
        return bool(await within_reach(reads, address, [unit]))


async def may_open(reads: Reads, reader: Reader | None) -> bool:
    """Tell whether a file for this reader may be opened now."""
    return reader is None or set(reader.units) <= await within_reach(reads, reader.address, reader.units)
