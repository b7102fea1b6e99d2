"""What officers keep beside reports, as entries of registers: one table for all of them, one form for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.forms.facts import Facts
from bot.forms.fields import Field
from bot.forms.form import Form
from bot.i18n import Voice, _, local_day
from bot.records import Entry


@dataclass(frozen=True, slots=True)
class Sheet:
    """A register as a table: headings, and rows of texts and numbers."""

    headings: tuple[str, ...]
    rows: tuple[tuple[str | int, ...], ...]


def sheet(form: Form, entries: Sequence[Entry], units: Mapping[int, str], facts: Facts) -> Sheet:
    """Write a register as a table, the oldest entry first; files are counted."""
    voice = facts.voice
    headings = (voice.speak(_("Day")), voice.speak(_("Unit")), *(voice.speak(field.short) for field in form.fields))
    rows = []
    for entry in sorted(entries, key=lambda one: one.at):
        told = form.path(entry.answers, facts).loaded()
        cells = (_cell(field, told.get(field.code), voice) for field in form.fields)
        rows.append((f"{local_day(entry.at):%d/%m/%Y}", units.get(entry.unit, ""), *cells))
    return Sheet(headings, tuple(rows))


def _cell(field: Field, value: Any, voice: Voice) -> str | int:
    """Give numbers as numbers, the rest as people read it."""
    if value is None:
        return ""
    return value if isinstance(value, int) and not isinstance(value, bool) else voice.speak(field.show(value))
