"""Wording a part: the words of an officer, kept as versions; never over what somebody else wrote meanwhile."""

from __future__ import annotations

from dataclasses import replace
from typing import Final

from bot.documents.order import OFFICIAL
from bot.effects import DropDraft, KeepWording
from bot.forms.fields import TextField
from bot.forms.form import Filed, Filing, Form
from bot.i18n import Plain, Text, _, lines
from bot.messages import Choice
from bot.records import OFFICERS, Wording
from bot.talk import Command, Talk
from handlers.checks import no_names
from handlers.review.story import names_of
from handlers.wording.place import Place, find_place, named, short, written

PLACE: Final = "+place"  # where a draft keeps what is worded, how, and over which version
WRITE, ADD = "v", "t"  # in the place of what stands there, or below it
LONGEST: Final = 4_000  # characters of one message
MOST: Final = 20_000  # of a part
SHOWN: Final = 450


def _file(filing: Filing) -> Filed:
    return Filed((), (), f"phrased {filing.draft.accepted[PLACE]} {filing.answers['text']}")


FORM: Final = Form(
    "part_wording",
    _("Wording of the official report"),
    TextField(
        "text",
        _("What shall stand there? You may paste several paragraphs; what does not fit can be added afterwards."),
        short=_("Wording"),
        shortest=2,
        longest=LONGEST,
        warnings=(no_names("text"),),
    ),
    file=_file,
    audience=OFFICERS,
    per_unit=False,
    confirm=_("Keep it"),
)


async def begin(talk: Talk, place: Place, how: str, mine: str = "", note: Text | None = None) -> None:
    """Ask for the words; `mine` are those that somebody typed already."""
    part = place.part
    if part is None:
        return
    now = (await written(talk, place)).get(part.code)
    seen = now.version if now is not None else 0
    about = f"{place.period.code} u{place.unit.id} {part.code} {how} {seen}"
    empty = [one for one in talk.drafts if one.form == FORM.name and not one.answers]
    talk.do(*(DropDraft(one.id) for one in empty))
    draft = replace(talk.new_draft(FORM.name, None), accepted={PLACE: about}, answers={"text": mine} if mine else {})
    await talk.dialogues.begin(draft, note or _("{part} · {place}", part=part.title, place=named(place)))


async def phrased(talk: Talk, words: str) -> None:
    """Keep words: "PERIOD uUNIT part how version words…"."""
    period, unit, code, how, seen, text = words.split(" ", 5)
    place = await find_place(talk, f"{period} {unit} {code}")
    if place is None or place.part is None:
        return
    now = (await written(talk, place)).get(code)
    if now is not None and str(now.version) != seen:
        await begin(talk, place, how, text, await _meanwhile(talk, now))
        return
    whole = f"{now.text}\n{text}" if how == ADD and now is not None and now.text else text
    if len(whole) > MOST:
        talk.say(_("With that it would be {length} characters, more than {most}.", length=len(whole), most=MOST))
        return
    _keep(talk, place, whole, now)
    told = _("Kept. Word files made from now on have it.")
    talk.offer("worded", told, *_after(place), title=_("{part} · {place}", part=place.part.title, place=named(place)))


async def take_back(talk: Talk, place: Place, seen: str) -> None:
    """Take out what stands there, if it is still what was seen."""
    part = place.part
    now = (await written(talk, place)).get(part.code) if part is not None else None
    if part is None or now is None or not now.text:
        talk.say(_("Nothing stands there."))
        return
    if str(now.version) != seen:
        talk.offer("worded", await _meanwhile(talk, now), *_after(place))
        return
    _keep(talk, place, "", now)
    talk.offer("worded", _("It is taken out; the version before is kept."), *_after(place))


def _keep(talk: Talk, place: Place, text: str, before: Wording | None) -> None:
    code = place.rest[0]
    version = before.version + 1 if before is not None else 1
    talk.do(KeepWording(Wording(place.unit.id, place.period.code, code, version, text, talk.known.id, talk.now)))
    talk.audit("wording", place.unit.code, f"{place.period.code} {code}")


async def _meanwhile(talk: Talk, now: Wording) -> Text:
    """Say who was first, and what stands there now."""
    who = (await names_of(await talk.read(), [now.person]))[now.person]
    changed = _("Changed meanwhile by {who} ({moment}). Nothing of yours was kept yet.", who=who, moment=now.at)
    if not now.text:
        return lines(changed, _("It was taken out."))
    return lines(changed, _("There stands now:"), Plain(short(now.text, SHOWN)))


def _after(place: Place) -> list[Choice]:
    return [
        Choice(_("Look at it again"), f"{place.words} {place.rest[0]}", "1"),
        Choice(_("The other parts"), place.words, "0"),
        Choice(_("Make the report"), f"/xuat {OFFICIAL} {place.period.code} {place.unit.code}", "9"),
    ]


PHRASED: Final = Command("phrased", _("Keep a wording"), phrased, typed=False, listed=False)
