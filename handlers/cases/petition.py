"""/kiennghi: a petition that is followed to its answer; lists what was sent, and for officers what waits for them."""

from __future__ import annotations

from typing import Final

from bot.cases.case import Kind
from bot.cases.opening import Opening, opening_words
from bot.cases.showing import row
from bot.forms.fields import Option, SelectOne, Sensitivity, TextField
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Plain, _
from bot.messages import Choice
from bot.records import OFFICERS, REPORTERS, WRITERS
from bot.talk import Command, Talk
from handlers.cases.topics import TOPICS
from handlers.checks import no_names
from handlers.pages import page_in, paged

LISTED: Final = 60
NEW: Final = "moi"
URGENCY: Final = (
    Option("thuong", _("Not urgent")),
    Option("can_som", _("An answer is needed soon")),
)


def _file(filing: Filing) -> Filed:
    told = filing.answers
    unit = filing.facts.unit
    if unit is None:
        raise LookupError("a petition needs its unit")
    opening = Opening(Kind.PETITION, told["topic"], told["content"], urgent=told["urgency"] == "can_som")
    return Filed((), (), opening_words(unit.id, opening))


PETITION: Final = Form(
    "petition",
    _("Petition"),
    SelectOne("topic", _("What is the petition about?"), short=_("Topic"), choices=TOPICS),
    TextField(
        "content",
        _("What do the workers ask for? In a few words, without anybody's name."),
        short=_("Petition"),
        shortest=10,
        longest=1000,
        warnings=(no_names("content"),),
        sensitive=Sensitivity.SENSITIVE,
    ),
    SelectOne("urgency", _("How urgent is it?"), short=_("Urgency"), choices=URGENCY),
    file=_file,
    audience=WRITERS,
    intro=_("Only the officers in charge will read this. Nobody has to be named."),
)


async def petitions(talk: Talk, words: str) -> None:
    """List cases; with "moi" begin a petition."""
    if words.strip().lower() == NEW and talk.known.holds(WRITERS):
        await talk.dialogues.start(PETITION)
    elif talk.known.holds(OFFICERS):
        await _waiting(talk, page_in(words))
    else:
        await _theirs(talk, page_in(words))


async def _theirs(talk: Talk, page: int) -> None:
    reads = await talk.read()
    cases = await reads.cases_of([unit.id for unit in talk.known.units(REPORTERS)], talk.known.id, LISTED)
    if not cases:
        await talk.dialogues.start(PETITION)
        return
    items = [(row(case), f"/vuviec {case.number}") for case in cases]
    new = Choice(_("A new petition"), f"/kiennghi {NEW}", "9")
    talk.offer("cases", _("What the unit sent, and how it stands:"), *paged(talk, items, page, "/kiennghi"), new)


async def _waiting(talk: Talk, page: int) -> None:
    reads = await talk.read()
    under = [unit.id for unit in talk.known.units(OFFICERS)]
    cases = await reads.cases_to_see_to(under, LISTED)
    mine = [case for case in cases if case.owner == talk.known.id]
    shown = [*mine, *(case for case in cases if case.owner != talk.known.id)]
    if not shown:
        talk.say(_("Nothing waits for an answer."))
        return
    units = {unit: await reads.unit(unit) for unit in {case.unit for case in shown}}
    named = {unit: Plain(found.name if found is not None else "") for unit, found in units.items()}
    items = [(row(case, named[case.unit]), f"/vuviec {case.number}") for case in shown]
    head = _("Waiting for {you}: {mine}. In all under your union: {all}.", mine=len(mine), all=len(shown))
    numbers = Choice(_("How cases fare"), "/thongkekiennghi", "9")
    talk.offer("cases", head, *paged(talk, items, page, "/kiennghi"), numbers)


COMMAND: Final = Command(
    "kiennghi",
    _("Petitions: send one, see how it stands"),
    petitions,
    words=("kien nghi", "gui kien nghi"),
    roles=WRITERS | OFFICERS,
    takes_words=True,
)
