"""A case on the screen: what happened, and what whoever looks can do."""

from __future__ import annotations

from collections import Counter
from typing import Final

from bot.cases.case import UNSEEN, WAITING, Kind, State
from bot.cases.desks import Rung, above_desk, ladder
from bot.cases.showing import history, title
from bot.i18n import Plain, Text, _, lines
from bot.messages import Choice, Say
from bot.talk import Talk
from handlers.cases import files
from handlers.cases.raw import kept_off
from handlers.cases.scene import Part, Scene, names

SHOWN: Final = 12  # lines of what happened, the last ones


async def show(talk: Talk, found: Scene) -> None:
    """Show a case as far as the person may read it, with what they can do."""
    if found.reads and (form := kept_off(talk, found.case.kind)) is not None:
        await talk.on_the_page(form)
        return
    name = await names(talk, found.events)
    if found.part is Part.OFFICER:
        talk.audit("case read", found.case.code)
    unit = await (await talk.read()).unit(found.case.unit)
    from_unit = Plain(unit.name) if unit is not None and found.part is not Part.SENDER else None
    sent = await files.sent_with(talk, found.case) if found.reads else []
    counts = Counter(int(file.field) for file in sent if file.field.isdecimal())
    told = history(found.events, name, counts, reads=found.reads)
    closed = None if found.reads else _("What was written is read only by the officers in charge.")
    due = None
    if found.case.state in WAITING and found.case.kind is not Kind.INCIDENT:
        due = _("To be answered by {due}.", due=found.case.due_at)
    text = lines(from_unit, *told[-SHOWN:], closed, due, _hint(found))
    choices = [
        Choice(label, f"/vuviec {found.case.number} {verb}", str(n))
        for n, (label, verb) in enumerate(_doable(found), 1)
    ]
    talk.send(Say(text, title(found.case), tuple(choices), files.shown(talk, sent)))
    talk.remember("case", choices, case=found.case.number)


def _hint(found: Scene) -> Text | None:
    if found.part is Part.SENDER:
        return _("To add something, type {code} and your words, or send photos now.", code=found.case.code)
    return None


def _doable(found: Scene) -> list[tuple[Text, str]]:
    case = found.case
    if found.part is Part.SENDER:
        if case.state is State.ANSWERED:
            return [(_("Our people have the answer"), "xong"), (_("It is not settled yet"), "chua xong")]
        return []
    if found.part is not Part.OFFICER:
        return []
    items: list[tuple[Text, str]] = []
    if case.state in UNSEEN:
        items.append((_("I take it"), "nhan"))
    if case.open:
        items.append((_("Answer"), "tra loi"))
    if case.state in WAITING and next_above(found) is not None:
        items.append((_("Send it up"), "chuyen"))
    if case.open and case.kind is Kind.INCIDENT:
        items.append((_("Close it"), "dong"))
    if case.kind in {Kind.PETITION, Kind.LEGAL}:
        items.append((_("Wording for reports"), "loi van"))
    return items


def next_above(found: Scene) -> Rung | None:
    """Give the union to which a case could be sent up."""
    rungs = ladder(found.around.above, found.around.lists, found.case.kind, found.case.topic)
    return above_desk(rungs, found.case.desk)
