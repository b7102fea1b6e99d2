"""/chuabaocao: who has reported and who has not, for a period: by area, then unit by unit, with the trend."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Final

from bot.forms.fold import fold
from bot.i18n import Capital, Lines, Percent, Plain, Text, _, _n, lines
from bot.messages import Choice
from bot.ports import Reads
from bot.records import OFFICERS, Unit
from bot.reporting.areas import Area, by_area
from bot.reporting.completeness import Completeness, Standing, UnitStanding
from bot.reporting.periods import Period
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.names import kind_name
from handlers.pages import drawn, paged
from handlers.review.seen import reach
from handlers.standing import standing_of, standing_text, tally_under, tree_under

WEB_ONLY: Final = {"web"}
BEFORE: Final = 2  # earlier periods in the trend
MISSING: Final = (Standing.MISSING, Standing.WAITING)
ORDER: Final = (Standing.MISSING, Standing.WAITING, Standing.RETURNED, Standing.LATE, Standing.ON_TIME, Standing.EXEMPT)
ALL: Final = "all"  # also those that have reported
OWN: Final = "own"  # only those that report to the union itself
PERIOD_AND_PAGE: Final = re.compile(r"(\d{4}\S*|\S+-\d{4}\S*) (\d{1,3})")  # as the page buttons have it


@dataclass(frozen=True, slots=True)
class View:
    """What is asked: a period, perhaps one kind of report and one unit, and which of its units."""

    period: Period
    unit: Unit | None = None  # None: everything within reach
    form: str = ""
    which: str = ""  # "", ALL or OWN
    page: int = 1

    def command(self, unit: Unit | None = None, which: str | None = None) -> str:
        """Give what a button says to show another part of it."""
        at = unit or self.unit
        parts = [
            "/chuabaocao",
            self.period.code,
            f"u={at.id}" if at is not None else "",
            f"k={self.form}" if self.form else "",
            self.which if which is None else which,
        ]
        return " ".join(part for part in parts if part)


async def missing(talk: Talk, words: str) -> None:
    """Show how an area stands with a period; a digit opens an area, then a unit."""
    view = await _view(talk, words)
    if view is None:
        return
    reads, under = await talk.read(), [view.unit.id] if view.unit is not None else reach(talk)
    if await put_off(talk, under, COMMAND.name, words):
        return
    period = replace(view.period, forms=(view.form,), nil=False) if view.form else view.period
    tree = await tree_under(talk, reads, under, period)
    whole = await standing_of(talk, reads, tree, period)
    areas = by_area(under, tree, whole)
    head = [*_head(talk, view, whole), await _trend(talk, reads, under, period)]
    if view.which == OWN:
        areas = [area for area in areas if area.unit is None]
        whole = areas[0].standing if areas else replace(whole, units=())
    if any(area.unit is not None for area in areas) and view.which != ALL:
        _show_areas(talk, view, areas, head)
    else:
        await _show_units(talk, reads, view, (whole, head))


async def _view(talk: Talk, words: str) -> View | None:
    """Read what a button has, or what was typed: a period, a kind, or a piece of a unit's name."""
    calendar = talk.house.calendar
    parts = words.split()
    named = dict(part.split("=", 1) for part in parts if part[:2] in {"u=", "k="})
    which = next((part for part in parts if part in {ALL, OWN}), "")
    rest = " ".join(part for part in parts if part[:2] not in {"u=", "k="} and part not in {ALL, OWN})
    found = PERIOD_AND_PAGE.fullmatch(rest)
    said, page = (found[1], int(found[2])) if found is not None else (rest, 1)
    code, about = _period_in(talk, said)
    form = named.get("k", "") or talk.house.triggers.get(fold(about), "")
    unit = await _unit(talk, named.get("u", ""), about if not form else "")
    if about and not form and unit is None:
        talk.say(_("Which period? Type a month, for example TONG HOP 10 or TONG HOP 10/2026."))
        return None
    period = calendar.at(code) if code else calendar.due(talk.now)
    return View(period, unit, form if form in talk.house.titles else "", which, page)


def _period_in(talk: Talk, words: str) -> tuple[str, str]:
    """Part the period from what else was typed: "10", "10 tan phong", "tan phong"."""
    calendar = talk.house.calendar
    whole = calendar.read(words, talk.now) if words else None
    if whole is not None:
        return whole, ""
    first, _space, rest = words.partition(" ")
    begins = calendar.read(first, talk.now) if rest else None
    return (begins, rest) if begins is not None else ("", words)


async def _unit(talk: Talk, id_: str, words: str) -> Unit | None:
    """Find the unit of a button, or one by a piece of its name; only within reach."""
    reads = await talk.read()
    if id_.isdecimal():
        found = await reads.within(reach(talk), [int(id_)])
    else:
        found = await reads.search_units(reach(talk), words, 1) if words else []
    return found[0] if found else None


