"""Which units an officer reaches: those that theirs manages today, at any depth."""

from __future__ import annotations

from bot.i18n import _
from bot.ports import Reads
from bot.records import OFFICERS, Unit
from bot.talk import Talk


async def reached(talk: Talk, reads: Reads, unit: str) -> Unit | None:
    """Find a unit by its id, or say that it is not the officer's."""
    if unit.isdecimal() and len(unit) < 10:
        for found in await reads.within([one.id for one in talk.known.units(OFFICERS)], [int(unit)]):
            return found
    talk.say(_("That unit is not under your union."))
    return None
