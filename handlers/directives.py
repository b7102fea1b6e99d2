"""/vanban: the register of documents to implement: who was sent one, confirmed it, planned and reported for it."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Final

from bot.effects import KeepDirective
from bot.forms.dates.when import When
from bot.forms.fields import Date, Files, TextField
from bot.forms.fold import fold
from bot.forms.form import Filed, Filing, Form
from bot.forms.steps import MORE
from bot.i18n import Code, Plain, Text, _, lines, listed
from bot.messages import Attachment, Choice, Say
from bot.notices.notice import Directive
from bot.notices.wording import document
from bot.ports import DirectiveStanding
from bot.records import OFFICERS
from bot.talk import Command, Talk
from handlers.broadcast import compose
from handlers.pages import page_in, paged
from handlers.review.seen import reach

NEW: Final = "them"
SEND: Final = "gui"
PAGE: Final = "trang"
SHOWN: Final = 6
CHANGE: Final = "sua"
CHANGED: Final = "+directive"  # where a draft keeps the document that it changes
KEEP_WORD: Final = "vanbangiu"


def _file(filing: Filing) -> Filed:
    what = {"id": filing.draft.accepted.get(CHANGED, ""), "answers": dict(filing.answers)}
    return Filed((), (), f"{KEEP_WORD} {json.dumps(what)}")


DIRECTIVE: Final = Form(
    "directive",
    _("Document"),
    TextField("number", _("What is its number? For example 47/KH-LĐLĐ."), short=_("Number"), longest=60),
    Date("day", _("Of which day is it?"), short=_("Day"), when=When.PAST),
    TextField("issuer", _("Who issued it?"), short=_("Issuer"), longest=120),
    TextField("title", _("What is it about?"), short=_("About"), longest=300),
    TextField(
        "superseded_by",
        _("Which document has taken its place? Its number."),
        short=_("Superseded by"),
        required=False,
        longest=60,
    ),
    Files("files", _("Send the document itself (PDF, Word)."), short=_("File"), required=False, at_most=1),
    file=_file,
    audience=OFFICERS,
    per_unit=False,
)


async def run(talk: Talk, words: str) -> None:
    """Show the register or one document ("id"); begin one ("them"), its change ("sua id"), a notice ("gui id")."""
    verb, _space, rest = words.strip().partition(" ")
    if verb == NEW:
        await talk.dialogues.start(DIRECTIVE)
    elif verb == SEND:
        await _send(talk, rest.strip())
    elif verb == CHANGE:
        await _change(talk, rest.strip())
    elif verb and verb != PAGE:
        await _one(talk, words.strip())
    else:
        await _register(talk, page_in(rest))


async def _register(talk: Talk, page: int) -> None:
    found = await (await talk.read()).directives()
    items = [(_in_list(one), f"/vanban {one.id}") for one in found]
    new = Choice(_("Add a document"), f"/vanban {NEW}", "9")
    text = _("Documents to implement:") if found else _("The register is empty.")
    talk.offer("directives", text, *paged(talk, items, page, f"/vanban {PAGE}"), new)


def _in_list(one: Directive) -> Text:
    if one.superseded_by:
        return _("{number} (superseded)", number=one.number)
    return Plain(one.number)


async def _one(talk: Talk, words: str) -> None:
    reads = await talk.read()
    one = await reads.directive(words)
    if one is None:
        wanted = fold(words)
        one = next((each for each in await reads.directives() if wanted in fold(each.number)), None)
    if one is None:
        talk.say(_("The register has no document “{words}”.", words=words))
        return
    await _show(talk, one)


async def _show(talk: Talk, one: Directive) -> None:
    stand = await (await talk.read()).directive_standing(one, reach(talk))
    talk.audit("directive", one.number)
    choices = [
        Choice(_("Send it to units"), f"/vanban {SEND} {one.id}", "1"),
        Choice(_("Change"), f"/vanban {CHANGE} {one.id}", "2"),
        Choice(_("All documents"), "/vanban", "3"),
    ]
    text = await _told(talk, one, stand)
    talk.send(Say(text, choices=tuple(choices), attachments=await _copy(talk, one)))
    talk.remember("directive", choices)


async def _copy(talk: Talk, one: Directive) -> tuple[Attachment, ...]:
    """Give the document itself, if it is kept."""
    found = await (await talk.read()).files_by_id([one.file]) if one.file else []
    return tuple(
        Attachment(talk.house.file_path(file.sha256), file.ref.name or file.id, file.ref.kind)
        for file in found
        if file.state == "kept" and talk.house.file_path(file.sha256)
    )


async def _change(talk: Talk, id_: str) -> None:
    """Open what stands in the register, to be changed."""
    one = await (await talk.read()).directive(id_)
    if one is None:
        await _register(talk, 1)
        return
    told = {"number": one.number, "issuer": one.issuer, "title": one.title}
    more = {"superseded_by": one.superseded_by, "files": [one.file] if one.file else None}
    day = {"day": one.day.isoformat()} if one.day else {}
    answers = told | day | {name: value for name, value in more.items() if value}
    draft = replace(talk.new_draft(DIRECTIVE.name, None), answers=answers, accepted={CHANGED: one.id, MORE: []})
    await talk.dialogues.begin(draft)


async def keep(talk: Talk, words: str) -> None:
    """Keep a document as it was told; one with the same number is changed, for there is one of each."""
    what = json.loads(words)
    said, reads = what["answers"], await talk.read()
    same = next((one for one in await reads.directives() if fold(one.number) == fold(said["number"])), None)
    known = await reads.directive(what["id"]) if what["id"] else None
    if same is not None and known is not None and same.id != known.id:
        talk.say(_("The register has another document with the number {number}.", number=same.number))
        await _show(talk, known)
        return
    before = known or same
    one = Directive(
        before.id if before else talk.house.new_id(),
        str(said["number"]),
        date.fromisoformat(said["day"]),
        str(said["issuer"]),
        str(said["title"]),
        next(iter(said.get("files") or ()), before.file if before and not known else ""),
        str(said.get("superseded_by") or ""),
    )
    talk.do(KeepDirective(one, talk.now, talk.known.id))
    talk.audit("keep directive", one.number)
    await _show(talk, one)


async def _told(talk: Talk, one: Directive, stand: DirectiveStanding) -> Text:
    sent = listed(*(_("TB{number}", number=Code(number)) for number in stand.notices))
    return lines(
        document(one),
        _("Issued by {issuer}", issuer=one.issuer),
        _("Superseded by {number}", number=one.superseded_by) if one.superseded_by else None,
        _("Sent with {notices} to {units} units", notices=sent, units=stand.units)
        if stand.notices
        else _("Not sent yet"),
        _("Confirmed: {count}", count=stand.received) if stand.notices else None,
        _("Reported: {count}", count=stand.done) if stand.notices else None,
        _("Plans: {count} ({units})", count=len(stand.plans), units=await _names(talk, stand.plans))
        if stand.plans
        else _("No unit has sent a plan for it."),
    )


async def _names(talk: Talk, units: tuple[int, ...]) -> Text:
    reads = await talk.read()
    found = [await reads.unit(unit) for unit in units[:SHOWN]]
    more = [Plain("…")] if len(units) > SHOWN else []
    return listed(*(Plain(unit.name) for unit in found if unit is not None), *more)


async def _send(talk: Talk, id_: str) -> None:
    one = await (await talk.read()).directive(id_)
    if one is None:
        await _register(talk, 1)
        return
    await compose(talk, {"directive": one.number})


KEEP: Final = Command(KEEP_WORD, _("Keep a document"), keep, roles=OFFICERS, typed=False, listed=False)
COMMAND: Final = Command(
    "vanban", _("Documents to implement"), run, words=("van ban",), roles=OFFICERS, takes_words=True
)