def _head(talk: Talk, view: View, whole: Completeness) -> Iterator[Text]:
    period = Capital(view.period.title)
    yield _("{period} · {unit}", period=period, unit=view.unit.name) if view.unit is not None else period
    if view.form:
        yield _("Only: {form}", form=kind_name(talk.house, view.form))
    yield _("Due by {deadline}.", deadline=view.period.deadline)
    yield _(
        "{received} of {due} units have reported ({share}): {on_time} on time, {late} late.",
        received=whole.received,
        due=whole.due,
        share=Percent(whole.share),
        on_time=whole.on_time,
        late=whole.late,
    )
    exempt = len(whole.those(Standing.EXEMPT))
    if exempt:
        yield _n("{count} unit is exempt.", "{count} units are exempt.", exempt)


async def _trend(talk: Talk, reads: Reads, under: Sequence[int], period: Period) -> Text | None:
    """Give the shares of the periods before."""
    shares: list[Text] = []
    for _step in range(BEFORE):
        period = replace(talk.house.calendar.previous(period), forms=period.forms, nil=period.nil)
        tally = await tally_under(talk, reads, under, period)
        if tally.due:
            shares.append(_("{period} {share}", period=period.title, share=Percent(tally.share)))
    return _("Before: {shares}", shares=Lines(tuple(shares), "; ")) if shares else None


def _show_areas(talk: Talk, view: View, areas: Sequence[Area], head: Sequence[Text | None]) -> None:
    items = [(_area_line(area), view.command(area.unit, OWN if area.unit is None else "")) for area in areas]
    choices = paged(talk, items, view.page, view.command())
    talk.offer("areas", lines(*head, _("Type a number to look into an area.")), *choices, *_more(view, whole=True))


def _area_line(area: Area) -> Text:
    one = area.standing
    name = area.unit.name if area.unit is not None else _("Directly under this union")
    return _(
        "{unit}: {received}/{due} ({share})", unit=name, received=one.received, due=one.due, share=Percent(one.share)
    )


async def _show_units(talk: Talk, reads: Reads, view: View, found: tuple[Completeness, Sequence[Text | None]]) -> None:
    whole, head = found
    gone = whole.those(*MISSING)
    shown = sorted(whole.units, key=lambda one: ORDER.index(one.standing)) if view.which == ALL else list(gone)
    if not shown:
        everybody = _("Every unit has reported for {period}.", period=view.period.title)
        talk.offer("missing", lines(*head, everybody), *(_more(view, whole=False) if whole.units else ()))
        return
    web_only = await _web_only(reads, drawn(talk, shown, view.page))
    items = [(_unit_line(one, web_only), f"/donvi {one.unit.code}") for one in shown]
    call = _n(
        "{count} unit has not reported for {period}. Type a number to see whom to call.",
        "{count} units have not reported for {period}. Type a number to see whom to call.",
        len(gone),
        period=view.period.title,
    )
    choices = paged(talk, items, view.page, view.command())
    talk.offer("missing", lines(*head, call if gone else None), *choices, *_more(view, whole=False, nudge=bool(gone)))


def _more(view: View, *, whole: bool, nudge: bool = False) -> list[Choice]:
    """Offer all units instead of the missing ones, one reminder for all of them, and who is silent for long."""
    code = f" {view.unit.code}" if view.unit is not None else ""
    found = []
    if view.which != ALL and not whole:
        found.append(Choice(_("All units"), view.command(which=ALL), "9"))
    if nudge and not view.form and view.which != OWN:
        found.append(Choice(_("Remind them"), f"/nhac {view.period.code}{code}", "10"))
    if whole and view.unit is None:
        found.append(Choice(_("Silent for two periods"), "/imlang", "9"))
    return found


async def _web_only(reads: Reads, standings: Sequence[UnitStanding]) -> set[int]:
    """Tell which units are reached by the chat page alone, where nothing rings: one has to call."""
    channels: dict[int, set[str]] = defaultdict(set)
    for one in await reads.contacts([standing.unit.id for standing in standings]):
        channels[one.unit].update(one.channels)
    return {unit for unit, names in channels.items() if names == WEB_ONLY}


def _unit_line(one: UnitStanding, web_only: set[int]) -> Text:
    name = _("{unit} · web only", unit=one.unit.name) if one.unit.id in web_only else Plain(one.unit.name)
    if one.standing is Standing.MISSING:
        return _n("{unit} ({count} day late)", "{unit} ({count} days late)", one.days_late, unit=name)
    return (
        name if one.standing is Standing.WAITING else _("{unit} ({standing})", unit=name, standing=standing_text(one))
    )


COMMAND: Final = Command(
    "chuabaocao", _("Who has not reported"), missing, words=("chua bao cao",), roles=OFFICERS, takes_words=True
)
