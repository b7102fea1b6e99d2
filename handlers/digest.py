"""/tonghop: what came in for a period, beside the one before; /chuabaocao: who is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Sequence
from typing import Final

from bot.i18n import Capital, Percent, Plain, Text, _, _n, lines, listed, spaced
from bot.messages import Choice
from bot.ports import Reads, Sum, Tally
from bot.records import OFFICERS, Unit
from bot.reporting.compared import Compared, compared_lines, year_earlier, year_so_far
from bot.reporting.completeness import Completeness, Particulars, Standing, UnitStanding, asked, completeness
from bot.reporting.figures import Totals, fields_per_period, kind_lines, last_fields
from bot.reporting.periods import Period
from bot.talk import Command, Talk
from handlers.membership import MEMBERSHIP, OPENING
from handlers.pages import PAGE, paged

WEB_ONLY: Final = {"web"}
LARGE: Final = 2_000  # units: reading of more would hold up whoever waits for the same transaction
MISSING: Final = (Standing.MISSING, Standing.WAITING)


def _roots(talk: Talk) -> list[Unit]:
    return list(talk.known.units(OFFICERS))


def chosen(talk: Talk, words: str) -> Period | None:
    """Read the period asked for, the open one by default; say so when it is not understood."""
    calendar = talk.house.calendar
    if not words.strip():
        return calendar.open(talk.now)
    code = calendar.read(words, talk.now)
    if code is None:
        talk.say(_("Which period? Type a month, for example TONG HOP 10 or TONG HOP 10/2026."))
        return None
    return calendar.at(code)


async def digest(talk: Talk, words: str) -> None:
    """Give the digest of a period for the officer's subtree."""
    period = chosen(talk, words)
    if period is None:
        return
    roots = _roots(talk)
    reads = await talk.read()
    if talk.hurried and await reads.more_than(_ids(roots), LARGE):
        talk.postpone(DIGEST.name, words)
        return
    tally = await _tally(talk, reads, roots, period)
    now, before = await totals_of(talk, reads, _ids(roots), period, talk.house.calendar.previous(period))
    kinds = [kind_lines(form, now, before) for form in talk.house.forms.values() if form.settings.report]
    parts = [part for part in kinds if part is not None] or [_("No report yet.")]
    title = _("Digest of {period} · {unit}", period=period.named, unit=listed(*(Plain(root.name) for root in roots)))
    talk.audit("digest", " ".join(root.code for root in roots), period.code)
    talk.offer("digest", spaced(_received(talk, period, tally), *parts), *_next(talk, period, tally), title=title)


async def totals_of(talk: Talk, reads: Reads, roots: Sequence[int], *periods: Period) -> list[Totals]:
    """Add up what was reported for each of these periods by all that was under these units.

    Latest values are looked up for every unit, so only those of kinds that were reported in one of the periods are:
    a digest shows no others.
    """
    told = [await reads.sums(roots, one.since, one.until) for one in periods]
    kinds = {row.form for rows in told for row in rows}
    wanted = {key: column for key, column in _latest(talk).items() if key[0] in kinds}
    days = [(min(one.until, talk.today), one.until) for one in periods]
    lasts = [await reads.last_sums(roots, one, wanted) for one in days]
    return [_totals(talk, *one) for one in zip(periods, told, lasts, strict=True)]


async def _flows_of(talk: Talk, reads: Reads, roots: Sequence[int], period: Period) -> Totals:
    """Add up what was reported for a period, without looking up latest values."""
    return _totals(talk, period, await reads.sums(roots, period.since, period.until))


def _totals(talk: Talk, period: Period, told: Sequence[Sum], lasts: Sequence[Sum] = ()) -> Totals:
    forms, latest = talk.house.forms.values(), _latest(talk)
    counted = [row for row in told if (row.form, row.field) not in latest]
    return Totals.of(counted, lasts, period=period.code, per_period=fields_per_period(forms))


def _latest(talk: Talk) -> dict[tuple[str, str], str]:
    """Name the fields of which the latest value counts, and what stands in for it in the list of units."""
    fields = dict.fromkeys(last_fields(talk.house.forms.values()), "")
    return fields | {(MEMBERSHIP.name, field): column for field, column in OPENING.items()}


def _ids(units: Sequence[Unit]) -> list[int]:
    return [unit.id for unit in units]


async def _tally(talk: Talk, reads: Reads, roots: list[Unit], period: Period) -> Tally:
    """Count in the database, unless some units go by cycles of their own."""
    if len(talk.house.calendar.views) == 1:
        return await reads.tally(_ids(roots), min(period.until, talk.today), asked(period))
    standing = await _standing(talk, reads, roots, period)
    nil = sum(1 for one in standing.units if one.nil)
    return Tally(standing.due, standing.on_time, standing.late, nil)


async def _standing(talk: Talk, reads: Reads, roots: list[Unit], period: Period) -> Completeness:
    units = await reads.subtree(_ids(roots), min(period.until, talk.today))
    receipts = await reads.receipts(_ids(units), period)
    exempted = await reads.exempted(_ids(units), period.codes)
    return completeness(period, units, receipts, talk.now, Particulars(talk.house.calendar, exempted))


