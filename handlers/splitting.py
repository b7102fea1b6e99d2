"""Splitting a target among the units below: by workforce or by last year's result, shown before it is stored."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final
from zlib import crc32

from bot.effects import Assign, Audit
from bot.i18n import Code, Text, _, lines
from bot.messages import Choice
from bot.ports import Reads
from bot.records import OFFICERS, Target, Unit
from bot.reporting.indicators import FORMS, INDICATORS, way_of
from bot.reporting.targets import split
from bot.reporting.years import calendar_year
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.membership import MEMBERSHIP, OPENING
from handlers.pages import PAGE
from handlers.reach import reached

WORKERS: Final = "work"
LAST_YEAR: Final = "last"
WAYS: Final = {WORKERS: _("by workforce"), LAST_YEAR: _("by last year's result")}


async def splits(reads: Reads, target: Target) -> list[Choice]:
    """Offer to split a goal, where there is anybody to split it among."""
    if not target.value or not await reads.managed(target.unit):
        return []
    labels = {WORKERS: _("Split it by workforce"), LAST_YEAR: _("Split it by last year's result")}
    where = f"{target.unit} {target.indicator} {target.year}"
    return [Choice(label, f"/chiachitieu {where} {how}", str(n)) for n, (how, label) in enumerate(labels.items(), 1)]


@dataclass(frozen=True, slots=True)
class Shares:
    """How a goal would be split: each unit below with its weight and its part."""

    goal: Target
    how: str
    units: Sequence[Unit]
    weights: Sequence[int]
    parts: Sequence[int]

    @property
    def mark(self) -> str:
        """Give what tells this split from any other: what was shown is what is stored."""
        told = f"{self.goal} {[(unit.id, part) for unit, part in zip(self.units, self.parts, strict=True)]}"
        return f"{crc32(told.encode()):08x}"


async def share_out(talk: Talk, words: str) -> None:
    """Show how a goal would be split among the units below, or do it: "unit indicator year how [page|mark]"."""
    given = (words.split() + [""] * 5)[:5]
    id_, indicator, year, how, rest = given
    if how not in WAYS or indicator not in INDICATORS or not year.isdecimal():
        talk.say(_("To split a target, first assign it: GIAO CHI TIEU."))
        return
    reads = await talk.read()
    unit = await reached(talk, reads, id_)
    if unit is None:
        return
    if await put_off(talk, [unit.id], SHARE_OUT.name, words):
        return
    goal = next((one for one in await reads.targets([unit.id], int(year)) if one.indicator == indicator), None)
    below = await reads.managed(unit.id)
    if goal is None or not goal.value or not below:
        talk.say(_("There is nothing to split: {unit} has no such target, or no units below.", unit=unit.name))
        return
    shares = await _shares(talk, reads, goal, how, below)
    if rest == shares.mark:
        _store(talk, unit, shares)
    else:
        _show(talk, unit, shares, int(rest) if rest.isdecimal() and len(rest) < 4 else 1)


async def _shares(talk: Talk, reads: Reads, goal: Target, how: str, below: Sequence[Unit]) -> Shares:
    weights = await (_workers(talk, reads, below) if how == WORKERS else _last_year(reads, goal, below))
    return Shares(goal, how, below, weights, split(goal.value, weights))


async def _workers(talk: Talk, reads: Reads, below: Sequence[Unit]) -> list[int]:
    """Give the workers of each unit and all under it, as told last, else as the list of units has them."""
    field = (MEMBERSHIP.name, "total_workers")
    found = []
    for unit in below:
        sums = await reads.last_sums([unit.id], talk.today, {field: OPENING["total_workers"]})
        found.append(sum(one.value for one in sums))
    return found


async def _last_year(reads: Reads, goal: Target, below: Sequence[Unit]) -> list[int]:
    days, measure = calendar_year(goal.year - 1), way_of(goal.indicator, goal.basis).measure
    sums = await reads.sums_each([unit.id for unit in below], *days, FORMS)
    return [measure.of(sums[unit.id]) for unit in below]


def _show(talk: Talk, unit: Unit, shares: Shares, page: int) -> None:
    """Show six units a page, with the sum, which is always that of the goal."""
    goal, how = shares.goal, shares.how
    where = f"/chiachitieu {goal.unit} {goal.indicator} {goal.year} {how}"
    rows = list(zip(shares.units, shares.weights, shares.parts, strict=True))
    last = -(-len(rows) // PAGE)
    page = min(max(page, 1), last)
    told = [
        _("{unit}: {part} ({basis}: {weight})", unit=one.name, part=part, basis=_basis(goal, how), weight=weight)
        for one, weight, part in rows[(page - 1) * PAGE : page * PAGE]
    ]
    total = _("Sum: {sum} of {goal}, among {count} units.", sum=sum(shares.parts), goal=goal.value, count=len(rows))
    choices = [Choice(_("Assign these"), f"{where} {shares.mark}", "1")]
    if page < last:
        choices.append(Choice(_("More choices"), f"{where} {page + 1}", "7"))
    if page > 1:
        choices.append(Choice(_("Choices before"), f"{where} {page - 1}", "8"))
    title = _(
        "{label} {goal} of {unit}, split {way}",
        label=way_of(goal.indicator, goal.basis).title,
        goal=goal.value,
        unit=unit.name,
        way=WAYS[how],
    )
    talk.offer("shares", lines(*told, total), *choices, title=title)


def _basis(goal: Target, how: str) -> Text:
    return _("workers") if how == WORKERS else _("{year}", year=Code(goal.year - 1))


def _store(talk: Talk, unit: Unit, shares: Shares) -> None:
    goal = shares.goal
    parts = tuple(
        Target(one.id, goal.indicator, goal.year, part, goal.basis, goal.doc_no, unit.name, talk.today)
        for one, part in zip(shares.units, shares.parts, strict=True)
    )
    detail = f"{goal.indicator} {goal.year} {shares.how} {goal.value}"
    talk.do(Assign(parts, talk.known.id, talk.now), Audit(talk.now, talk.known.id, "split", unit.code, detail))
    see = Choice(_("See the progress"), f"/chitieu u{unit.id} {goal.year} {goal.indicator}", "1")
    talk.offer("split", _("Assigned to {count} units, {sum} in all.", count=len(parts), sum=sum(shares.parts)), see)


SHARE_OUT: Final = Command(
    "chiachitieu",
    _("Split a target"),
    share_out,
    words=("chia chi tieu",),
    roles=OFFICERS,
    takes_words=True,
    listed=False,
)
