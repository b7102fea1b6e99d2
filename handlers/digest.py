"""/tonghop: what came in for a period, beside the one before."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.i18n import Capital, Percent, Plain, Text, _, _n, lines, listed, spaced
from bot.messages import Choice
from bot.ports import Reads, Sum, Tally
from bot.records import OFFICERS, Unit
from bot.reporting.compared import Compared, compared_lines, year_earlier, year_so_far
from bot.reporting.figures import Totals, fields_per_period, kind_brief, kind_lines, last_fields
from bot.reporting.periods import Period
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.membership import MEMBERSHIP, OPENING
from handlers.standing import tally_under

WHOLE: Final = 2  # kinds of which all figures still fit on a telephone


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
    if await put_off(talk, _ids(roots), DIGEST.name, words):
        return
    tally = await tally_under(talk, reads, _ids(roots), period)
    now, before = await totals_of(talk, reads, _ids(roots), period, talk.house.calendar.previous(period))
    parts = kinds_of(talk, now, before) or [_("No report yet.")]
    title = _("Digest of {period} · {unit}", period=period.named, unit=listed(*(Plain(root.name) for root in roots)))
    talk.audit("digest", " ".join(root.code for root in roots), period.code)
    talk.offer("digest", spaced(_received(talk, period, tally), *parts), *_next(talk, period, tally), title=title)


def kinds_of(talk: Talk, now: Totals, before: Totals) -> list[Text]:
    """Set the kinds that were reported: few with all their figures, many in two lines each, to be opened one by one."""
    forms = [form for form in talk.house.forms.values() if form.settings.report]
    told = [form for form in forms if now.reports.get(form.name) or before.reports.get(form.name)]
    draw = kind_lines if len(told) <= WHOLE else kind_brief
    return [part for form in told if (part := draw(form, now, before)) is not None]


async def totals_of(talk: Talk, reads: Reads, roots: Sequence[int], *periods: Period) -> list[Totals]:
    """Add up what was reported for each of these periods by all that was under these units.

    Latest values are looked up for every managing unit, so only those of kinds that were reported in one of the
    periods are: a digest shows no others.
    """
    told = [await reads.sums(roots, one.since, one.until) for one in periods]
    kinds = {row.form for rows in told for row in rows}
    wanted = {key: column for key, column in _latest(talk).items() if key[0] in kinds}
    lasts = [await reads.last_sums(roots, min(one.until, talk.today), wanted) for one in periods]
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
    choices.append(Choice(_("Chart"), "/bieudo", "6"))
    choices.append(Choice(_("Files and wording"), f"/xuat {period.code}", "7"))
    return choices


async def beside(talk: Talk, words: str) -> None:
    """Set the figures of a period beside those of the year so far and of the same period a year earlier."""
    period = chosen(talk, words)
    if period is None:
        return
    roots = _ids(_roots(talk))
    reads = await talk.read()
    if await put_off(talk, roots, BESIDE.name, words):
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


DIGEST: Final = Command("tonghop", _("Digest"), digest, words=("tong hop",), roles=OFFICERS, takes_words=True)
BESIDE: Final = Command(
    "luyke",
    _("The year so far, and a year earlier"),
    beside,
    words=("luy ke", "cung ky"),
    roles=OFFICERS,
    takes_words=True,
    listed=False,
)
