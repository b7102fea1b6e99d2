"""/vanban: the register of documents to implement: who was sent one, confirmed it, planned and reported for it."""

from __future__ import annotations

from typing import Final

from bot.effects import KeepDirective
from bot.forms.dates.when import When
from bot.forms.fields import Date, TextField
from bot.forms.fold import fold
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Code, Plain, Text, _, lines, listed
from bot.messages import Choice
from bot.notices.notice import Directive
from bot.notices.wording import document
from bot.ports import DirectiveStanding
from bot.records import OFFICERS
from bot.talk import Command, Talk
from handlers.broadcast import compose
from handlers.pages import page_in, paged

NEW: Final = "them"
SEND: Final = "gui"
PAGE: Final = "trang"
SHOWN: Final = 6


def _file(filing: Filing) -> Filed:
    said, when = filing.answers, filing.facts.now
    one = Directive(
        filing.new_id(),
        str(said["number"]),
        filing.values["day"],
        str(said["issuer"]),
        str(said["title"]),
        superseded_by=str(said.get("superseded_by") or ""),
    )
    return Filed((KeepDirective(one, when, filing.person.id),), (), f"vanban {one.id}")


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
    file=_file,
    audience=OFFICERS,
    per_unit=False,
)


async def run(talk: Talk, words: str) -> None:
    """Show the register, one document ("id"), or begin a new one ("them") or a notice about one ("gui id")."""
    verb, _space, rest = words.strip().partition(" ")
    if verb == NEW:
        await talk.dialogues.start(DIRECTIVE)
    elif verb == SEND:
        await _send(talk, rest.strip())
    elif verb and verb != PAGE:
        await _one(talk, words.strip())
    else:
        await _register(talk, page_in(rest))


async def _register(talk: Talk, page: int) -> None:
    found = await (await talk.read()).directives()
    items = [(_in_list(one), f"/vanban {one.id}") for one in found]
    new = Choice(_("Add a document"), f"/vanban {NEW}", "9")
    text = _("Documents to implement:") if found else _("The register is empty.")
    talk.offer("directives", text, *paged(items, page, f"/vanban {PAGE}"), new)


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
    stand = await reads.directive_standing(one)
    talk.audit("directive", one.number)
    choices = [
        Choice(_("Send it to units"), f"/vanban {SEND} {one.id}", "1"),
        Choice(_("All documents"), "/vanban", "2"),
    ]
    talk.offer("directive", await _told(talk, one, stand), *choices)


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


COMMAND: Final = Command(
    "vanban", _("Documents to implement"), run, words=("van ban",), roles=OFFICERS, takes_words=True
)
