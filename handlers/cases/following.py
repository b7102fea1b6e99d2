"""KN12, VV12: look at a case, add to it, say whether the answer has reached one's people; officers act on it."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping
from typing import Final

from bot.cases import course
from bot.cases.case import State
from bot.forms.fold import fold
from bot.i18n import _
from bot.records import Role
from bot.talk import Command, Talk
from handlers.cases import answering, files, noting
from handlers.cases.scene import Part, Scene, happen, scene
from handlers.cases.showing import show

LONGEST_NUMBER: Final = 7


async def case(talk: Talk, words: str) -> None:
    """Show a case ("12"), do something to it ("12 nhan"), or add to it ("12 anything else")."""
    number, _space, rest = words.strip().partition(" ")
    found = await scene(talk, int(number)) if number.isdecimal() and len(number) <= LONGEST_NUMBER else None
    if found is None:
        talk.say(_("There is no case {number} for {you}. KIEN NGHI lists what there is.", number=number))
        return
    said = rest.strip(" :.,-")
    if talk.incoming.files:
        await _sent(talk, found, said)
        return
    deed = DEEDS[found.part].get(fold(said)) if found.part in DEEDS else None
    if deed is not None:
        await deed(talk, found)
    elif not said:
        await show(talk, found)
    elif found.part is Part.SENDER:
        await noting.add(talk, found, said)
    elif found.part is Part.OFFICER and found.case.open:
        await answering.answer(talk, found, said)
    else:
        await show(talk, found)


async def _sent(talk: Talk, found: Scene, said: str) -> None:
    """Take photos and files for a case: the unit's are added to it, an officer's go with the answer."""
    trouble = files.refused(talk)
    if trouble is not None:
        talk.say(trouble)
    elif found.part is Part.SENDER:
        await noting.add(talk, found, said)
    elif found.part is Part.OFFICER and found.case.open:
        await answering.answer(talk, found, said)
    else:
        await show(talk, found)


async def _confirm(talk: Talk, found: Scene) -> None:
    if found.case.state is not State.ANSWERED:
        await show(talk, found)
        return
    await happen(talk, course.confirmed(found.case, talk.known.id, talk.now))
    talk.quiet()
    talk.say(_("{code} is closed. Thank you, {you}.", code=found.case.code))


async def _reopen(talk: Talk, found: Scene) -> None:
    if found.case.state is not State.ANSWERED:
        await show(talk, found)
        return
    await happen(talk, course.reopened(found.case, talk.known.id, "", talk.house.terms, talk.now))
    talk.quiet()
    talk.say(_("{code} is open again. Please type {code} and what is missing.", code=found.case.code))


Deed = Callable[[Talk, Scene], Awaitable[None]]
DEEDS: Final[Mapping[Part, Mapping[str, Deed]]] = {
    Part.SENDER: {"xong": _confirm, "da xong": _confirm, "chua xong": _reopen, "chua": _reopen},
    Part.OFFICER: {
        "nhan": answering.take,
        "tra loi": answering.answer,
        "chuyen": answering.send_up,
        "chuyen len": answering.send_up,
        "dong": answering.close,
        "loi van": answering.word,
    },
}

COMMAND: Final = Command("vuviec", _("Look at a case"), case, roles=frozenset(Role), takes_words=True, listed=False)