def _received(talk: Talk, period: Period, tally: Tally) -> Text:
    nil = _n("{count} of them had nothing to report.", "{count} of them had nothing to report.", tally.nil)
    waiting = _n(
        "{count} unit has not reported yet (still in time).",
        "{count} units have not reported yet (still in time).",
        tally.lacking,
    )
    missing = _n("{count} unit is missing.", "{count} units are missing.", tally.lacking)
    return lines(
        _("Due by {deadline}.", deadline=period.deadline),
        _(
            "{received} of {due} units have reported ({share}): {on_time} on time, {late} late.",
            received=tally.received,
            due=tally.due,
            share=Percent(tally.share),
            on_time=tally.on_time,
            late=tally.late,
        ),
        nil if tally.nil else None,
        (missing if talk.now > period.due_at else waiting) if tally.lacking else None,
    )


def _next(talk: Talk, period: Period, tally: Tally) -> list[Choice]:
    previous = talk.house.calendar.previous(period)
    choices = [Choice(_("Digest of {period}", period=previous.title), f"/tonghop {previous.code}", "2")]
    if tally.lacking:
        choices.insert(0, Choice(_("Who has not reported"), f"/chuabaocao {period.code}", "1"))
    if period.absorbed_by:  # periodic reports are for the longer one
        longer = talk.house.calendar.at(period.absorbed_by)
        choices.append(Choice(_("Digest of {period}", period=longer.title), f"/tonghop {longer.code}", "3"))
    choices.append(Choice(_("The year so far, and a year earlier"), f"/luyke {period.code}", "4"))
    choices.append(Choice(_("Open a number"), f"/conso {period.code}", "5"))
    return choices


async def beside(talk: Talk, words: str) -> None:
    """Set the figures of a period beside those of the year so far and of the same period a year earlier."""
    period = chosen(talk, words)
    if period is None:
        return
    roots = _ids(_roots(talk))
    reads = await talk.read()
    if talk.hurried and await reads.more_than(roots, LARGE):
        talk.postpone(BESIDE.name, words)
        return
    earlier = year_earlier(period, talk.house.calendar)
    last = await _flows_of(talk, reads, roots, earlier) if earlier is not None else Totals()
    year = year_so_far(period)
    three = Compared(await _flows_of(talk, reads, roots, period), await _flows_of(talk, reads, roots, year), last)
    kinds = [compared_lines(form, three) for form in talk.house.forms.values() if form.settings.report]
    parts = [part for part in kinds if part is not None] or [_("No report yet.")]
    head = _("The year is counted from {day}.", day=year.since)
    back = Choice(_("Digest of {period}", period=period.title), f"/tonghop {period.code}", "1")
    talk.offer("beside", spaced(head, *parts), back, title=_("{period} beside the year", period=Capital(period.named)))


async def missing(talk: Talk, words: str) -> None:
    """List the units that have not reported, six a page; a tap shows whom to call."""
    match = re.fullmatch(r"(\d{4}\S*|\S+-\d{4}\S*) (\d{1,3})", words.strip())  # as the page buttons have it
    period = chosen(talk, match[1] if match is not None else words)
    if period is None:
        return
    page, roots = int(match[2]) if match is not None else 1, _roots(talk)
    reads = await talk.read()
    if talk.hurried and await reads.more_than(_ids(roots), LARGE):
        talk.postpone(MISSING_UNITS.name, words)
        return
    standing = await _standing(talk, reads, roots, period)
    gone = standing.those(*MISSING)
    if not gone:
        talk.say(_("Every unit has reported for {period}.", period=period.title))
        return
    web_only = await _web_only(reads, gone[max(0, page - 1) * PAGE : page * PAGE])
    items = [(_missing_line(one, web_only), f"/donvi {one.unit.code}") for one in gone]
    choices = paged(items, page, f"/chuabaocao {period.code}")
    head = _n(
        "{count} unit has not reported for {period}. Type a number to see whom to call.",
        "{count} units have not reported for {period}. Type a number to see whom to call.",
        len(gone),
        period=period.title,
    )
    talk.offer("missing", lines(_("Due by {deadline}.", deadline=period.deadline), head), *choices)


async def _web_only(reads: Reads, standings: Sequence[UnitStanding]) -> set[int]:
    """Tell which units are reached by the chat page alone, where nothing rings: one has to call."""
    channels: dict[int, set[str]] = defaultdict(set)
    for one in await reads.contacts([standing.unit.id for standing in standings]):
        channels[one.unit].update(one.channels)
    return {unit for unit, names in channels.items() if names == WEB_ONLY}


def _missing_line(one: UnitStanding, web_only: set[int]) -> Text:
    name = _("{unit} · web only", unit=one.unit.name) if one.unit.id in web_only else Plain(one.unit.name)
    if one.standing is Standing.MISSING:
        return _n("{unit} ({count} day late)", "{unit} ({count} days late)", one.days_late, unit=name)
    return name


DIGEST: Final = Command("tonghop", _("Digest"), digest, words=("tong hop",), roles=OFFICERS, takes_words=True)
MISSING_UNITS: Final = Command(
    "chuabaocao", _("Who has not reported"), missing, words=("chua bao cao",), roles=OFFICERS, takes_words=True
)
BESIDE: Final = Command(
    "luyke",
    _("The year so far, and a year earlier"),
    beside,
    words=("luy ke", "cung ky"),
    roles=OFFICERS,
    takes_words=True,
    listed=False,
)
