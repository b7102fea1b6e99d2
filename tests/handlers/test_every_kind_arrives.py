"""Whatever a chair reports reaches the officer: one report of every kind that there is, typed on a text-only channel,
is found again in the digest, in the workbook and in the official document. No kind is named here: a new one is tried
like the others.
"""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

import pytest
from docx import Document
from openpyxl import load_workbook

import handlers
from bot.documents.columns import unit_of
from bot.documents.gathering import Area
from bot.documents.official import TEMPLATES, Paper, fill, official
from bot.documents.workbook import Book
from bot.documents.xlsx import write_workbook
from bot.forms.fields import Field, Figure, Money, Sensitivity
from bot.forms.form import Form
from bot.i18n import Text, Voice, _
from bot.records import Person, Role, Submission
from bot.reporting.figures import named
from bot.reporting.hiding import FEW, SMALL, WITH
from handlers.papers import desk_of
from storage.migrate import migrate
from tests.handlers.typist import NUMBER, Typist
from tests.stage import Stage, stage

KINDS = [form for form in handlers.FORMS if form.settings.report and form.fields]
LANGUAGES = ("vi", "en")
AREA = "TU"
UNIT = "TU-01"
NUMBERS = {Figure.TOTAL, Figure.PER_PERIOD, Figure.MEAN, Figure.MOST, Figure.AVERAGE}
ONE = _("reports")

Line = tuple[str, str]
"""What a figure is called, and its value as it is written."""


@dataclass(frozen=True)
class Made:
    """What officers get for one period."""

    digest: str
    whole: Mapping[str, str]  # each kind opened from it, by its name
    sheets: Mapping[str, Mapping[str, Mapping[str, Any]]]  # by title of the kind and code of the unit: cells by heading
    paper: Mapping[str, Mapping[str, str]]  # by title of the kind: what the first appendix has for this period
    words: str  # of the official document, without its tables


@dataclass(frozen=True)
class Arrived:
    """What became of one report of every kind, in one language."""

    voice: Voice
    reports: Mapping[str, Submission]
    made: Mapping[str, Made]  # by period

    def of(self, form: Form) -> Made:
        """Give what was made for the period that the report counts for."""
        return self.made[self.reports[form.name].period]

    def number(self, value: Any) -> str:
        """Write a number as documents do."""
        return self.voice.catalogue.number(value) if isinstance(value, int) else str(value)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_a_report_is_in_the_digest(form: Form, language: str) -> None:
    """Every number of it that may be shown stands under its kind, or else what was chosen."""
    here = arrived(language)
    part = here.of(form).whole[form.name]
    head = part.splitlines()[0]
    assert head.startswith(f"{here.voice.speak(form.title)}: 1 ")
    assert head in here.of(form).digest
    wanted = [f"· {here.voice.speak(named(one))}: {_in_digest(one, value, here)}" for one, value in numbers(form, here)]
    assert [line for line in wanted if not any(row.startswith(line) for row in part.splitlines())] == [], part
    chosen = [(one, here.voice.speak(_shown(one, code))) for one, code in choices(form, here)]
    assert wanted or any(f"{words}: 1" in part or f": {FEW}" in part for _one, words in chosen), part
    hidden = [words for one, words in chosen if one.sensitive is not Sensitivity.PLAIN]
    assert [words for words in hidden if f"{words}: 1" in part] == [], part


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_a_report_is_in_the_workbook(form: Form, language: str) -> None:
    """The unit's line on the sheet of its kind has every number, and a mark for every choice; where it wished not to be
    named, the line of the union above."""
    here = arrived(language)
    speak, lines = here.voice.speak, here.of(form).sheets[here.voice.speak(form.title)]
    unnamed = here.reports[form.name].answers.get(form.settings.unnamed) == "yes"
    cells = lines[AREA if unnamed else UNIT]
    assert not unnamed or not any(cell for cell in lines[UNIT].values() if isinstance(cell, int))
    wanted = {_headed(speak(named(one)), speak(unit_of(one))): value for one, value in numbers(form, here)}
    assert {label: cells[label] for label in wanted} == wanted
    for one, code in choices(form, here):
        assert cells[_headed(f"{speak(one.short)}: {speak(_shown(one, code))}", speak(ONE))] in {1, FEW, WITH}
    assert wanted or choices(form, here)


@pytest.mark.parametrize("language", LANGUAGES)
@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_a_report_is_in_the_official_document(form: Form, language: str) -> None:
    """It has its sentence there, and its numbers and choices are lines of the appendix, under its kind."""
    here = arrived(language)
    speak, lines = here.voice.speak, here.of(form).paper[here.voice.speak(form.title)]
    wanted = {speak(named(one)): here.number(value) for one, value in numbers(form, here)}
    assert {label: lines.get(label) for label in wanted} == wanted
    for one, code in choices(form, here):
        assert lines[f"{speak(one.short)}: {speak(_shown(one, code))}"] in {"1", FEW, WITH}
    assert wanted or choices(form, here)
    told = re.findall(r"[\d.]*\d", here.of(form).words)
    assert speak(form.title) in here.of(form).words or set(wanted.values()) & set(told)  # each kind has its own numbers


