"""/thongbao: the notices that a unit got and what is still open; DA NHAN, DA PHO BIEN, DA THUC HIEN."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.effects import Acknowledge, DropUnsent
from bot.forms.fields import Integer
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Text, _, lines, listed
from bot.messages import Choice
from bot.notices.errands import silent
from bot.notices.notice import IN_DRAFT, Notice, Step
from bot.notices.wording import body, how_far, named, next_steps
from bot.ports import Received
from bot.records import OFFICERS, REPORTERS, Draft, Role
from bot.talk import Command, Talk
from handlers.heard import standing
from handlers.pages import page_in, paged
from handlers.sending import listing

LISTED: Final = 24
ANSWERERS: Final = REPORTERS | {Role.COMMITTEE}
READERS: Final = ANSWERERS | OFFICERS
PAGE: Final = "trang"


async def run(talk: Talk, words: str) -> None:
    """Show the notices that came, or one of them; an officer sees those that were sent, and who has confirmed."""
    said = words.strip()
    if said.startswith(PAGE):
        await _list(talk, page_in(said.removeprefix(PAGE).strip()))
        return
    number = _number(said)
    if number is None:
        await _list(talk, 1)
        return
    mine = await _mine(talk, number)
    if mine:
        await _show(talk, mine)
    elif talk.known.holds(OFFICERS):
        await standing(talk, str(number))
    else:
        _not_there(talk)


def _number(words: str) -> int | None:
    said = words.lower().removeprefix("tb").strip()
    return int(said) if said.isdecimal() and len(said) < 8 else None


async def _list(talk: Talk, page: int) -> None:
    reads = await talk.read()
    units = talk.known.units(READERS)
    found = await reads.received([unit.id for unit in units], LISTED)
    if not found:
        if talk.known.holds(OFFICERS):
            await listing(talk)
        else:
            talk.say(_("No notice has come yet."))
        return
    names = {unit.id: unit.name for unit in units}
    items = [(_item(one, names[one.unit] if len(units) > 1 else ""), f"/thongbao {one.notice.number}") for one in found]
    sent = [Choice(_("Notices sent"), "/phattin ds", "9")] if talk.known.holds(OFFICERS) else []
    talk.offer("notices", _("Notices:"), *paged(talk, items, page, f"/thongbao {PAGE}"), *sent)


def _item(one: Received, unit: str) -> Text:
    if unit:
        return _("{notice} · {unit} ({state})", notice=named(one.notice), unit=unit, state=how_far(one.steps))
    return _("{notice} ({state})", notice=named(one.notice), state=how_far(one.steps))


async def _mine(talk: Talk, number: int) -> list[Received]:
    """Give how the person's own units stand with a notice."""
    reads = await talk.read()
    notice = await reads.notice_numbered(number)
    units = [unit.id for unit in talk.known.units(READERS)]
    return await reads.received_by(notice.id, units) if notice is not None else []


async def _show(talk: Talk, mine: Sequence[Received], note: Text | None = None) -> None:
    notice = mine[0].notice
    reads = await talk.read()
    directive = await reads.directive(notice.directive) if notice.directive else None
    steps = frozenset.intersection(*(one.steps for one in mine))
    text = note or body(notice, directive)
    talk.offer("notice", text, *next_steps(notice, steps, talk.house.titles), title=_state(talk, mine))


def _state(talk: Talk, mine: Sequence[Received]) -> Text:
    names = {unit.id: unit.name for unit in talk.known.units(READERS)}
    if len(mine) == 1:
        return _("{unit}: {state}", unit=names[mine[0].unit], state=how_far(mine[0].steps))
    return listed(*(_("{unit}: {state}", unit=names[one.unit], state=how_far(one.steps)) for one in mine))


def _not_there(talk: Talk) -> None:
    talk.say(_("There is no such notice for your unit. THONG BAO lists them."))


async def _meant(talk: Talk, words: str, step: Step) -> list[Received]:
    """Give the notice that is meant: the one with the number, else the latest that has not come so far."""
    number = _number(words)
    if number is not None:
        found = await _mine(talk, number)
    else:
        reads = await talk.read()
        all_ = await reads.received([unit.id for unit in talk.known.units(READERS)], LISTED)
        first = next((one.notice.id for one in all_ if step not in one.steps), "")
        found = [one for one in all_ if one.notice.id == first]
    if not found:
        _not_there(talk)
    return found


# --- the steps --------------------------------------------------------------------------------------------------------


