"""The sheets of words: what units wrote in their periodic reports, and what the office made of it."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping, Sequence
from typing import Any, Final

from bot.documents.gathering import Area
from bot.documents.parts import PARTS
from bot.documents.sheets import Head, Look, Row, Written
from bot.forms.fields import Sensitivity, TextField
from bot.i18n import Voice, _, local_day
from bot.records import Wording

UNITS_AT_ONCE: Final = 1_000
KEPT_OUT: Final = frozenset({Sensitivity.SENSITIVE, Sensitivity.PERSONAL})
Fields = Mapping[tuple[str, str], TextField]


def fields_of(area: Area) -> Fields:
    """Name the questions of periodic reports that are answered in words, by (form, field)."""
    return {
        (form.name, one.code): one
        for form in area.desk.kinds
        for one in form.fields
        if isinstance(one, TextField) and form.settings.period and one.sensitive not in KEPT_OUT
    }


async def told(area: Area, fields: Fields) -> AsyncIterator[Written]:
    """Give a line for each report of the period that has words."""
    number, forms = 0, {form: area.desk.form(form).settings.period for form, _code in fields}
    units = sorted(area.reporting, key=lambda unit: unit.code)
    for start in range(0, len(units), UNITS_AT_ONCE):
        some = {unit.id: unit for unit in units[start : start + UNITS_AT_ONCE]}
        reports = await area.reads.history(list(some), sorted(forms), area.period.since)
        for report in sorted(reports, key=lambda one: (some[one.unit].code, one.number)):
            words = [report.answers.get(code) if report.form == form else None for form, code in fields]
            if report.answers.get(forms[report.form]) == area.period.code and any(words):
                number += 1
                unit = some[report.unit]
                yield Written(Row.LINE, [str(number), unit.code, unit.name, *words])


def edited_heads(voice: Voice) -> list[Head]:
    """Give the headings of what the office wrote."""
    say = voice.speak
    return [
        Head(say(_("Part of the report")), width=36),
        Head(say(_("Wording")), width=90),
        Head(say(_("Day")), Look.DAY),
    ]


def edited(wordings: Sequence[Wording], voice: Voice) -> list[Written]:
    """Give a line for each part that the office worded, in the order of the report."""
    found = {one.part: one for one in wordings if one.text}
    lines: list[list[Any]] = [
        [voice.speak(part.title), found[part.code].text, local_day(found[part.code].at)]
        for part in PARTS.values()
        if part.code in found
    ]
    return [Written(Row.LINE, line) for line in lines]
