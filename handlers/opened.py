"""Behind the numbers of a digest: from a number to the unions it comes from, to the reports, to one report."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.i18n import Code, Text, _, _n
from bot.ports import Part, Reads, Share
from bot.records import OFFICERS, Unit
from bot.reporting.figures import Totals, kind_lines
from bot.reporting.numbers import Number, numbers
from bot.reporting.periods import Period
from bot.talk import Command, Talk
from handlers.digest import WHOLE, chosen, totals_of
from handlers.large import put_off
from handlers.membership import MEMBERSHIP, OPENING
from handlers.pages import drawn, paged

KIND: Final = "k:"  # stands before the code of a report kind
DEEPEST: Final = 20  # levels of unions above one another


@dataclass(frozen=True, slots=True)
class Place:
    """Where somebody is on the way down: the period, the roots, and what was chosen so far."""

    period: Period
    roots: tuple[int, ...]
    kind: str = ""
    mark: str = ""
    unit: int = 0
    page: int = 1

    @property
    def words(self) -> str:
        """Give the command that comes back to this place, without its page."""
        kind, unit = KIND + self.kind if self.kind else "", f"u{self.unit}" if self.unit else ""
        parts = ["/conso", self.period.code, kind, self.mark, unit]
        return " ".join(part for part in parts if part)


def _place(talk: Talk, words: str) -> Place | None:
    period_words, _space, rest = words.strip().partition(" ")
    period = chosen(talk, period_words)
    if period is None:
        return None
    roots = tuple(unit.id for unit in talk.known.units(OFFICERS))
    kind, mark, unit, page = "", "", 0, 1
    for word in rest.split():
        if word.startswith(KIND):
            kind = word.removeprefix(KIND)
        elif len(word) == 8:
            mark = word
        elif word[:1] == "u" and word[1:].isdecimal():
            unit = int(word[1:10])
        elif word.isdecimal():
            page = int(word[:4])
    return Place(period, roots, kind, mark, unit, page)


async def opened(talk: Talk, words: str) -> None:
    """Show the numbers of a period, or what stands behind one: "period [kind] [mark [unit]] [page]"."""
    place = _place(talk, words)
    if place is None:
        return
    reads = await talk.read()
    if await put_off(talk, place.roots, OPENED.name, words):
        return
    before = talk.house.calendar.previous(place.period)
    periods = (place.period, before) if place.kind and not place.mark else (place.period,)
    totals, *earlier = await totals_of(talk, reads, place.roots, *periods)
    found = numbers(talk.house.forms.values(), totals, place.period.code)
    number = next((one for one in found if one.mark == place.mark and not one.form.settings.unnamed), None)
    if number is None and earlier:
        _kind(talk, place, found, totals, earlier[0])
    elif number is None:
        _all(talk, place, found)
    elif number.latest:
        await _latest(talk, reads, place, number)
    else:
        await _behind(talk, reads, place, number)


def _all(talk: Talk, place: Place, found: Sequence[Number]) -> None:
    if not found:
        talk.say(_("No number to open: nothing was reported for {period}.", period=place.period.title))
        return
    kinds = [one for one in found if not one.cell.field]
    if len(kinds) > WHOLE:
        items = [(_named(one), f"{place.words} {KIND}{one.form.name}") for one in kinds]
        text = _("Type a number to open one kind.")
    else:
        items = [(_named(one), f"{place.words} {_way(one)}") for one in found]
        text = _("Type a number to see where it comes from.")
    title = _("Numbers of {period}", period=place.period.named)
    talk.offer("numbers", text, *paged(talk, items, place.page, place.words), title=title)


def _kind(talk: Talk, place: Place, found: Sequence[Number], now: Totals, before: Totals) -> None:
    """Show one kind whole, and let each of its numbers be opened."""
    form = talk.house.forms.get(place.kind)
    text = kind_lines(form, now, before) if form is not None else None
    if text is None:
        talk.say(_("No number to open: nothing was reported for {period}.", period=place.period.title))
        return
    shut = form is None or form.settings.unnamed  # what units told without their name leads to none of them
    items = [(_alone(one), f"{place.words} {one.mark}") for one in found if one.form.name == place.kind and not shut]
    title = _("Numbers of {period}", period=place.period.named)
    talk.offer("numbers", text, *paged(talk, items, place.page, place.words), title=title)


def _way(one: Number) -> str:
    return f"{KIND}{one.form.name}" if one.form.settings.unnamed else one.mark


def _named(one: Number) -> Text:
    return _(
        "{form} · {label}: {number}", form=one.form.settings.menu or one.form.title, label=one.label, number=one.value
    )


def _alone(one: Number) -> Text:
    return _("{label}: {number}", label=one.label, number=one.value)


async def _behind(talk: Talk, reads: Reads, place: Place, number: Number) -> None:
    """Part a number among the unions below, and where there is only one left, among its reports."""
    days = (place.period.since, place.period.until)
    shares = await reads.shares(place.roots, days, number.cell)
    branches = await _branches(talk, reads, place, shares)
    if len(branches) > 1:
        await _unions(talk, reads, place, number, branches)
        return
    only = {share.unit for inside in branches.values() for share in inside}
    await _reports(talk, reads, place, number, await reads.parts(place.roots, days, number.cell, only))


async def _branches(talk: Talk, reads: Reads, place: Place, shares: Sequence[Share]) -> dict[int, list[Share]]:
    """Put shares together by the union below the place that leads to them today.

    What has moved away since stands for itself: who is above it now is nobody's business here.
    """
    tops = {place.unit} if place.unit else set(place.roots)
    ways = await _ways(talk, reads, [share.unit for share in shares])
    branches: dict[int, list[Share]] = defaultdict(list)
    for share in shares:
        way = ways[share.unit]
        if place.unit and place.unit not in way:
            continue
        cut = next((n for n, unit in enumerate(way) if unit in tops), 0)
        branches[way[max(0, cut - 1)]].append(share)
    return branches


async def _ways(talk: Talk, reads: Reads, units: Sequence[int]) -> dict[int, list[int]]:
    """Give for each unit itself and who manages it today, upwards."""
    ways = {unit: [unit] for unit in units}
    for _step in range(DEEPEST):
        ends = sorted({way[-1] for way in ways.values()})
        above = {
            child: parent
            for child, spans in (await reads.parents_on(ends)).items()
            for since, until, parent in spans
            if since <= talk.today and (until is None or talk.today < until)
        }
        moving = [way for way in ways.values() if above.get(way[-1], way[-1]) not in way]
        if not moving:
            break
        for way in moving:
            way.append(above[way[-1]])
    return ways


async def _unions(talk: Talk, reads: Reads, place: Place, number: Number, branches: dict[int, list[Share]]) -> None:
    order = sorted(branches.items(), key=lambda one: (-sum(share.value for share in one[1]), one[0]))
    names = {unit: await _name(reads, unit) for unit, _inside in drawn(talk, order, place.page)}
    items = [
        (
            _("{unit}: {number}", unit=names.get(unit, ""), number=sum(share.value for share in inside)),
            f"/conso {place.period.code} {number.mark} u{unit}",
        )
        for unit, inside in order
    ]
    _offer(talk, place, number, items, sum(share.value for inside in branches.values() for share in inside))


async def _name(reads: Reads, unit: int) -> str:
    found = await reads.unit(unit)
    return found.name if found is not None else str(unit)


async def _reports(talk: Talk, reads: Reads, place: Place, number: Number, parts: Sequence[Part]) -> None:
    shown = {part.unit for part in drawn(talk, parts, place.page)}
    names = {unit: await _name(reads, unit) for unit in sorted(shown)}
    away = shown - {unit.id for unit in await reads.within(place.roots, sorted(shown))}
    told = [(part, _part(part, number, names.get(part.unit, ""))) for part in parts]
    items = [
        (_("{report} (now under another union)", report=text) if part.unit in away else text, _opens(part))
        for part, text in told
    ]
    _offer(talk, place, number, items, sum(part.value for part in parts))


def _opens(part: Part) -> str:
    return f"/xemlai {part.number}.{part.unit}"


def _part(part: Part, number: Number, unit: str) -> Text:
    if not number.cell.field:
        return _("{unit} · BC{report} · {day}", unit=unit, report=Code(part.number), day=part.day)
    return _(
        "{unit} · BC{report} · {day}: {number}", unit=unit, report=Code(part.number), day=part.day, number=part.value
    )


def _offer(talk: Talk, place: Place, number: Number, items: Sequence[tuple[Text, str]], total: int) -> None:
    again = place if place.mark else Place(place.period, place.roots, number.mark)
    title = _("{number} · {period}", number=_named(number), period=place.period.title)
    count = _n("{count} line, {sum} in all:", "{count} lines, {sum} in all:", len(items), sum=total)
    talk.offer("numbers", count, *paged(talk, items, place.page, again.words), title=title)


async def _latest(talk: Talk, reads: Reads, place: Place, number: Number) -> None:
    """List what each unit told last, the largest first; units that never told count with their list entry."""
    day = min(place.period.until, talk.today)
    cell = number.cell
    told = {
        unit: value
        for unit, _form, _field, value in await reads.last_values(
            place.roots, place.period.until, [(cell.form, cell.field)]
        )
    }
    column = OPENING.get(cell.field, "") if cell.form == MEMBERSHIP.name else ""
    rows = []
    for unit in await reads.subtree(place.roots, day):
        value = told.get(unit.id, getattr(unit, column) if column else None)
        if value is not None:
            rows.append((value, unit, unit.id in told))
    rows.sort(key=lambda row: (-row[0], row[1].code))
    items = [(_last(unit, value, reported=reported), f"/donvi {unit.code}") for value, unit, reported in rows]
    _offer(talk, place, number, items, sum(value for value, _unit, _reported in rows))


def _last(unit: Unit, value: int, *, reported: bool) -> Text:
    if reported:
        return _("{unit}: {number}", unit=unit.name, number=value)
    return _("{unit}: {number} (by the list of units)", unit=unit.name, number=value)


OPENED: Final = Command(
    "conso",
    _("Behind the numbers of a digest"),
    opened,
    words=("con so",),
    roles=OFFICERS,
    takes_words=True,
    listed=False,
)
