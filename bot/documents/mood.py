"""The report of workers' mood (`mood`): what units reported as counts, and petitions by topic with edited wording."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, time, timedelta
from typing import Final

from bot.cases.mood import MoodRow, mood_rows
from bot.documents.gathering import Area
from bot.documents.sheets import Head, Look, Row, SheetOf, Written
from bot.forms.fields import Figure, SelectOne
from bot.forms.form import Form
from bot.i18n import ZONE, Text, Voice, _
from bot.reporting.hiding import Line, hide_row

WIDE: Final = 60
DAY: Final = timedelta(days=1)


async def mood_sheets(area: Area, form: Form, topics: Mapping[str, Text], voice: Voice) -> list[SheetOf]:
    """Make the two sheets, of the period and the units of an area; nothing on them names a unit or a person."""
    return [await _moods(area, form, voice), await _petitions(area, topics, voice)]


async def _moods(area: Area, form: Form, voice: Voice) -> SheetOf:
    """Count the answers by choice; small numbers are hidden, with another one of the same question."""
    sums = await area.reads.sums(area.ids, area.period.since, area.period.until)
    counted = {(one.field, one.choice): one.value for one in sums if one.form == form.name}
    written: list[Written] = []
    for field in form.fields:
        if isinstance(field, SelectOne) and field.figure is Figure.COUNT_BY:
            written += [Written(Row.LINE, line) for line in _choices(field, counted, voice)]
    heads = [
        Head(voice.speak(_("Question")), width=30),
        Head(voice.speak(_("Answer")), width=WIDE),
        Head(voice.speak(_("Reports")), Look.NUMBER),
    ]
    return _sheet(_("Mood and wishes"), area, voice, heads, written)


def _choices(field: SelectOne, counted: Mapping[tuple[str, str], int], voice: Voice) -> list[Line]:
    options = field.choices if isinstance(field.choices, tuple) else ()
    numbers = hide_row([counted.get((field.code, one.code), 0) for one in options])
    short = voice.speak(field.short)
    return [[short, voice.speak(one.label), number] for one, number in zip(options, numbers, strict=True)]


async def _petitions(area: Area, topics: Mapping[str, Text], voice: Voice) -> SheetOf:
    since = datetime.combine(area.period.since, time.min, ZONE)
    until = datetime.combine(area.period.until + DAY, time.min, ZONE)
    cases = await area.reads.cases_opened(area.ids, since, until)
    rows = [Written(Row.LINE, _line(row, voice)) for row in mood_rows(cases, topics, area.desk.now)]
    heads = [
        Head(voice.speak(_("Topic")), width=30),
        Head(voice.speak(_("Came")), Look.NUMBER),
        Head(voice.speak(_("Answered")), Look.NUMBER),
        Head(voice.speak(_("Overdue")), Look.NUMBER),
        Head(voice.speak(_("Content")), width=WIDE),
    ]
    return _sheet(_("Petitions"), area, voice, heads, rows)


def _line(row: MoodRow, voice: Voice) -> Line:
    one = row.tally
    return [voice.speak(row.topic), one.opened, one.answered, one.overdue, "; ".join(row.wordings)]


def _sheet(name: Text, area: Area, voice: Voice, heads: list[Head], rows: list[Written]) -> SheetOf:
    title = voice.speak(name)
    about = voice.speak(_("Period: {period}", period=area.period.named))
    return SheetOf(title, title, about, heads, rows)
