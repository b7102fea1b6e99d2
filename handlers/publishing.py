"""An officer of the province lays something out in the library, by topic and campaign; changes it, or takes it away."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Sequence
from dataclasses import replace
from typing import Final

from bot.forms.conditions import Scope, derived
from bot.forms.fields import TextField
from bot.forms.fold import fold
from bot.forms.form import Filed, Filing, Form
from bot.forms.steps import MORE
from bot.i18n import _, lines
from bot.messages import Choice
from bot.office.book import BookError
from bot.office.importing import Current, Proposal, current
from bot.office.library import LIBRARY, LINK
from bot.records import Role
from bot.reporting.cells import Row
from bot.talk import Command, Talk
from handlers.broadcast import Campaigns

INSTEAD: Final = "+instead"  # the title of what is changed, kept with the draft
CHANGE: Final = "sua"
TAKE_AWAY: Final = "go"
PUBLISHERS: Final = frozenset({Role.PROV_OFFICER, Role.PROV_LEADER})  # what they lay out, every unit finds


def _is_link(scope: Scope) -> bool | None:
    said = scope.answers.get("link")
    return None if said is None else LINK.fullmatch(said) is not None


def _file(filing: Filing) -> Filed:
    given = {**filing.answers, INSTEAD: filing.draft.accepted.get(INSTEAD)}
    return Filed((), (), f"published {json.dumps(given, ensure_ascii=False)}")


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
    """Put it into the office's book, as a new version of it; what is changed keeps its place."""
    given = {name: str(value) for name, value in json.loads(words).items() if value}
    old, title = fold(given.pop(INSTEAD, "")), given["title"]
    now = await current(await talk.read(), talk.house.shipped)
    rows = now.book.rows(LIBRARY)
    titles = [fold(row.get("title", "")) for row in rows]
    if fold(title) in titles and fold(title) != old:
        talk.say(_("The library has something called “{title}” already.", title=title))
        return
    changed = [given if place == old else row for place, row in zip(titles, rows, strict=True)]
    if _kept(talk, now, changed if old in titles else [*rows, given], title):
        talk.say(_("“{title}” is laid out; units find it by TAI LIEU in a moment.", title=title))


def _kept(talk: Talk, now: Current, rows: Sequence[Row], title: str) -> bool:
    """Keep the library so, as a new version of the book; say what is wrong with it instead, if anything is."""
    book = now.book.with_sheets({LIBRARY.name: tuple(rows)})
    try:
        book.read()
    except BookError as trouble:
        talk.say(lines(*(problem.line() for problem in trouble.problems[:3])))
        return False
    talk.do(*Proposal(now, book).effects(talk.now, talk.known.id, f"library: {title[:60]}"))
    return True


def mark(title: str) -> str:
    """Name something of the library behind a button, wherever it stands by then."""
    return hashlib.blake2s(fold(title).encode(), digest_size=4).hexdigest()


def desk(title: str) -> list[Choice]:
    """Give what may be done with something that is laid out."""
    return [
        Choice(_("Change the material"), f"/tailieu {CHANGE} {mark(title)}", "1"),
        Choice(_("Take it out of the library"), f"/tailieu {TAKE_AWAY} {mark(title)}", "2"),
    ]


async def change(talk: Talk, which: str) -> None:
    """Ask the questions again, with what is laid out as answers."""
    row = await _row(talk, which)
    if row is not None:
        answers = {name: row[name] for name in LAYING_OUT.by_code if row.get(name)}
        draft = replace(
            talk.new_draft(LAYING_OUT.name, None), answers=answers, accepted={INSTEAD: row["title"], MORE: []}
        )
        await talk.dialogues.begin(draft)


async def take_away(talk: Talk, which: str) -> None:
    """Take something out of the library, after asking; earlier versions of the book keep it: "mark [yes]"."""
    row = await _row(talk, which.removesuffix(" yes"))
    if row is None:
        return
    if not which.endswith(" yes"):
        yes = Choice(_("Yes, take it out"), f"/tailieu {TAKE_AWAY} {which} yes", "1")
        sure = _("Take “{title}” out of the library? Units will not find it any more.", title=row["title"])
        talk.offer("library", sure, yes, Choice(_("Leave it there"), "/tailieu", "2"))
        return
    now = await current(await talk.read(), talk.house.shipped)
    rest = [one for one in now.book.rows(LIBRARY) if fold(one.get("title", "")) != fold(row["title"])]
    if _kept(talk, now, rest, row["title"]):
        talk.say(_("“{title}” is no longer in the library.", title=row["title"]))


async def _row(talk: Talk, which: str) -> Row | None:
    """Find what a button names; say so where it is gone."""
    now = await current(await talk.read(), talk.house.shipped)
    found = next((row for row in now.book.rows(LIBRARY) if mark(row.get("title", "")) == which), None)
    if found is None:
        talk.say(_("That is no longer in the library."))
    return found


PUBLISHED: Final = Command("published", _("Lay something out"), published, roles=PUBLISHERS, typed=False, listed=False)
