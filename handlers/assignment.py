"""/giaochitieu: an officer assigns a target to a unit."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, Final

from bot.effects import Assign, Audit
from bot.forms.conditions import Scope, answer
from bot.forms.fields import Integer, Misread, Option, ReadAnswer, SelectOne, TextField, Understood, UnitPicker
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Code, Plain, Text, _, lines
from bot.messages import Choice
from bot.ports import Assignment
from bot.records import OFFICERS, Role, Target, Unit
from bot.reporting.indicators import GROSS, INDICATORS, NET, way_of
from bot.talk import Command, Talk
from handlers.reach import reached
from handlers.review.story import names_of
from handlers.splitting import splits

MOST: Final = 10_000_000


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
    begun = filing.draft.started_at or filing.message_at
    return Filed((), (), f"assigned {begun.timestamp():.3f} {words}")


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
    """Put a target in force, unless somebody else did since: "begun unit indicator year basis value document"."""
    begun, id_, indicator, year, basis, value, doc_no = words.split(" ", 6)
    reads = await talk.read()
    unit = await reached(talk, reads, id_)
    if unit is None or not _may_assign(talk, unit):
        return
    versions = await reads.assignments(unit.id, indicator, int(year))
    if versions and await _changed_meanwhile(talk, versions[0], float(begun)):
        return
    before = versions[0].target if versions else None
    target = Target(unit.id, indicator, int(year), int(value), basis, doc_no.strip(), _office(talk, unit), talk.today)
    talk.do(Assign((target,), talk.known.id, talk.now), Audit(talk.now, talk.known.id, "assign", unit.code, words))
    talk.offer("assigned", lines(_said(unit, target), _instead(before)), *await splits(reads, target))


async def _changed_meanwhile(talk: Talk, latest: Assignment, begun: float) -> bool:
    """If somebody else assigned it while this one was being asked, say who and what, and leave it."""
    if latest.person == talk.known.id or latest.at.timestamp() <= begun:
        return False
    who = (await names_of(await talk.read(), [latest.person]))[latest.person]
    told = _(
        "Changed meanwhile by {who} ({moment}): {label} {value}. Nothing of yours was assigned yet.",
        who=who,
        moment=latest.at,
        label=way_of(latest.target.indicator, latest.target.basis).title,
        value=latest.target.value,
    )
    talk.offer("assigned", told, Choice(_("Assign it again"), "/giaochitieu", "1"))
    return True


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


ASSIGN: Final = Command("giaochitieu", _("Assign a target"), assign, words=("giao chi tieu",), roles=OFFICERS)
ASSIGNED: Final = Command("assigned", _("Assign a target"), assigned, typed=False, listed=False)
