"""What will be said between two moments, to whom, when and why, as far as it can be known today. Pure."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from typing import Final

from bot.i18n import Plain, Text, _, _n, listed
from bot.ports import Asked
from bot.records import Unit
from bot.reporting.anniversaries import Anniversary
from bot.reporting.anniversaries.year import Anniversaries, Notice
from bot.reporting.calendar import Calendar
from bot.reporting.completeness import asked, is_among
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.occasions import Dropped, Kind, Occasion, Rules, planned
from bot.reporting.periods import Period

NAMED: Final = 3  # units that are told by name; more are counted
EVERY_DAY: Final = frozenset({Kind.DAILY, Kind.DRAFTS})  # told by whoever asks for all of it


@dataclass(frozen=True, slots=True)
class Planned:
    """One thing that will be said."""

    at: datetime
    key: str  # "remind/2026-11/T-3"
    code: str  # of the period or the day, in the calendar; empty for digests
    what: Text
    whom: Text
    why: Text


@dataclass(frozen=True, slots=True)
class Area:
    """The units that one asks about, and which of them have reported for which period (by its code).

    Several steps are about the same units: whom they concern is looked up once.
    """

    units: Sequence[Unit]
    received: Mapping[str, frozenset[int]]
    asked: dict[tuple[str, datetime | None], list[Unit]] = field(default_factory=dict, compare=False)
    marked: dict[str, list[Unit]] = field(default_factory=dict, compare=False)


def asked_periods(rules: Rules, since: datetime, until: datetime) -> list[Period]:
    """Give the periods that anything will be said about: who has reported for them must be known."""
    codes = [one.subject for one in planned(rules, since, until) if one.kind in {Kind.REMIND, Kind.ESCALATE}]
    return [rules.calendar.at(code) for code in dict.fromkeys(codes)]


def plan(rules: Rules, area: Area, since: datetime, until: datetime) -> list[Planned]:
    """Tell what will be said after `since`, up to and with `until`; what concerns nobody of the area is left out."""
    found = (_planned(rules, area, one) for one in planned(rules, since, until))
    return [one for one in found if one is not None]


def _planned(rules: Rules, area: Area, one: Occasion) -> Planned | None:
    match one.kind:
        case Kind.REMIND | Kind.ESCALATE | Kind.CLOSING:
            return _of_period(rules, area, one)
        case Kind.DAY:
            return _of_day(rules, area, one)
        case Kind.DRAFTS:
            return _line(one, _("Reports half done"), _("whoever began them"), _("a day's notice before they go"))
    what = _("Digest of the day") if one.kind is Kind.DAILY else _("Digest of the week")
    return _line(one, what, _("officers"), _("only if something happened") if one.kind is Kind.DAILY else _("Monday"))


def _of_period(rules: Rules, area: Area, one: Occasion) -> Planned | None:
    units = _asked(rules, area, one)
    if not units:
        return None
    period = rules.calendar.for_unit(units[0]).at(one.subject)
    why = _("due by {deadline}", deadline=period.deadline)
    missing = [unit for unit in units if unit.id not in area.received.get(one.subject, frozenset())]
    if one.kind is Kind.CLOSING:
        return _line(one, _("How {period} ended", period=period.title), _("officers"), why)
    if not missing:
        return None
    if one.kind is Kind.ESCALATE:
        what = _("Still missing for {period}", period=period.title)
        return _line(one, what, _("the officers above {units}", units=_units(missing)), why)
    return _line(one, _("Reminder {step}: {period}", step=one.step, period=period.title), _units(missing), why)


def _asked(rules: Rules, area: Area, one: Occasion) -> list[Unit]:
    """Give the units of the area that this very deadline is for."""
    key = (one.subject, one.due_at)
    if key not in area.asked:
        whom: dict[int, Asked | None] = {}
        area.asked[key] = [unit for unit in area.units if _is_asked(rules.calendar.for_unit(unit), unit, one, whom)]
    return area.asked[key]


def _is_asked(own: Calendar, unit: Unit, one: Occasion, whom: dict[int, Asked | None]) -> bool:
    """Tell whether a unit has this deadline; whom a calendar asks is worked out once."""
    if id(own) not in whom:
        period = own.at(one.subject)
        whom[id(own)] = asked(period) if period.due_at == one.due_at else None
    these = whom[id(own)]
    return these is not None and is_among(unit, these)


def _of_day(rules: Rules, area: Area, one: Occasion) -> Planned | None:
    announced = rules.year.announced(one.subject) if isinstance(rules.year, Anniversaries) else None
    if announced is None:
        return None
    anniversary = announced.of.anniversary
    if anniversary.code not in area.marked:
        area.marked[anniversary.code] = _marking(anniversary, area)
    units = area.marked[anniversary.code]
    if not units:
        return None
    if not isinstance(announced, Notice):
        return _line(one, _("What came of it: {name}", name=anniversary.name), _("officers"), _("the day is over"))
    why = _("{day}, rank {rank}", day=announced.of.since, rank=announced.of.rank.value)
    return _line(one, _("Notice T-{days}: {name}", days=announced.lead, name=anniversary.name), _units(units), why)


def _marking(anniversary: Anniversary, area: Area) -> list[Unit]:
    """Give the units of the area that a day is for: units of one kind and sector are alike to it."""
    one_of_each = {(unit.kind, unit.sector): unit for unit in area.units}
    meant = {key for key, unit in one_of_each.items() if unit.kind in REPORTING_KINDS and anniversary.is_for(unit)}
    return [unit for unit in area.units if (unit.kind, unit.sector) in meant]


def _units(units: Sequence[Unit]) -> Text:
    if len(units) <= NAMED:
        return listed(*(Plain(unit.name) for unit in units))
    return _n("{count} unit", "{count} units", len(units))


def _line(one: Occasion, what: Text, whom: Text, why: Text) -> Planned:
    if one.dropped is Dropped.QUIET:
        why = _("not sent: it falls into quiet hours, and the next step is near")
    parts = one.subject.split("/")
    code = parts[1] if one.kind is Kind.DAY else one.subject if one.due_at is not None else ""
    return Planned(one.at, one.key, code, what, whom, why)