def test_nothing_else_stands_there() -> None:
    """ "Nothing to report" has no figures, so neither a sheet nor a line of its own says that there were none."""
    titles = {here.voice.speak(form.title) for here in [arrived("vi")] for form in KINDS}
    for made in arrived("vi").made.values():
        assert "Không phát sinh" not in {*made.sheets, *made.paper}
        assert made.paper.keys() <= titles


# --- what is expected: from the answers, not from the figures ---------------------------------------------------------


def numbers(form: Form, here: Arrived) -> list[tuple[Field, int]]:
    """List the numbers that digests add up or average, as far as they are large enough to be shown."""
    return [
        (one, value)
        for one, value in _told(form, here)
        if one.figure in NUMBERS and (one.sensitive is Sensitivity.PLAIN or value >= SMALL)
    ]


def choices(form: Form, here: Arrived) -> list[tuple[Field, str]]:
    """List the choices that were made."""
    return [
        (one, code)
        for one, value in _told(form, here)
        if one.figure is Figure.COUNT_BY
        for code in (value if isinstance(value, list) else [value])
    ]


def _told(form: Form, here: Arrived) -> Iterator[tuple[Field, Any]]:
    answers = here.reports[form.name].answers
    yield from ((one, answers[one.code]) for one in form.fields if answers.get(one.code) is not None)


def _shown(one: Field, code: str) -> Text:
    return one.show([code] if one.type == "select_multiple" else code)


def _in_digest(one: Field, value: int, here: Arrived) -> str:
    plain = one.figure in {Figure.TOTAL, Figure.PER_PERIOD} and not isinstance(one, Money)
    return here.number(value) if plain else here.voice.speak(one.show(value))


def _headed(label: str, unit: str) -> str:
    return f"{label} ({unit})" if unit else label


# --- one report of every kind, and what officers get ------------------------------------------------------------------


@cache
def arrived(language: str) -> Arrived:
    """File one report of every kind by digits and plain words, and fetch everything that is made of them."""
    with TemporaryDirectory() as folder:
        return asyncio.run(_arrived(language, Path(folder)))


async def _arrived(language: str, folder: Path) -> Arrived:
    await migrate(f"sqlite+aiosqlite:///{folder / 'template.db'}")
    async with stage(folder, folder / "template.db") as on_stage:
        await on_stage.person("Mai", Role.AREA_OFFICER, AREA, language=language)
        chair = Typist(on_stage, await on_stage.person("Páo", Role.CHAIR, UNIT, language=language), UNIT)
        reports = {form.name: await chair.files(form, number) for number, form in enumerate(KINDS, NUMBER)}
        voice = on_stage.house.voice(await _person(on_stage))
        periods = sorted({report.period for report in reports.values()})
        return Arrived(voice, reports, {period: await _made(on_stage, voice, folder, period) for period in periods})


async def _person(on_stage: Stage) -> Person | None:
    async with on_stage.store.reading() as reads:
        return await reads.person("p-mai")


async def _made(on_stage: Stage, voice: Voice, folder: Path, period: str) -> Made:
    ((_address, said),) = await on_stage.gets(on_stage.text("mai", f"tong hop {period}"))
    opened = {form.name: await on_stage.gets(on_stage.text("mai", f"/conso {period} k:{form.name}")) for form in KINDS}
    whole = {name: answers[0][1].text for name, answers in opened.items()}
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code(AREA)
        assert unit is not None
        desk = desk_of(on_stage.house, on_stage.clock.now)
        area = Area(desk, reads, [unit], on_stage.house.calendar.at(period))
        await area.load()
        await write_workbook(folder / "all.xlsx", unit.name, Book(area, voice).sheets())
        template = TEMPLATES / "official.docx"
        fill(template, await official(area, voice, Paper(template)), folder / "all.docx")
    words = "\n".join(one.text for one in Document(str(folder / "all.docx")).paragraphs)
    return Made(said.text, whole, _sheets(folder / "all.xlsx"), _paper(folder / "all.docx"), words)


def _sheets(path: Path) -> dict[str, dict[str, dict[str, Any]]]:
    found: dict[str, dict[str, dict[str, Any]]] = {}
    for page in load_workbook(path, data_only=True).worksheets:
        heads, *rows = page.iter_rows(min_row=5, values_only=True)
        named = [str(head) for head in heads]
        found[str(page["A2"].value)] = {str(row[1]): dict(zip(named, row, strict=True)) for row in rows if row[1]}
    return found


def _paper(path: Path) -> dict[str, dict[str, str]]:
    table = next(one for one in Document(str(path)).tables if "ĐVT" in [cell.text for cell in one.rows[0].cells])
    found: dict[str, dict[str, str]] = {}
    for row in table.rows[1:]:
        number, label, _unit, now, *_others = (cell.text.strip() for cell in row.cells)
        if not number:
            lines = found.setdefault(label, {})
        else:
            lines[label] = now
    return found
