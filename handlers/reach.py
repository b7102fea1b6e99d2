"""Which units an officer reaches: those that theirs manages today, at any depth."""

from __future__ import annotations

from datetime import date
from typing import Final

from bot.i18n import _
from bot.ports import Reads
from bot.records import OFFICERS, Unit
from bot.talk import Talk

DEEPEST: Final = 20  # levels


async def reached(talk: Talk, reads: Reads, unit: str) -> Unit | None:
    """Find a unit by its id, or say that it is not the officer's."""
    found = await reads.unit(int(unit)) if unit.isdecimal() and len(unit) < 10 else None
    if found is not None and await is_under(
        reads, found.id, {one.id for one in talk.known.units(OFFICERS)}, talk.today
    ):
        return found
    talk.say(_("That unit is not under your union."))
    return None


async def is_under(reads: Reads, unit: int, roots: set[int], on: date) -> bool:
    """Climb from a unit to those that manage it, until one of the roots is met."""
    level = {unit}
    for _step in range(DEEPEST):
        if level & roots:
            return True
        links = await reads.parents_on(sorted(level))
        level = {
            parent
            for spans in links.values()
            for since, until, parent in spans
            if since <= on and (until is None or on < until)
        }
    return False
