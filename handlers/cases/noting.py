"""A note that the unit adds to a case; names and telephone numbers in it are asked about first."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.cases import course
from bot.effects import DropDraft, DropFiles, HandFiles
from bot.fetching import kept
from bot.forms.fields import Sensitivity, TextField
from bot.forms.form import Filed, Filing, Form
from bot.forms.personal import personal
from bot.i18n import Code, Text, _
from bot.records import Role
from bot.talk import Command, Talk
from handlers.cases import files
from handlers.cases.scene import Part, Scene, happen, scene
from handlers.checks import no_names

ABOUT: Final = "+case"  # where a draft keeps the number of its case
NEWS: Final = "newsofcase"  # the command that takes news of a report that can no longer be changed
LONGEST: Final = 1000


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"addtocase {filing.draft.accepted[ABOUT]} {filing.draft.id} {filing.answers['text']}")


NOTE: Final = Form(
    "case_note",
    _("Something to add"),
    TextField(
        "text",
        _("What is to be added?"),
        short=_("Added"),
        longest=LONGEST,
        warnings=(no_names("text"),),
        sensitive=Sensitivity.SENSITIVE,
    ),
    files.ANY,
    file=_file,
    audience=frozenset(Role),
    per_unit=False,
    recap=False,
    extras_later=True,
)


async def add(talk: Talk, found: Scene, said: str) -> None:
    """Add words, photos and files to a case; words with a name or a number in them become a note to look at first."""
    if len(said) > LONGEST:
        talk.say(_("That is {length} characters; please keep it within {longest}.", length=len(said), longest=LONGEST))
    elif said and personal(said):
        await begin(talk, found, NOTE, said)
    elif talk.incoming.files:
        await _add_files(talk, found, said)
    else:
        await happen(talk, course.added(found.case, talk.known.id, said, talk.house.terms, talk.now))
        talk.say(_("This has been added to {code}.", code=found.case.code))
        files.remember(talk, found.case)


async def begin(talk: Talk, found: Scene, form: Form, said: str, note: Text | None = None) -> None:
    """Begin words about a case, with the files sent along; what was begun for another is dropped: it is not meant."""
    for draft in talk.drafts:
        if draft.form == form.name:
            talk.do(DropDraft(draft.id), DropFiles(draft.id))
    draft = replace(talk.new_draft(form.name, None), accepted={ABOUT: found.case.number})
    sent = files.stored(talk.incoming, draft.id, files.ANY.code)[: files.ANY.at_most]
    for file in sent:
        talk.do(*kept(file, talk.incoming.address, talk.known.language, found.case.code))
    answers = ({"text": said} if said else {}) | ({files.ANY.code: [file.id for file in sent]} if sent else {})
    await talk.dialogues.begin(replace(draft, answers=answers), note or _("About {code}:", code=found.case.code))


async def _add_files(talk: Talk, found: Scene, said: str) -> None:
    if not said and files.follows(talk) and talk.ask is not None:
        await files.keep(talk, found.case, int(talk.ask.state[files.EVENT]))
        return
    change = course.added(found.case, talk.known.id, said, talk.house.terms, talk.now)
    if await files.room(talk, found.case) or said:
        await happen(talk, change)
    await files.keep(talk, found.case, change.event.seq)


async def news(talk: Talk, words: str) -> None:
    """Take news of an incident whose figures are locked: "unit number of the report". It goes to the case alone."""
    unit, number = map(int, words.split())
    case = await (await talk.read()).case_of_report(unit, number)
    found = await scene(talk, case.number) if case is not None else None
    if found is None or found.part is not Part.SENDER:
        talk.say(_("That case is closed, or no longer with {you}. Nothing was sent."))
        return
    told = _(
        "The figures of BC{number} are locked; news goes to {code}, to the officers in charge.",
        number=Code(number),
        code=found.case.code,
    )
    await begin(talk, found, NOTE, "", told)


async def noted(talk: Talk, words: str) -> None:
    """Keep a note: "12 draft text"."""
    number, draft, text = words.split(" ", 2)
    found = await scene(talk, int(number))
    if found is None or found.part is not Part.SENDER:
        talk.say(_("That case is closed, or no longer with {you}. Nothing was sent."))
        return
    change = course.added(found.case, talk.known.id, text, talk.house.terms, talk.now)
    await happen(talk, change)
    talk.do(HandFiles(draft, found.case.id, str(change.event.seq)))
    talk.say(_("This has been added to {code}.", code=found.case.code))
    files.remember(talk, found.case)


NOTED: Final = Command("addtocase", _("Keep a note"), noted, typed=False, listed=False)
TOLD: Final = Command(NEWS, _("News of an incident"), news, typed=False, listed=False)
