"""/tonghop: what came in for a period, beside the one before; /chuabaocao: who is missing."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from typing import Final

from bot.i18n import Percent, Plain, Text, _, _n, lines, listed, spaced
from bot.messages import Choice
from bot.ports import Reads
from bot.records import OFFICERS, Unit
from bot.reporting.completeness import Completeness, Particulars, Standing, UnitStanding, completeness
from bot.reporting.figures import Totals, kind_lines, last_fields
from bot.reporting.periods import Period
from bot.talk import Command, Talk
from handlers.membership import MEMBERSHIP, OPENING
from handlers.pages import PAGE, paged

Last = tuple[int, str, str, int]  # unit, form, field, its latest value
WEB_ONLY: Final = {"web"}
MISSING: Final = (Standing.MISSING, Standing.WAITING)


def _roots(talk: Talk) -> list[Unit]:
    return list(talk.known.units(OFFICERS))


def _chosen(talk: Talk, words: str) -> Period | None:
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
    period = _chosen(talk, words)
    if period is None:
        return
    roots = _roots(talk)
    reads = await talk.read()
    standing = await _standing(talk, reads, roots, period)
    periods = (period, talk.house.calendar.previous(period))
    now, before = [await _totals(talk, reads, roots, one) for one in periods]
    kinds = [kind_lines(form, now, before) for form in talk.house.forms.values() if form.settings.report]
    parts = [part for part in kinds if part is not None] or [_("No report yet.")]
    title = _("Digest of {period} · {unit}", period=period.named, unit=listed(*(Plain(root.name) for root in roots)))
    talk.audit("digest", " ".join(root.code for root in roots), period.code)
    talk.offer("digest", spaced(_received(period, standing), *parts), *_next(talk, period, standing), title=title)


async def _totals(talk: Talk, reads: Reads, roots: list[Unit], period: Period) -> Totals:
    under = [unit.id for unit in roots]
    sums = await reads.sums(under, period.since, period.until)
    fields = last_fields(talk.house.forms.values())
    lasts = await reads.last_values(under, period.until, fields)
    units = await reads.subtree(under, min(period.until, talk.today))
    return Totals.of([row for row in sums if (row.form, row.field) not in fields], [*lasts, *_opening(units, lasts)])


def _opening(units: list[Unit], lasts: list[Last]) -> Iterator[Last]:
    """Give the figures of the list of units where a unit has not reported its own yet."""
    told = {(unit, field) for unit, form, field, _value in lasts if form == MEMBERSHIP.name}
    for unit in units:
        for field, name in OPENING.items():
            value = getattr(unit, name)
            if value is not None and (unit.id, field) not in told:
                yield unit.id, MEMBERSHIP.name, field, value


async def _standing(talk: Talk, reads: Reads, roots: list[Unit], period: Period) -> Completeness:
    units = await reads.subtree([unit.id for unit in roots], min(period.until, talk.today))
    receipts = await reads.receipts([unit.id for unit in units], period)
    exempted = await reads.exempted([unit.id for unit in units], period.codes)
    return completeness(period, units, receipts, talk.now, Particulars(talk.house.calendar, exempted))


def _received(period: Period, standing: Completeness) -> Text:
    waiting = (
        _n(
            "{count} unit has not reported yet (still in time).",
            "{count} units have not reported yet (still in time).",
            standing.waiting,
        )
        if standing.waiting
        else None
    )
    nils = sum(1 for one in standing.units if one.nil)
    nil = _n("{count} of them had nothing to report.", "{count} of them had nothing to report.", nils) if nils else None
    missing = (
        _n("{count} unit is missing.", "{count} units are missing.", standing.missing) if standing.missing else None
    )
    return lines(
        _("Due by {deadline}.", deadline=period.deadline),
        _(
            "{received} of {due} units have reported ({share}): {on_time} on time, {late} late.",
            received=standing.received,
            due=standing.due,
            share=Percent(standing.share),
            on_time=standing.on_time,
            late=standing.late,
        ),
        nil,
        missing,
        waiting,
    )


def _next(talk: Talk, period: Period, standing: Completeness) -> list[Choice]:
    previous = talk.house.calendar.previous(period)
    choices = [Choice(_("Digest of {period}", period=previous.title), f"/tonghop {previous.code}", "2")]
    if standing.missing or standing.waiting:
        choices.insert(0, Choice(_("Who has not reported"), f"/chuabaocao {period.code}", "1"))
    return choices


async def missing(talk: Talk, words: str) -> None:
    """List the units that have not reported, six a page; a tap shows whom to call."""
    match = re.fullmatch(r"(\d{4}\S*|\S+-\d{4}\S*) (\d{1,3})", words.strip())  # as the page buttons have it
    period = _chosen(talk, match[1] if match is not None else words)
    if period is None:
        return
    page = int(match[2]) if match is not None else 1
    reads = await talk.read()
    standing = await _standing(talk, reads, _roots(talk), period)
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
