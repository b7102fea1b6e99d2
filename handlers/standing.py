"""How the units under some others stand with a period, as several screens ask it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Final

from bot.i18n import Text, _, _n
from bot.ports import Reads, Tally
from bot.records import Unit
from bot.reporting.areas import tally_of
from bot.reporting.completeness import Completeness, Particulars, Standing, UnitStanding, asked, completeness
from bot.reporting.periods import Period
from bot.talk import Talk

STANDINGS: Final[Mapping[Standing, Text]] = {
    Standing.ON_TIME: _("reported in time"),
    Standing.WAITING: _("not reported yet, still in time"),
    Standing.RETURNED: _("sent back"),
    Standing.EXEMPT: _("exempt"),
}


def standing_text(one: UnitStanding) -> Text:
    """Say how a unit stands."""
    if one.nil:
        return _("nothing to report")
    if one.standing is Standing.MISSING:
        return _n("not reported, {count} day late", "not reported, {count} days late", one.days_late)
    if one.standing is Standing.LATE:
        return _n("reported {count} day late", "reported {count} days late", one.days_late)
    return STANDINGS[one.standing]


async def tree_under(talk: Talk, reads: Reads, under: Sequence[int], period: Period) -> list[Unit]:
    """Give the units managed by these on the last day of a period, or today."""
    return await reads.subtree(under, min(period.until, talk.today))


async def standing_of(talk: Talk, reads: Reads, units: Sequence[Unit], period: Period) -> Completeness:
    """Tell how each of these units stands that is asked to report."""
    ids = [unit.id for unit in units]
    receipts = await reads.receipts(ids, period)
    exempted = await reads.exempted(ids, period.codes)
    return completeness(period, units, receipts, talk.now, Particulars(talk.house.calendar, exempted))


async def tally_under(talk: Talk, reads: Reads, under: Sequence[int], period: Period) -> Tally:
    """Count in the database, unless some units go by cycles of their own."""
    if len(talk.house.calendar.views) == 1:
        return await reads.tally(under, min(period.until, talk.today), asked(period))
    units = await tree_under(talk, reads, under, period)
    return tally_of(await standing_of(talk, reads, units, period))
