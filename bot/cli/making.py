"""Makes the documents that are asked for, on the command line or by a job in a process of its own."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Mapping
from functools import partial
from pathlib import Path
from typing import Any

from bot.cli.wiring import build_house, utc_now
from bot.config import Settings
from bot.documents.csv_file import write_csv
from bot.documents.gathering import Area
from bot.documents.goals import reached
from bot.documents.listing import Listing
from bot.documents.mood import mood_sheets
from bot.documents.official import TEMPLATES, BadTemplate, Paper, fill, official
from bot.documents.order import ENDINGS, MOOD, PAPERS, WORKBOOK, Order, Unwanted
from bot.documents.progress import Stage, Step, note
from bot.documents.sheets import SheetOf
from bot.documents.workbook import Book
from bot.documents.xlsx import write_workbook
from bot.i18n import ZONE, Text, Voice
from bot.office.house import in_force
from bot.ports import Reads
from bot.records import Unit
from bot.reporting.periods import Period
from bot.talk import House
from handlers.cases.topics import TOPICS
from handlers.papers import desk_of
from handlers.sentiment import SENTIMENT
from storage.store import SqlStore

Tell = Callable[[Step], None]


def make_noted(settings: Settings, order: Order) -> int:
    """Make it, and note beside it how far it is, for whoever waits."""
    order.path.parent.mkdir(parents=True, exist_ok=True)
    return make_document(settings, order, partial(note, order.path))


def make_document(settings: Settings, order: Order, tell: Tell = lambda _step: None) -> int:
    """Make it; give the number of its lines. It has its name only when it is whole; `tell` hears how far it is.

    Raises Unwanted, StoreBusy, OSError.
    """
    order.path.parent.mkdir(parents=True, exist_ok=True)
    part = order.path.with_name(f".{order.path.name}.part")
    part.touch(mode=0o600)
    try:
        lines = asyncio.run(_make(settings, order, part, tell))
        part.replace(order.path)
    finally:
        part.unlink(missing_ok=True)
    return lines


async def _make(settings: Settings, order: Order, path: Path, tell: Tell) -> int:
    tell(Step(Stage.READING))
    store = await SqlStore.open(settings.database_url.get_secret_value())
    try:
        async with store.reading() as reads:
            house = await in_force(build_house(settings, {}), reads)
            unit = await reads.unit(order.unit)
            if unit is None:
                raise Unwanted("that unit is not there any more")
            area = Area(desk_of(house, utc_now()), reads, [unit], house.calendar.at(order.period))
            await area.load()
            voice = Voice(house.catalogues[order.language], names=dict(house.days.names))
            goals = await reached(area)
            if order.what in PAPERS:
                written = await reads.wordings([unit.id], order.period)
                paper = _paper(settings, order, unit, {one.part: one.text for one in written})
                given = await official(area, voice, paper, goals)
                tell(Step(Stage.FILLING))
                return _filled(paper, given, path)
            if order.what == WORKBOOK:
                book = Book(area, voice, goals, _topics(house))
                return await write_workbook(path, unit.name, _counted(book.sheets(), await book.count(), tell))
            if order.what == MOOD:
                mood = await mood_sheets(area, SENTIMENT, _topics(house), voice)
                return await write_workbook(path, unit.name, mood)
            return await _listed(order, area, voice, path, tell)
    finally:
        await store.close()


async def _counted(sheets: AsyncIterator[SheetOf], count: int, tell: Tell) -> AsyncIterator[SheetOf]:
    """Tell of each sheet when the one before it is written."""
    done = 0
    async for sheet in sheets:
        tell(Step(Stage.SHEETS, done, count))
        yield sheet
        done += 1


def _topics(house: House) -> dict[str, Text]:
    """Name what cases may be about: the topics of petitions, of legal help, the kinds of incidents."""
    asked = [form.by_code.get(code) for form in house.forms.values() for code in ("topics", "incident_type")]
    choices = [getattr(field, "choices", ()) for field in asked if field is not None]
    options = [option for those in choices if isinstance(those, tuple) for option in those]
    return {one.code: one.label for one in (*options, *TOPICS)}


def _paper(settings: Settings, order: Order, unit: Unit, words: Mapping[str, str]) -> Paper:
    ours = settings.documents
    template = getattr(ours, order.what) or TEMPLATES / f"{order.what}.docx"
    return Paper(template, ours.head_of(unit.code), ours.place, words)


def _filled(paper: Paper, given: Mapping[str, Any], path: Path) -> int:
    try:
        fill(paper.template, given, path)
    except BadTemplate as bad:
        raise Unwanted(str(bad)) from None
    return len(given["phu_luc_1"])


async def _listed(order: Order, area: Area, voice: Voice, path: Path, tell: Tell) -> int:
    form = next((form for form in area.desk.kinds if form.name == order.what), None)
    if form is None:
        raise Unwanted(f"there is no kind {order.what}")
    listing = Listing(area, form, voice)
    if order.path.suffix == ".csv":
        heads = [head.words for head in listing.heads(codes=True)]
        return await write_csv(path, heads, listing.lines())
    return await write_workbook(path, area.roots[0].name, [listing.sheet()], partial(_lines, tell))


def _lines(tell: Tell, lines: int) -> None:
    tell(Step(Stage.LINES, lines))


async def ordered(settings: Settings, what: str, words: str, code: str) -> tuple[str, Unit]:
    """Understand what was typed on the command line: give the code of the period, and the unit.

    Raises Unwanted for a kind, a period or a unit that is not there, and a period that has not begun.
    """
    store = await SqlStore.open(settings.database_url.get_secret_value())
    try:
        async with store.reading() as reads:
            house = await in_force(build_house(settings, {}), reads)
            _known(house, what)
            return _period(house, words).code, await _unit(reads, code)
    finally:
        await store.close()


def _known(house: House, what: str) -> None:
    kinds = [*ENDINGS, *(form.name for form in house.forms.values() if form.settings.report)]
    if what not in kinds:
        raise Unwanted(f"there is no document {what}; choose one of {', '.join(kinds)}")


def _period(house: House, words: str) -> Period:
    now = utc_now()
    code = house.calendar.read(words, now)
    if code is None:
        raise Unwanted(f"{words} is no period; write for example 2026-11, 2026-Q4, 2026-H1 or 2026")
    period = house.calendar.at(code)
    if period.since > now.astimezone(ZONE).date():
        raise Unwanted(f"{code} has not begun; it begins on {period.since:%d/%m/%Y}")
    return period


async def _unit(reads: Reads, code: str) -> Unit:
    unit = await reads.unit_by_code(code) or await reads.unit_by_code(code.upper())
    if unit is None:
        raise Unwanted(f"there is no unit with the code {code}")
    return unit