async def received(talk: Talk, words: str) -> None:
    """Confirm a notice for all units of the person that got it."""
    mine = await _meant(talk, words, Step.RECEIVED)
    if not mine:
        return
    notice = mine[0].notice
    for one in mine:
        _take(talk, notice, one.unit, Step.RECEIVED)
    talk.audit("confirm notice", str(notice.number))
    thanks = _("Confirmed: {notice}. Thank you, {you}.", notice=named(notice))
    far = [Received(notice, one.unit, one.steps | {Step.RECEIVED}) for one in mine]
    await _show(talk, far, lines(thanks, _("Please tell me too when it is passed on and done.")))


def _take(talk: Talk, notice: Notice, unit: int, step: Step, people: int = 0) -> None:
    talk.do(Acknowledge(notice.id, unit, step, talk.known.id, talk.now, people), DropUnsent(silent(notice.id, unit)))


def _spread(filing: Filing) -> Filed:
    unit = filing.facts.unit.id if filing.facts.unit is not None else 0
    return Filed((), (), f"spread {filing.draft.accepted[IN_DRAFT]} {unit} {filing.values['people']}")


SPREADING: Final = Form(
    "notice_spread",
    _("Passed on"),
    Integer("people", _("To how many people was it passed on?"), short=_("People")),
    file=_spread,
    audience=ANSWERERS,
    recap=False,
)


async def passed_on(talk: Talk, words: str) -> None:
    """Ask to how many people a notice was passed on."""
    mine = await _meant(talk, words, Step.SPREAD)
    if mine:
        await talk.dialogues.begin(_answering(talk, SPREADING, mine), named(mine[0].notice))


def _answering(talk: Talk, form: Form, mine: Sequence[Received]) -> Draft:
    """Begin what answers a notice, for the unit that got it; several: the dialogue asks for which."""
    units = {one.unit for one in mine} & {unit.id for unit in talk.known.units(form.settings.audience)}
    draft = talk.new_draft(form.name, next(iter(units)) if len(units) == 1 else None)
    return replace(draft, accepted={IN_DRAFT: mine[0].notice.id})


async def spread(talk: Talk, words: str) -> None:
    """Keep to how many people a notice was passed on: "notice unit people"."""
    id_, unit, people = words.split()
    notice = await (await talk.read()).notice(id_)
    if notice is None:
        _not_there(talk)
        return
    _take(talk, notice, int(unit), Step.SPREAD, int(people))
    talk.audit("pass notice on", str(notice.number))
    mine = await _mine(talk, notice.number)
    thanks = _(
        "Noted: {notice} was passed on to {people} people. Thank you, {you}.", notice=named(notice), people=int(people)
    )
    far = [replace(one, steps=one.steps | {Step.SPREAD}) if one.unit == int(unit) else one for one in mine]
    if far:
        await _show(talk, far, thanks)
    else:
        talk.say(thanks)


async def done(talk: Talk, words: str) -> None:
    """Open the report that answers a notice; where it asks for none, note that it is done."""
    mine = await _meant(talk, words, Step.DONE)
    if not mine:
        return
    notice = mine[0].notice
    form = talk.house.forms.get(notice.form)
    if form is not None and talk.known.holds(form.settings.audience):
        draft = _answering(talk, form, mine)
        filled = {"campaign_code": notice.campaign} if notice.campaign and "campaign_code" in form.by_code else {}
        await talk.dialogues.begin(replace(draft, answers=filled), named(notice))
        return
    for one in mine:
        _take(talk, notice, one.unit, Step.DONE)
    talk.audit("do notice", str(notice.number))
    talk.quiet()
    talk.say(_("Noted: {notice} is done. Thank you, {you}.", notice=named(notice)))


NOTICES: Final = Command("thongbao", _("Notices from the unions above"), run, words=("thong bao",), takes_words=True)
RECEIVED: Final = Command(
    "danhan",
    _("Confirm a notice"),
    received,
    words=("da nhan",),
    roles=READERS,
    takes_words=True,
    listed=False,
)
PASSED_ON: Final = Command(
    "dapho",
    _("A notice was passed on"),
    passed_on,
    words=("da pho bien",),
    roles=READERS,
    takes_words=True,
    listed=False,
)
DONE: Final = Command(
    "dalam", _("A notice was acted on"), done, words=("da thuc hien",), roles=READERS, takes_words=True, listed=False
)
SPREAD: Final = Command("spread", _("A notice was passed on"), spread, typed=False, listed=False)
