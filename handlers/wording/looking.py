"""What is worded already and what is not; at one part the program's own sentences, the wording, the words of units."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, time
from typing import Final

from bot.documents.indicators import compared
from bot.documents.order import OFFICIAL
from bot.documents.parts import PARTS, Part
from bot.documents.sentences import GROUPS, Teller
from bot.i18n import ZONE, DayMonth, Plain, Text, _, lines, local_day, spaced
from bot.messages import Choice
from bot.ports import Reads
from bot.ports.wordings import Quoted
from bot.records import OFFICERS, Submission, Wording
from bot.reporting.periods import ONE_DAY
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.pages import page_in, paged
from handlers.papers import desk_of
from handlers.review.story import names_of
from handlers.wording.place import Place, find_place, named, short, written
from handlers.wording.writing import ADD, WRITE, begin, take_back

MOST: Final = 300  # reports of which words are shown, the latest; all stand in the workbook
QUOTES: Final = 5  # a page
QUOTE, TOLD = 150, 450  # characters shown of each
TAKE_BACK: Final = "b"


async def run(talk: Talk, words: str) -> None:
    """List the parts of a report; "PERIOD uUNIT part" shows one, with "v", "t" or "b…" after it changes it."""
    place = await find_place(talk, words)
    if place is None:
        return
    verb = place.rest[1] if len(place.rest) > 1 else ""
    if place.part is None:
        await _list(talk, place)
    elif verb in {WRITE, ADD}:
        await begin(talk, place, verb)
    elif verb.startswith(TAKE_BACK):
        await take_back(talk, place, verb.removeprefix(TAKE_BACK))
    elif not await put_off(talk, [place.unit.id], COMMAND.name, words):
        await _show(talk, place, page_in(verb))


async def _list(talk: Talk, place: Place) -> None:
    """List the parts, a page of six, with who wrote what."""
    found = await written(talk, place)
    names = await names_of(await talk.read(), [one.person for one in found.values()])
    items = [(_label(part, found.get(part.code), names), f"{place.words} {part.code}") for part in PARTS.values()]
    choices = paged(talk, items, page_in(place.rest[0] if place.rest else ""), place.words)
    choices.append(Choice(_("Make the report"), f"/xuat {OFFICIAL} {place.period.code} {place.unit.code}", "9"))
    text = _("What the office writes itself enters the Word file as it stands here. Which part?")
    talk.offer("wordings", text, *choices, title=_("Wording · {place}", place=named(place)))


def _label(part: Part, one: Wording | None, names: dict[str, Text]) -> Text:
    if one is None or not one.text:
        return _("{part}: the program's sentences", part=part.title) if part.told else _("{part}: –", part=part.title)
    return _("{part}: {who}, {day}", part=part.title, who=names[one.person], day=DayMonth(local_day(one.at)))


async def _show(talk: Talk, place: Place, page: int) -> None:
    part = place.part or next(iter(PARTS.values()))
    reads = await talk.read()
    now = (await written(talk, place)).get(part.code)
    quotes = await _quotes(talk, reads, place, part)
    page = min(max(page, 1), max(1, -(-len(quotes) // QUOTES)))
    shown = quotes[(page - 1) * QUOTES : page * QUOTES]
    said = _("Units wrote:") if quotes else _("No unit wrote anything about it.")
    text = spaced(
        await _sentences(talk, reads, place, part),
        await _wording(reads, now),
        lines(said, *shown),
    )
    talk.audit("words read", place.unit.code, f"{place.period.code} {part.code}")
    choices = _choices(place, part, now, (page, -(-len(quotes) // QUOTES)))
    talk.offer("wording", text, *choices, title=_("{part} · {place}", part=part.title, place=named(place)))


def _choices(place: Place, part: Part, now: Wording | None, pages: tuple[int, int]) -> list[Choice]:
    here, (page, last) = f"{place.words} {part.code}", pages
    choices = [Choice(_("Write it anew") if now and now.text else _("Write it"), f"{here} {WRITE}", "1")]
    if now is not None and now.text:
        choices.append(Choice(_("Add to it"), f"{here} {ADD}", "2"))
        choices.append(Choice(_("Take it out"), f"{here} {TAKE_BACK}{now.version}", "3"))
    if page < last:
        choices.append(Choice(_("More of what units wrote"), f"{here} {page + 1}", "7"))
    if page > 1:
        choices.append(Choice(_("Back to what was before"), f"{here} {page - 1}", "8"))
    return [*choices, Choice(_("Back to the list"), place.words, "0")]


async def _sentences(talk: Talk, reads: Reads, place: Place, part: Part) -> Text | None:
    """Give what the program writes there itself, from the figures."""
    if not part.told:
        return None
    desk = desk_of(talk.house, talk.now)
    teller = Teller(
        {form.name: form for form in desk.kinds},
        await compared(desk, reads, [place.unit], place.period),
        place.period.code,
        place.period.title,
    )
    told = teller.group(part.code) if part.code in GROUPS else teller.workers(talk.house.forms.get("periodic"))
    words = " ".join(talk.voice.speak(one) for one in told)
    return lines(_("From the figures:"), Plain(short(words, TOLD))) if words else None


async def _wording(reads: Reads, now: Wording | None) -> Text | None:
    if now is None or not now.text:
        return None
    who = (await names_of(reads, [now.person]))[now.person]
    return lines(_("Written by {who}, {moment}:", who=who, moment=now.at), Plain(short(now.text, TOLD)))


async def _quotes(talk: Talk, reads: Reads, place: Place, part: Part) -> list[Text]:
    """List what units wrote; of moods and petitions only what officers worded themselves, without the unit."""
    if part.code == "tu_tuong":
        return await _worded_cases(reads, place)
    fields = tuple(one for one in part.quoted if one[0] in talk.house.forms)
    if not fields:
        return []
    asked = Quoted((place.unit.id,), fields, place.period.since, place.period.until)
    reports = await reads.quoting(asked, MOST)
    units = {unit.id: unit for unit in await reads.within([place.unit.id], sorted({one.unit for one in reports}))}
    return [
        _("· {unit}: {words}", unit=units[report.unit].name, words=short(words, QUOTE))
        for field in fields
        for report in reports
        if (words := _answer(talk, report, field, place.period.code)) and report.unit in units
    ]


def _answer(talk: Talk, report: Submission, field: tuple[str, str], period: str) -> str:
    form, code = field
    about = talk.house.forms[form].settings.period
    if report.form != form or (about and report.answers.get(about) != period):
        return ""
    return str(report.answers.get(code) or "")


async def _worded_cases(reads: Reads, place: Place) -> list[Text]:
    since, until = (_midnight(day) for day in (place.period.since, place.period.until + ONE_DAY))
    cases = await reads.cases_opened([place.unit.id], since, until)
    worded: Sequence[str] = list(dict.fromkeys(one.wording for one in cases if one.wording))
    return [_("· {words}", words=short(one, QUOTE)) for one in worded]


def _midnight(day: date) -> datetime:
    return datetime.combine(day, time.min, ZONE)


COMMAND: Final = Command(
    "loivan",
    _("Wording of the official report"),
    run,
    words=("loi van",),
    roles=OFFICERS,
    takes_words=True,
)
