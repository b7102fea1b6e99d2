"""/giaochitieu: an officer assigns a target to a unit, and splits it among the units below."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final
from zlib import crc32

from bot.effects import Assign, Audit
from bot.forms.conditions import Scope, answer
from bot.forms.fields import Integer, Misread, Option, ReadAnswer, SelectOne, TextField, Understood, UnitPicker
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Code, Plain, Text, _, lines
from bot.messages import Choice
from bot.ports import Reads
from bot.records import OFFICERS, Role, Target, Unit
from bot.reporting.indicators import FORMS, GROSS, INDICATORS, NET, way_of
from bot.reporting.targets import split
from bot.reporting.years import calendar_year
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.membership import MEMBERSHIP, OPENING
from handlers.pages import PAGE
from handlers.reach import reached

MOST: Final = 10_000_000
WORKERS: Final = "work"
LAST_YEAR: Final = "last"
WAYS: Final = {WORKERS: _("by workforce"), LAST_YEAR: _("by last year's result")}


class Year(SelectOne):
    """This year or the next, or any other by its four digits."""

    __slots__ = ()

    def options(self, scope: Scope) -> Sequence[Option]:
        """Offer this year and the next."""
        this = scope.facts.today.year
        return [Option(str(year), Plain(str(year))) for year in (this, this + 1)]

    def read(self, text: str, scope: Scope) -> ReadAnswer:
        """Read a year."""
        words = text.strip()
        if len(words) == 4 and words.isdecimal() and words.startswith("20"):
            return Understood(words)
        return Misread(_("Which year? For example {year}.", year=Code(scope.facts.today.year)))

    def problem(self, value: Any, scope: Scope) -> Text | None:
        """Refuse years that nobody plans for any more, or yet."""
        this = scope.facts.today.year
        return None if this - 1 <= int(value) <= this + 5 else _("It is too late or too early for that year.")


def _filed(filing: Filing) -> Filed:
    given = filing.answers
    basis = given.get("basis") or GROSS
    words = f"{given['unit']} {given['indicator']} {given['year']} {basis} {given['value']} {given.get('doc_no') or ''}"
    return Filed((), (), f"assigned {words}")


ASSIGNMENT: Final = Form(
    "assignment",
    _("Assign a target"),
    UnitPicker("unit", _("To which unit? Type a piece of its name."), short=_("Unit")),
    SelectOne(
        "indicator",
        _("What shall it reach?"),
        short=_("Target"),
        choices=tuple(Option(one.code, one.gross.title) for one in INDICATORS.values()),
    ),
    SelectOne(
        "basis",
        _("Are members who leave taken off?"),
        short=_("Counted"),
        choices=(Option(GROSS, _("No: all new members count")), Option(NET, _("Yes: net growth counts"))),
        relevant=answer("indicator") == "members",
    ),
    Year("year", _("For which year?"), short=_("Year")),
    Integer("value", _("How many? Type 0 to take a target back."), short=_("Number"), maximum=MOST),
    TextField(
        "doc_no",
        _("What is the number of the document that assigns it?"),
        short=_("Document"),
        required=False,
        longest=60,
        asked=answer("value") >= 0,
    ),
    file=_filed,
    audience=OFFICERS,
    per_unit=False,
    recap=False,
)


async def assign(talk: Talk, words: str) -> None:
    """Ask what is assigned to whom."""
    del words
    await talk.dialogues.start(ASSIGNMENT)


async def assigned(talk: Talk, words: str) -> None:
    """Put a target in force: "unit indicator year basis value document"."""
    id_, indicator, year, basis, value, doc_no = words.split(" ", 5)
    reads = await talk.read()
    unit = await reached(talk, reads, id_)
    if unit is None or not _may_assign(talk, unit):
        return
    before = next((one for one in await reads.targets([unit.id], int(year)) if one.indicator == indicator), None)
    target = Target(unit.id, indicator, int(year), int(value), basis, doc_no.strip(), _office(talk, unit), talk.today)
    talk.do(Assign((target,), talk.known.id, talk.now), Audit(talk.now, talk.known.id, "assign", unit.code, words))
    talk.offer("assigned", lines(_said(unit, target), _instead(before)), *await _splits(reads, target))


def _may_assign(talk: Talk, unit: Unit) -> bool:
    """Let an area officer assign to the units below theirs only: their own target comes from above."""
    own = {post.unit.id for post in talk.known.posts if post.role is Role.AREA_OFFICER}
    if unit.id not in own or unit.id in {one.id for one in talk.known.units(OFFICERS - {Role.AREA_OFFICER})}:
        return True
    talk.say(_("The target of your own union is assigned by the union above it."))
    return False


def _office(talk: Talk, unit: Unit) -> str:
    """Name the union that assigns: the officer's own."""
    mine = talk.known.units(OFFICERS)
    return next((one.name for one in mine if one.id != unit.id), mine[0].name)


def _said(unit: Unit, target: Target) -> Text:
    gaps = {"unit": Plain(unit.name), "label": way_of(target.indicator, target.basis).title}
    year = Code(target.year)
    if not target.value:
        return _("{unit}: the target “{label}” of {year} is taken back.", year=year, **gaps)
    if not target.doc_no:
        return _("{unit}: {label} {value}, for {year}.", value=target.value, year=year, **gaps)
    return _(
        "{unit}: {label} {value}, for {year} (document {doc_no}).",
        value=target.value,
        year=year,
        doc_no=target.doc_no,
        **gaps,
    )


def _instead(before: Target | None) -> Text | None:
    if before is None or not before.value:
        return None
    return _(
        "It takes the place of {label} {value}; that version is kept.",
        label=way_of(before.indicator, before.basis).title,
        value=before.value,
    )


async def _splits(reads: Reads, target: Target) -> list[Choice]:
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


ASSIGN: Final = Command("giaochitieu", _("Assign a target"), assign, words=("giao chi tieu",), roles=OFFICERS)
ASSIGNED: Final = Command("assigned", _("Assign a target"), assigned, typed=False, listed=False)
SHARE_OUT: Final = Command(
    "chiachitieu",
    _("Split a target"),
    share_out,
    words=("chia chi tieu",),
    roles=OFFICERS,
    takes_words=True,
    listed=False,
)
