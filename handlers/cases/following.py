"""KN12, VV12: look at a case, add to it, and for whoever sees to it: take it, answer, send it up, close it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from dataclasses import replace
from typing import Final

from bot.cases import course
from bot.cases.case import UNSEEN, WAITING, Kind, State
from bot.cases.desks import above_desk, ladder
from bot.cases.showing import history, title
from bot.effects import DropDraft
from bot.forms.fields import Sensitivity, TextField
from bot.forms.fold import fold
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Plain, Text, _, lines
from bot.messages import Choice
from bot.records import OFFICERS, Role
from bot.talk import Command, Talk
from handlers.cases.scene import Part, Scene, happen, names, scene

CASE: Final = "+case"  # where a draft keeps the number of its case
LONGEST_NUMBER: Final = 7
SHOWN: Final = 12  # lines of what happened, the last ones
LONGEST: Final = 1000


def _file_answer(filing: Filing) -> Filed:
    return Filed((), (), f"answered {filing.draft.accepted[CASE]} {filing.answers['text']}")


def _file_wording(filing: Filing) -> Filed:
    return Filed((), (), f"worded {filing.draft.accepted[CASE]} {filing.answers['text']}")


def _words(question: Text, short: Text) -> TextField:
    return TextField("text", question, short=short, shortest=2, longest=LONGEST, sensitive=Sensitivity.SENSITIVE)


ANSWER: Final = Form(
    "case_answer",
    _("Answer"),
    _words(_("What is the answer? The unit will read it as it stands."), _("Answer")),
    file=_file_answer,
    audience=OFFICERS,
    per_unit=False,
)
WORDING: Final = Form(
    "case_wording",
    _("Wording for reports"),
    _words(_("How shall reports to others tell it? Without names of people or units."), _("Wording")),
    file=_file_wording,
    audience=OFFICERS,
    per_unit=False,
)


async def case(talk: Talk, words: str) -> None:
    """Show a case ("12"), do something to it ("12 nhan"), or add to it ("12 anything else")."""
    number, _space, rest = words.strip().partition(" ")
    found = await scene(talk, int(number)) if number.isdecimal() and len(number) <= LONGEST_NUMBER else None
    if found is None:
        talk.say(_("There is no case {number} for {you}. KIEN NGHI lists what there is.", number=number))
        return
    said = rest.strip(" :.,-")
    deed = DEEDS[found.part].get(fold(said)) if found.part in DEEDS else None
    if deed is not None:
        await deed(talk, found)
    elif not said:
        await _show(talk, found)
    elif found.part is Part.SENDER:
        await _add(talk, found, said)
    elif found.part is Part.OFFICER and found.case.open:
        await _begin(talk, found, ANSWER, said)
    else:
        await _show(talk, found)


async def _show(talk: Talk, found: Scene) -> None:
    name = await names(talk, found.events)
    if found.part is Part.OFFICER:
        talk.audit("case read", found.case.code)
    unit = await (await talk.read()).unit(found.case.unit)
    from_unit = Plain(unit.name) if unit is not None and found.part is not Part.SENDER else None
    told = history(found.events, name, reads=found.reads)
    closed = None if found.reads else _("What was written is read only by the officers in charge.")
    due = None
    if found.case.state in WAITING and found.case.kind is not Kind.INCIDENT:
        due = _("To be answered by {due}.", due=found.case.due_at)
    text = lines(from_unit, *told[-SHOWN:], closed, due, _hint(found))
    choices = [
        Choice(label, f"/vuviec {found.case.number} {verb}", str(n))
        for n, (label, verb) in enumerate(_doable(found), 1)
    ]
    talk.offer("case", text, *choices, title=title(found.case))


def _hint(found: Scene) -> Text | None:
    if found.part is Part.SENDER:
        return _("To add something, type {code} and your words.", code=found.case.code)
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
    if case.state in WAITING and _above(found) is not None:
        items.append((_("Send it up"), "chuyen"))
    if case.open and case.kind is Kind.INCIDENT:
        items.append((_("Close it"), "dong"))
    if case.kind in {Kind.PETITION, Kind.LEGAL}:
        items.append((_("Wording for reports"), "loi van"))
    return items


def _above(found: Scene) -> object:
    rungs = ladder(found.around.above, found.around.lists, found.case.kind, found.case.topic)
    return above_desk(rungs, found.case.desk)


# --- of the sender ----------------------------------------------------------------------------------------------------


async def _add(talk: Talk, found: Scene, said: str) -> None:
    if len(said) > LONGEST:
        talk.say(_("That is {length} characters; please keep it within {longest}.", length=len(said), longest=LONGEST))
        return
    await happen(talk, course.added(found.case, talk.known.id, said, talk.house.terms, talk.now))
    talk.say(_("This has been added to {code}.", code=found.case.code))


async def _confirm(talk: Talk, found: Scene) -> None:
    if found.case.state is not State.ANSWERED:
        await _show(talk, found)
        return
    await happen(talk, course.confirmed(found.case, talk.known.id, talk.now))
    talk.quiet()
    talk.say(_("{code} is closed. Thank you, {you}.", code=found.case.code))


async def _reopen(talk: Talk, found: Scene) -> None:
    if found.case.state is not State.ANSWERED:
        await _show(talk, found)
        return
    await happen(talk, course.reopened(found.case, talk.known.id, "", talk.house.terms, talk.now))
    talk.quiet()
    talk.say(_("{code} is open again. Please type {code} and what is missing.", code=found.case.code))


# --- of the officer ---------------------------------------------------------------------------------------------------


async def _take(talk: Talk, found: Scene) -> None:
    if found.case.state not in UNSEEN:
        await _show(talk, found)
        return
    change = course.taken(found.case, talk.known.id, found.desk, talk.house.terms, talk.now)
    await happen(talk, change)
    taken = _("{code} is with {you} now; the unit has been told.", code=found.case.code)
    talk.say(lines(taken, _("Type {code} to read and to answer.", code=found.case.code)))


async def _send_up(talk: Talk, found: Scene) -> None:
    rungs = ladder(found.around.above, found.around.lists, found.case.kind, found.case.topic)
    rung = above_desk(rungs, found.case.desk)
    if rung is None or found.case.state not in WAITING:
        talk.say(_("There is no union above to which {code} could go.", code=found.case.code))
        return
    await happen(talk, course.forwarded(found.case, talk.known.id, rung, "", talk.house.terms, talk.now))
    talk.quiet()
    talk.say(_("{code} has gone up; the unit has been told.", code=found.case.code))


async def _close(talk: Talk, found: Scene) -> None:
    if not found.case.open or found.case.kind is not Kind.INCIDENT:
        await _show(talk, found)
        return
    await happen(talk, course.closed(found.case, talk.known.id, "", talk.now))
    talk.quiet()
    talk.say(_("{code} is closed; the unit has been told.", code=found.case.code))


async def _answer(talk: Talk, found: Scene) -> None:
    if not found.case.open:
        await _show(talk, found)
        return
    await _begin(talk, found, ANSWER, "")


async def _word(talk: Talk, found: Scene) -> None:
    await _begin(talk, found, WORDING, "")


async def _begin(talk: Talk, found: Scene, form: Form, said: str) -> None:
    """Begin the answer to a case; one begun for another case is dropped: it would go to the wrong unit."""
    talk.do(*(DropDraft(draft.id) for draft in talk.drafts if draft.form == form.name))
    answers = {"text": said} if said else {}
    draft = replace(talk.new_draft(form.name, None), accepted={CASE: found.case.number}, answers=answers)
    await talk.dialogues.begin(draft, _("About {code}:", code=found.case.code))


async def answered(talk: Talk, words: str) -> None:
    """Send the answer: "12 text"."""
    number, _space, text = words.partition(" ")
    found = await scene(talk, int(number))
    if found is None or found.part is not Part.OFFICER or not found.case.open:
        talk.say(_("That case is closed, or no longer with {you}. Nothing was sent."))
        return
    await happen(talk, course.answered(found.case, talk.known.id, text, talk.house.terms, talk.now))
    talk.say(_("The answer to {code} has gone to the unit.", code=found.case.code))


async def worded(talk: Talk, words: str) -> None:
    """Keep the wording: "12 text"."""
    number, _space, text = words.partition(" ")
    found = await scene(talk, int(number))
    if found is None or found.part is not Part.OFFICER:
        talk.say(_("That case is closed, or no longer with {you}. Nothing was sent."))
        return
    await happen(talk, course.worded(found.case, talk.known.id, text, talk.now))
    talk.say(_("Reports will tell {code} like this.", code=found.case.code))


Deed = Callable[[Talk, Scene], Awaitable[None]]
DEEDS: Final[Mapping[Part, Mapping[str, Deed]]] = {
    Part.SENDER: {"xong": _confirm, "da xong": _confirm, "chua xong": _reopen, "chua": _reopen},
    Part.OFFICER: {
        "nhan": _take,
        "tra loi": _answer,
        "chuyen": _send_up,
        "chuyen len": _send_up,
        "dong": _close,
        "loi van": _word,
    },
}

COMMAND: Final = Command("vuviec", _("Look at a case"), case, roles=frozenset(Role), takes_words=True, listed=False)
ANSWERED: Final = Command("answered", _("Send an answer"), answered, typed=False, listed=False)
WORDED: Final = Command("worded", _("Keep a wording"), worded, typed=False, listed=False)
