"""Finds the units that a notice or a survey is for, as they are at this moment."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date

from bot.forms.fold import fold
from bot.i18n import Plain, Text, _, listed
from bot.notices.notice import PLENTY, Audience, Notice, Step, Whom, audience
from bot.ports import Reads
from bot.records import OFFICERS, Person
from bot.reporting.calendar import Calendar


@dataclass(frozen=True, slots=True)
class Found:
    """The units of an audience, by id, and what is wrong with how it was chosen."""

    audience: Audience
    units: tuple[int, ...]
    troubles: tuple[Text, ...] = ()


async def find(reads: Reads, notice: Notice, sender: Person, calendar: Calendar, today: date) -> Found:
    """Find the units. Only those under the sender's own unions count, whatever was chosen."""
    mine = [unit.id for unit in sender.units(OFFICERS)]
    who = audience(notice.answers, mine)
    if not mine or not await _within(reads, who, mine, today):
        return Found(who, (), (_("That is not under your union: nobody there is written to."),))
    return await meant(reads, who, calendar, today)


async def meant(reads: Reads, who: Audience, calendar: Calendar, today: date) -> Found:
    """Find the units of an audience."""
    rows = await reads.area_units(who.roots, sorted(who.kinds), today)
    sectors = {fold(one) for one in who.sectors}
    units = [id_ for id_, _code, sector in rows if not sectors or fold(sector) in sectors]
    left_out = {id_ for id_, code, _sector in rows if code.upper() in who.without}
    unknown = who.without - {code.upper() for _id, code, _sector in rows}
    troubles = [_("Not among these units: {codes}", codes=_codes(unknown))] if unknown else []
    wanted = await _concerned(reads, who, units, calendar)
    return Found(who, tuple(unit for unit in units if unit in wanted and unit not in left_out), tuple(troubles))


def _codes(codes: Iterable[str]) -> Text:
    return listed(*(Plain(code) for code in sorted(codes)))


async def _within(reads: Reads, who: Audience, mine: list[int], today: date) -> bool:
    if set(who.roots) <= set(mine):
        return True
    return set(who.roots) <= {id_ for id_, _code, _sector in await reads.area_units(mine, (), today)}


async def _concerned(reads: Reads, who: Audience, units: list[int], calendar: Calendar) -> frozenset[int]:
    """Give those of the units that the notice concerns: all, those that have not reported, those that are silent."""
    if who.whom is Whom.UNFILED:
        period = calendar.obligation(who.period) or calendar.obligation(calendar.at(who.period).absorbed_by)
        if period is None:
            return frozenset()
        filed = {one.unit for one in await reads.receipts(units, period)}
        return frozenset(set(units) - filed - set(await reads.exempted(units, period.codes)))
    if who.whom is Whom.SILENT:
        earlier = await reads.notice_numbered(who.earlier)
        return frozenset(await reads.unheard(earlier.id, Step.RECEIVED, 0, PLENTY)) if earlier else frozenset()
    return frozenset(units)
