"""What commands about documents share: which period, which unit, and what documents are made with."""

from __future__ import annotations

from datetime import datetime

from bot.documents.gathering import Desk
from bot.i18n import ZONE, _
from bot.records import OFFICERS, Unit
from bot.reporting.periods import Period
from bot.talk import House, Talk
from handlers.membership import MEMBERSHIP, OPENING


def period_in(talk: Talk, words: str) -> Period | None:
    """Read a period, the open one by default; say so when it is not understood or has not begun."""
    calendar = talk.house.calendar
    if not words.strip():
        return calendar.open(talk.now)
    code = calendar.read(words, talk.now)
    if code is None:
        talk.say(_("Which period? Type for example XUAT 10, XUAT 10/2026 or XUAT 2026-Q4."))
        return None
    period = calendar.at(code)
    if period.since > talk.today:
        talk.say(_("{period} has not begun yet.", period=period.title))
        return None
    return period


async def unit_coded(talk: Talk, code: str) -> Unit | None:
    """Find a unit by its code among those under the officer's today."""
    reads = await talk.read()
    unit = await reads.unit_by_code(code.upper())
    if unit is None:
        return None
    inside = await reads.within([root.id for root in talk.known.units(OFFICERS)], [unit.id])
    return inside[0] if inside else None


def desk_of(house: House, now: datetime) -> Desk:
    """Give what documents are made with."""
    opening = {(MEMBERSHIP.name, field): column for field, column in OPENING.items()}
    return Desk(tuple(house.forms.values()), house.calendar, opening, now.astimezone(ZONE))
