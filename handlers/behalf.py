"""/nhapthay: an officer files what a unit told by phone; it is marked as such, and the unit is told."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.effects import Speak
from bot.i18n import Code, Plain, Text, _, lines
from bot.messages import Choice, Outgoing, Priority, Say
from bot.records import BEHALF, OFFICERS, Unit
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.periods import NIL
from bot.reporting.reminders import REPORTER_ROLES, addressees
from bot.talk import Command, Talk
from handlers.names import kind_name, person_name
from handlers.nil import file_nil
from handlers.pages import paged
from handlers.review.seen import PRIVATE_KINDS, reach


async def behalf(talk: Talk, words: str) -> None:
    """Ask what the unit told, then open that report for it: "7 [kind] [page]"."""
    id_, *rest = words.split() or [""]
    unit = await _unit(talk, id_)
    if unit is None:
        talk.say(_("For which unit? Type DON VI and a piece of its name, then choose to file for it."))
        return
    kind = rest[0] if rest and not rest[0].isdecimal() else ""
    form = talk.house.forms.get(kind)
    if kind == NIL:
        await _nil(talk, unit)
    elif form is not None and form.name in _kinds(talk):
        draft = replace(talk.new_draft(form.name, unit.id), accepted={BEHALF: {"by": "phone"}})
        note = _("Filing for {unit}, as told by phone. The unit will be told.", unit=unit.name)
        await talk.dialogues.begin(draft, note)
    else:
        page = int(rest[0]) if rest and rest[0].isdecimal() else 1
        items = [(kind_name(talk.house, name), f"/nhapthay {unit.id} {name}") for name in _kinds(talk)]
        nil = Choice(_("Nothing to report"), f"/nhapthay {unit.id} {NIL}", "0")
        ask = _("What did {unit} tell by phone?", unit=unit.name)
        talk.offer("behalf", ask, *paged(talk, items, page, f"/nhapthay {unit.id}"), nil)


async def _unit(talk: Talk, id_: str) -> Unit | None:
    """Find the unit, if it is within reach and one that reports."""
    found = await (await talk.read()).within(reach(talk), [int(id_)]) if id_.isdecimal() else []
    return next((unit for unit in found if unit.kind in REPORTING_KINDS), None)


def _kinds(talk: Talk) -> list[str]:
    """Name the kinds that can be told by phone: not those with a desk of their own."""
    forms = talk.house.forms.values()
    return [form.name for form in forms if form.settings.report and form.fields and form.name not in PRIVATE_KINDS]


async def _nil(talk: Talk, unit: Unit) -> None:
    reads, period = await talk.read(), talk.house.calendar.for_unit(unit).due(talk.now)
    if await reads.receipts([unit.id], period):
        talk.say(_("{unit} has already reported for {period}.", unit=unit.name, period=period.title))
        return
    report = await file_nil(talk, reads, (unit, period), {BEHALF: {"by": "phone"}})
    await _tell(talk, unit, report.number, kind_name(talk.house, NIL))


async def filed(talk: Talk, words: str) -> None:
    """Tell the unit what was filed for it: "7 number kind"."""
    id_, number, kind = words.split()
    unit = await _unit(talk, id_)
    if unit is not None:
        await _tell(talk, unit, int(number), kind_name(talk.house, kind))


async def _tell(talk: Talk, unit: Unit, number: int, kind: Text) -> None:
    reads = await talk.read()
    found = addressees(await reads.holders([unit.id], REPORTER_ROLES)).get(unit.id)
    whom = await reads.person(found) if found is not None else None
    if whom is None or not whom.addresses:
        talk.say(_("{unit} has nobody I could write to, so nobody there was told.", unit=unit.name))
        return
    text = lines(
        _(
            "{officer} filed report BC{number} ({form}) for {unit}, as told by phone.",
            officer=person_name(talk.known.name, talk.known.honorific),
            number=Code(number),
            form=kind,
            unit=unit.name,
        ),
        _("To look at it, type XEM {number}; if something is wrong, SUA {number}.", number=Code(number)),
    )
    choice = Choice(_("Look at it"), f"/xem {number}.{unit.id}", f"XEM {number}")
    message = Say(text, None, (choice,)).spoken(talk.house.voice(whom))
    at = talk.house.rules.quiet.over(talk.now)
    later = at if at > talk.now else None
    key = f"behalf/{unit.id}.{number}/{talk.incoming.id}"
    talk.do(Speak(Outgoing(key, whom.addresses[0], message, Priority.ALERT, not_before=later)))
    talk.say(_("{unit} is told.", unit=Plain(unit.name)))


COMMAND: Final = Command(
    "nhapthay", _("File for a unit, as told by phone"), behalf, roles=OFFICERS, takes_words=True, listed=False
)
FILED: Final = Command("behalf_filed", _("File for a unit, as told by phone"), filed, typed=False, listed=False)
