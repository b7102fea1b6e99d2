"""/lich: the next deadlines and days of the union year; DOT 28/7: the report for a day; the office's plan."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Final

from bot.forms.form import Form
from bot.i18n import Capital, DayMonth, Plain, Text, _, lines, spaced
from bot.messages import Choice
from bot.ports import Reads
from bot.records import OFFICERS, REPORTERS, Unit
from bot.reporting.anniversaries import Anniversary, Occurrence
from bot.reporting.anniversaries.saying import (
    COMMAND,
    FIELD,
    answering_form,
    named,
    report_by,
    reporting,
    short,
    suggested,
)
from bot.reporting.periods import Period
from bot.reporting.planning import EVERY_DAY, Area, Planned, asked_periods, plan
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.pages import PAGE, page_in, paged

AHEAD: Final = timedelta(days=60)
PLAN: Final = timedelta(days=30)
DEADLINES: Final = 4  # of each unit
LONGEST_LIST: Final = 24
DAY: Final = re.compile(r"(\d{1,2})\s*[/.-]\s*(\d{1,2})")
OF_PLAN: Final = "ke hoach"


async def calendar(talk: Talk, words: str) -> None:
    """Show what is next: "/lich", "/lich CDVN_2807", "/lich 2" (a page), "/lich ke hoach 2"."""
    if words.startswith(OF_PLAN) and talk.known.holds(OFFICERS):
        await _plan(talk, page_in(words.removeprefix(OF_PLAN).strip()))
        return
    one = talk.house.days.get(words.strip().upper())
    if one is not None:
        _day(talk, one)
        return
    page = page_in(words)
    deadlines = await _deadlines(talk) if page == 1 else []
    coming = list(_coming(talk))[:LONGEST_LIST]
    items = [(short(each), f"/lich {each.code}") for each in coming]
    choices = paged(talk, items, page, "/lich")
    choices.append(Choice(_("What I send by myself"), "/nhacnho", "NHACNHO"))
    if talk.known.holds(OFFICERS):
        choices.append(Choice(_("What will be sent to whom"), f"/lich {OF_PLAN}", "9"))
    head = _("Days of the next weeks:") if items else _("No day of the union year is near.")
    talk.offer("calendar", spaced(lines(*deadlines) if deadlines else None, head), *choices, title=_("Calendar"))


def _coming(talk: Talk) -> Iterator[Occurrence]:
    units = talk.known.units(REPORTERS)
    for each in talk.house.days.between(talk.today, talk.today + AHEAD):
        if not units or any(each.anniversary.is_for(unit) for unit in units):
            yield each


async def _deadlines(talk: Talk) -> list[Text]:
    units = talk.known.units(REPORTERS)
    if not units:
        return _of_tiers(talk) if talk.known.holds(OFFICERS) else []
    reads = await talk.read()
    found = [line for unit in units for line in await _unit_deadlines(talk, reads, unit, many=len(units) > 1)]
    return [_("Next deadlines:"), *found] if found else []


def _of_tiers(talk: Talk) -> list[Text]:
    """Tell officers until when each tier passes the figures on."""
    periods = [one for one in talk.house.calendar.asked(talk.now) if one.due_at - talk.now < AHEAD][:DEADLINES]
    found = [
        _(
            "{period}: units {due}, communes {commune}, province {province}",
            period=one.title,
            due=DayMonth(one.due_at.date()),
            commune=DayMonth(one.due_commune.date()),
            province=DayMonth(one.due_province.date()),
        )
        for one in periods
    ]
    return [_("Next deadlines:"), *map(Capital, found)] if found else []


async def _unit_deadlines(talk: Talk, reads: Reads, unit: Unit, *, many: bool) -> list[Text]:
    asked = talk.house.calendar.for_unit(unit).asked(talk.now)
    periods = [one for one in asked if one.due_at - talk.now < AHEAD]
    shown = []
    for period in [one for one in periods if not one.kinds or unit.kind in one.kinds][:DEADLINES]:
        done = bool(await reads.receipts([unit.id], period))
        shown.append(_deadline(period, unit.name if many else "", done=done))
    return shown


def _deadline(period: Period, unit: str, *, done: bool) -> Text:
    text = (
        _("{period}: reported, thank you", period=period.title)
        if done
        else _("{period}: by {deadline}", period=period.title, deadline=period.deadline)
    )
    return _("{unit} · {line}", unit=unit, line=text) if unit else text


def _day(talk: Talk, one: Anniversary) -> None:
    each = _nearest(one, talk.today)
    if each is None:
        talk.say(_("That day is no longer in the calendar. LICH lists them."))
        return
    last = (
        _("Please report it until {day}.", day=report_by(each, talk.house.calendar))
        if each.asks and talk.known.holds(REPORTERS)
        else None
    )
    choices = [replace(reporting(each), key="1")] if talk.known.holds(REPORTERS) else []
    back = Choice(_("Back to the calendar"), "/lich", str(len(choices) + 1))
    talk.offer("day", lines(Capital(named(each)), suggested(each), last), *choices, back)


def _nearest(one: Anniversary, today: date) -> Occurrence | None:
    """Give the occurrence that one means today: the one going on or coming, unless the last is still reported."""
    return min(one.near(today), key=lambda each: abs(each.since - today), default=None)


async def report(talk: Talk, words: str) -> None:
    """Open the report for a day, with the day filled in: "/dot CDVN_2807", "DOT 28/7"."""
    days = _meant(talk, words)
    if len(days) == 1:
        await _open(talk, days[0])
        return
    if not days:
        talk.say(_("Which day? Type it like DOT 28/7, or LICH for the days of the next weeks."))
        return
    items = [(Plain(one.name), f"/{COMMAND} {one.code}") for one in days[:PAGE]]
    talk.offer("days", _("For which day was it?"), *paged(talk, items, 1, f"/{COMMAND}"))


def _meant(talk: Talk, words: str) -> list[Anniversary]:
    one = talk.house.days.get(words.strip().upper())
    if one is not None:
        return [one]
    found = DAY.fullmatch(words.strip())
    if found is None:
        return []
    day = (int(found[1]), int(found[2]))
    open_now = talk.house.days.open_on(talk.today)
    return [one for one in open_now if any((each.since.day, each.since.month) == day for each in one.near(talk.today))]


async def _open(talk: Talk, one: Anniversary) -> None:
    form = talk.house.forms[answering_form(one, talk.house.forms)]
    units = [unit for unit in talk.known.units(form.settings.audience) if one.is_for(unit)]
    units = units or list(talk.known.units(form.settings.audience))
    filled = {FIELD: one.code} if FIELD in form.by_code else {}
    draft = next((d for d in talk.drafts if d.form == form.name and not d.replaces), None)
    if draft is not None and draft.answers:
        said = draft.answers.get(FIELD)
        await talk.dialogues.resume(
            replace(draft, answers={**filled, **draft.answers}) if not said else draft, _going_on(form)
        )
        return
    unit = units[0].id if len(units) == 1 else None
    draft = draft or talk.new_draft(form.name, unit)
    await talk.dialogues.begin(replace(draft, answers=filled), _("For: {name}", name=one.name))


def _going_on(form: Form) -> Text:
    return _("{form} was begun before: going on with it. To drop it and begin anew, type HUY.", form=form.title)


async def _plan(talk: Talk, page: int) -> None:
    """Show an officer what will be sent to whom in the next weeks, when and why, six a page."""
    roots, until = [unit.id for unit in talk.known.units(OFFICERS)], talk.now + PLAN
    reads = await talk.read()
    if await put_off(talk, roots, CALENDAR.name, f"{OF_PLAN} {page}"):
        return
    area = await _area(talk, reads, roots, until)
    planned = await asyncio.to_thread(plan, talk.house.rules, area, talk.now, until)  # of a nation: half a second
    found = [one for one in planned if one.key.split("/")[0] not in EVERY_DAY]
    last = max(1, -(-len(found) // PAGE))
    page = min(max(page, 1), last)
    shown = [_line(one) for one in found[(page - 1) * PAGE : page * PAGE]]
    choices = []
    if page < last:
        choices.append(Choice(_("More choices"), f"/lich {OF_PLAN} {page + 1}", "7"))
    if page > 1:
        choices.append(Choice(_("Choices before"), f"/lich {OF_PLAN} {page - 1}", "8"))
    choices.append(Choice(_("Back to the calendar"), "/lich", "9"))
    title = _("Plan until {day}, page {page} of {last}", day=until.date(), page=page, last=last)
    talk.audit("plan", " ".join(unit.code for unit in talk.known.units(OFFICERS)))
    talk.offer("plan", spaced(*shown) if shown else _("Nothing will be sent."), *choices, title=title)


async def _area(talk: Talk, reads: Reads, roots: list[int], until: datetime) -> Area:
    units = await reads.subtree(roots, talk.today)
    ids = [unit.id for unit in units]
    received = {
        period.code: frozenset(one.unit for one in await reads.receipts(ids, period))
        for period in asked_periods(talk.house.rules, talk.now, until)
    }
    return Area(units, received)


def _line(one: Planned) -> Text:
    what = _("{moment} · {what} · {code}", moment=one.at, what=one.what, code=one.code) if one.code else None
    return lines(
        what or _("{moment} · {what}", moment=one.at, what=one.what),
        _("to {whom} ({why})", whom=one.whom, why=one.why),
    )


CALENDAR: Final = Command("lich", _("Deadlines and days"), calendar, words=("lich",), takes_words=True)
REPORT: Final = Command(COMMAND, _("Report for a day"), report, roles=REPORTERS, takes_words=True, listed=False)
