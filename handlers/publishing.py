"""/tailieu moi: an officer of the province lays something out in the library, by topic and campaign."""

from __future__ import annotations

import json
from typing import Final

from bot.forms.conditions import Scope, derived
from bot.forms.fields import TextField
from bot.forms.fold import fold
from bot.forms.form import Filed, Filing, Form
from bot.i18n import _, lines
from bot.office.book import BookError
from bot.office.importing import Proposal, current
from bot.office.library import LIBRARY, LINK
from bot.records import Role
from bot.talk import Command, Talk
from handlers.broadcast import Campaigns

PUBLISHERS: Final = frozenset({Role.PROV_OFFICER, Role.PROV_LEADER})  # what they lay out, every unit finds


def _is_link(scope: Scope) -> bool | None:
    said = scope.answers.get("link")
    return None if said is None else LINK.fullmatch(said) is not None


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"published {json.dumps(filing.answers, ensure_ascii=False)}")


LAYING_OUT: Final = Form(
    "material",
    _("Something for the library"),
    TextField("title", _("What is it called?"), short=_("Title"), shortest=3, longest=120),
    TextField(
        "link",
        _("Where does it lie? Its address, like https://example.vn/a.pdf."),
        short=_("Address"),
        longest=400,
        constraint=derived(_is_link, "link"),
        constraint_message=_("That is no address. Please send it whole, like https://example.vn/a.pdf."),
    ),
    TextField(
        "topic", _("Under which topic? For example: propaganda, dialogue, samples."), short=_("Topic"), longest=60
    ),
    Campaigns("campaign", _("To which day or campaign does it belong?"), short=_("Campaign"), required=False),
    TextField(
        "words", _("By which other words may people look for it?"), short=_("Words"), required=False, longest=120
    ),
    file=_file,
    audience=PUBLISHERS,
    per_unit=False,
    confirm=_("Lay it out"),
)


async def published(talk: Talk, words: str) -> None:
    """Put it into the office's book, as a new version of it."""
    given = {name: str(value) for name, value in json.loads(words).items() if value}
    now = await current(await talk.read(), talk.house.shipped)
    rows = now.book.rows(LIBRARY)
    if fold(given["title"]) in {fold(row.get("title", "")) for row in rows}:
        talk.say(_("The library has something called “{title}” already.", title=given["title"]))
        return
    book = now.book.with_sheets({LIBRARY.name: (*rows, given)})
    try:
        book.read()
    except BookError as trouble:
        talk.say(lines(*(problem.line() for problem in trouble.problems[:3])))
        return
    talk.do(*Proposal(now, book).effects(talk.now, talk.known.id, f"library: {given['title'][:60]}"))
    talk.say(_("“{title}” is laid out; units find it by TAI LIEU in a moment.", title=given["title"]))


PUBLISHED: Final = Command("published", _("Lay something out"), published, roles=PUBLISHERS, typed=False, listed=False)
