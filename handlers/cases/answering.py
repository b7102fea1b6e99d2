"""What an officer does to a case: take it, answer, send it up, close it, word it for reports."""

from __future__ import annotations

from typing import Final

from bot.cases import course
from bot.cases.case import UNSEEN, WAITING, Kind
from bot.effects import HandFiles
from bot.forms.fields import Sensitivity, TextField, Warn
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Text, _, lines
from bot.records import OFFICERS
from bot.talk import Command, Talk
from handlers.cases import files, noting
from handlers.cases.noting import ABOUT, LONGEST
from handlers.cases.raw import kept_off
from handlers.cases.scene import Part, Scene, happen, scene
from handlers.cases.showing import next_above, show
from handlers.checks import no_names


def _file_answer(filing: Filing) -> Filed:
    return Filed((), (), f"answered {filing.draft.accepted[ABOUT]} {filing.draft.id} {filing.answers['text']}")


def _file_wording(filing: Filing) -> Filed:
    return Filed((), (), f"worded {filing.draft.accepted[ABOUT]} {filing.answers['text']}")


def _words(question: Text, short: Text, *warnings: Warn) -> TextField:
    return TextField(
        "text",
        question,
        short=short,
        shortest=2,
        longest=LONGEST,
        warnings=warnings,
        sensitive=Sensitivity.SENSITIVE,
    )


ANSWER: Final = Form(
    "case_answer",
    _("Answer"),
    _words(_("What is the answer? The unit will read it as it stands. Files may be sent with it."), _("Answer")),
    files.ANY,
    file=_file_answer,
    audience=OFFICERS,
    per_unit=False,
    extras_later=True,
)
WORDING: Final = Form(
    "case_wording",
    _("Wording for reports"),
    _words(_("How shall reports to others tell it? Without names of people or units."), _("Wording"), no_names("text")),
    file=_file_wording,
    audience=OFFICERS,
    per_unit=False,
)


async def take(talk: Talk, found: Scene) -> None:
    """Take a case: it is this officer's from now on."""
    if found.case.state not in UNSEEN:
        await show(talk, found)
        return
    change = course.taken(found.case, talk.known.id, found.desk, talk.house.terms, talk.now)
    await happen(talk, change)
    taken = _("{code} is with {you} now; the unit has been told.", code=found.case.code)
    talk.say(lines(taken, _("Type {code} to read and to answer.", code=found.case.code)))


async def send_up(talk: Talk, found: Scene) -> None:
    """Send a case to the union above."""
    rung = next_above(found)
    if rung is None or found.case.state not in WAITING:
        talk.say(_("There is no union above to which {code} could go.", code=found.case.code))
        return
    await happen(talk, course.forwarded(found.case, talk.known.id, rung, "", talk.house.terms, talk.now))
    talk.quiet()
    talk.say(_("{code} has gone up; the unit has been told.", code=found.case.code))


async def close(talk: Talk, found: Scene) -> None:
    """Close an incident."""
    if not found.case.open or found.case.kind is not Kind.INCIDENT:
        await show(talk, found)
        return
    await happen(talk, course.closed(found.case, talk.known.id, "", talk.now))
    talk.quiet()
    talk.say(_("{code} is closed; the unit has been told.", code=found.case.code))


async def answer(talk: Talk, found: Scene, said: str = "") -> None:
    """Begin the answer, on the office's own page where the kind is kept off others: what was asked is quoted in it."""
    if not found.case.open or kept_off(talk, found.case.kind) is not None:
        await show(talk, found)
        return
    await noting.begin(talk, found, ANSWER, said)


async def word(talk: Talk, found: Scene) -> None:
    """Begin the wording for reports."""
    await noting.begin(talk, found, WORDING, "")


async def answered(talk: Talk, words: str) -> None:
    """Send the answer, and the files of its draft: "12 draft text"."""
    number, draft, text = words.split(" ", 2)
    found = await scene(talk, int(number))
    if found is None or found.part is not Part.OFFICER or not found.case.open:
        talk.say(_("That case is closed, or no longer with {you}. Nothing was sent."))
        return
    change = course.answered(found.case, talk.known.id, text, talk.house.terms, talk.now)
    await happen(talk, change)
    talk.do(HandFiles(draft, found.case.id, str(change.event.seq)))
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


ANSWERED: Final = Command("answered", _("Send an answer"), answered, typed=False, listed=False)
WORDED: Final = Command("worded", _("Keep a wording"), worded, typed=False, listed=False)
