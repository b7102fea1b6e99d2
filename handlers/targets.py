"""/chitieu: how far a unit is with the targets of the year, and for officers which of the units below lag behind."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from bot.i18n import Code, Plain, Text, _, lines, spaced
from bot.messages import Choice
from bot.ports import Reads
from bot.records import OFFICERS, REPORTERS, Unit
from bot.reporting.indicators import FORMS, INDICATORS, NET
from bot.reporting.targets import WORDS, Pace, Progress, block, fraction, pace_line, progress, signed, told_to_chair
from bot.reporting.years import calendar_year
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.pages import paged
from handlers.reach import reached

ASKED: Final = re.compile(r"(?:u(?P<unit>\d{1,9}))?\s*(?P<year>20\d\d)?\s*(?P<indicator>[a-z_]+)?\s*(?P<page>\d{1,3})?")
NOT_REPORTED: Final = 1_000_000.0  # units without a target come after all others


@dataclass(frozen=True, slots=True)
class Asked:
    """What somebody wants to see."""

    unit: str = ""
    year: int = 0
    indicator: str = ""
    page: int = 1


def _asked(talk: Talk, words: str) -> Asked | None:
    found = ASKED.fullmatch(words.strip())
    if found is None or (found["indicator"] or "members") not in INDICATORS:
        talk.say(_("Which year? Type CHI TIEU, or with a year: CHI TIEU {year}.", year=Code(talk.today.year - 1)))
        return None
    year, page = int(found["year"] or talk.today.year), int(found["page"] or 1)
    return Asked(found["unit"] or "", year, found["indicator"] or "", page)


async def targets(talk: Talk, words: str) -> None:
    """Show the targets of the person's units; of an officer's union, with the units below."""
    asked = _asked(talk, words)
    if asked is None:
        return
    reads = await talk.read()
    if talk.known.holds(OFFICERS):
        await _officer(talk, reads, asked, words)
    else:
        await _chair(talk, reads, asked.year)


async def _chair(talk: Talk, reads: Reads, year: int) -> None:
    units = talk.known.units(REPORTERS)
    blocks = [await _told_of(talk, reads, unit, year, named=len(units) > 1) for unit in units]
    talk.say(spaced(*blocks), title=_("Targets of {year}", year=Code(year)))


async def _told_of(talk: Talk, reads: Reads, unit: Unit, year: int, *, named: bool) -> Text:
    found = (await progress_of(talk, reads, [unit.id], year))[unit.id]
    rows = [lines(told_to_chair(one), _with_word(talk, one)) for one in found]
    none = None if rows else _("No target is assigned.")
    return lines(Plain(unit.name) if named else None, *rows, none)


def _with_word(talk: Talk, one: Progress) -> Text | None:
    pace = pace_line(one, talk.today)
    if pace is None or one.pace is None:
        return None
    return _("{pace}: {word}", pace=pace, word=WORDS[one.pace])


async def progress_of(talk: Talk, reads: Reads, units: Sequence[int], year: int) -> dict[int, list[Progress]]:
    """Give for each unit how far it is with each of its targets, in the order of the indicators."""
    found: dict[int, list[Progress]] = {unit: [] for unit in units}
    assigned = [one for one in await reads.targets(units, year) if one.indicator in INDICATORS]
    sums = await reads.sums_each(sorted({one.unit for one in assigned}), *calendar_year(year), FORMS)
    places = list(INDICATORS)
    for one in sorted(assigned, key=lambda one: places.index(one.indicator)):
        found[one.unit].append(progress(one, sums[one.unit], talk.today))
    return found


async def _officer(talk: Talk, reads: Reads, asked: Asked, words: str) -> None:
    roots = talk.known.units(OFFICERS)
    if await put_off(talk, [root.id for root in roots], TARGETS.name, words):
        return
    unit = await reached(talk, reads, asked.unit) if asked.unit else None
    if asked.unit and unit is None:
        return
    if unit is None and len(roots) > 1:
        choices = [
            Choice(Plain(one.name), f"/chitieu u{one.id} {asked.year}", str(n)) for n, one in enumerate(roots, 1)
        ]
        talk.offer("targets", _("Targets of which union?"), *choices)
        return
    await _unit(talk, reads, unit or roots[0], asked)


async def _unit(talk: Talk, reads: Reads, unit: Unit, asked: Asked) -> None:
    below = await reads.managed(unit.id)
    if asked.indicator and below:
        await _below(talk, reads, unit, asked)
        return
    own = (await progress_of(talk, reads, [unit.id], asked.year))[unit.id]
    rows = [block(one, talk.today) for one in own] or [_("No target is assigned.")]
    indicators = await _indicators(reads, below, asked.year)
    choices = [
        Choice(
            _("By unit: {label}", label=INDICATORS[code].gross.title),
            f"/chitieu u{unit.id} {asked.year} {code}",
            str(n),
        )
        for n, code in enumerate(indicators, 1)
    ]
    title = _("Targets of {year} · {unit}", year=Code(asked.year), unit=unit.name)
    talk.offer("targets", lines(*rows), *choices, *_back(talk, unit, asked, len(choices)), title=title)


async def _indicators(reads: Reads, below: Sequence[Unit], year: int) -> list[str]:
    """Name what the units below have targets for."""
    there = {one.indicator for one in await reads.targets([unit.id for unit in below], year)} if below else set()
    return [code for code in INDICATORS if code in there]


def _back(talk: Talk, unit: Unit, asked: Asked, before: int) -> list[Choice]:
    if unit.id in {one.id for one in talk.known.units(OFFICERS)} or unit.parent is None:
        return []
    indicator = asked.indicator or next(iter(INDICATORS))
    return [Choice(_("Back to the list"), f"/chitieu u{unit.parent} {asked.year} {indicator}", str(before + 1))]


async def _below(talk: Talk, reads: Reads, unit: Unit, asked: Asked) -> None:
    """List the units below, those that lag behind most first; a digit opens one."""
    below = await reads.managed(unit.id)
    found = await progress_of(talk, reads, [one.id for one in below], asked.year)
    mine = {id_: next((p for p in all_ if p.target.indicator == asked.indicator), None) for id_, all_ in found.items()}
    order = sorted(below, key=lambda one: (_share(mine[one.id]), one.code))
    items = [(_line(one, mine[one.id]), f"/chitieu u{one.id} {asked.year}") for one in order]
    told = [one for one in mine.values() if one is not None]
    title = _(
        "{label} · {year} · {unit}",
        label=INDICATORS[asked.indicator].gross.title,
        year=Code(asked.year),
        unit=unit.name,
    )
    choices = paged(talk, items, asked.page, f"/chitieu u{unit.id} {asked.year} {asked.indicator}")
    talk.offer("targets", _counts(told, len(below)), *choices, title=title)


def _share(one: Progress | None) -> float:
    return one.done / one.target.value if one is not None and one.assigned else NOT_REPORTED


def _line(unit: Unit, one: Progress | None) -> Text:
    if one is None or one.pace is None:
        told = _("no target assigned") if one is None else fraction(one)
        return _("{unit}: {progress}", unit=unit.name, progress=told)
    name = _("{unit} · net growth", unit=unit.name) if one.target.basis == NET else Plain(unit.name)
    return _("{unit}: {progress} · {pace}", unit=name, progress=fraction(one), pace=WORDS[one.pace])


def _counts(told: Sequence[Progress], units: int) -> Text:
    """Say how many units stand how, and what they were given and did together."""
    counted = [_("{label}: {number}", label=WORDS[pace], number=sum(one.pace is pace for one in told)) for pace in Pace]
    without = units - sum(1 for one in told if one.assigned)
    return lines(
        *counted,
        _("{label}: {number}", label=_("No target"), number=without) if without else None,
        _together(told),
    )


def _together(told: Sequence[Progress]) -> Text | None:
    """Add up what was assigned and done, unless some count what others do not."""
    if len({one.target.basis for one in told}) != 1:
        return None
    goal, done = sum(one.target.value for one in told), sum(one.done for one in told)
    return _("Assigned to them in all: {goal}, done: {done}", goal=goal, done=signed(done))


TARGETS: Final = Command(
    "chitieu", _("Targets of the year"), targets, words=("chi tieu",), roles=OFFICERS | REPORTERS, takes_words=True
)
