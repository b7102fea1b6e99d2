"""What officers keep beside reports, as entries of registers: one table for all of them, one form for each."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, Final

from bot.forms.facts import Facts
from bot.forms.fields import Field
from bot.forms.form import Form
from bot.i18n import Phrase, Voice, _, _n, local_day
from bot.records import Entry, Person, Role, Standing

NEWS: Final = "news"
# Registers of which the province alone reads what others entered, and whoever entered it.
GUARDED: Final[Mapping[str, frozenset[Role]]] = {"proposed": frozenset({Role.PROV_OFFICER, Role.PROV_LEADER})}


def seen_by(person: Person, register: str, entries: Sequence[Entry]) -> list[Entry]:
    """List those of the entries of an officer's area that the officer may read."""
    readers = GUARDED.get(register)
    everything = readers is None or person.holds(readers)
    return [entry for entry in entries if everything or entry.person == person.id]


def term_over(entry: Entry, year: int) -> bool:
    """Tell whether a cadre's term ends this year, or has ended."""
    until = entry.answers.get("until")
    return isinstance(until, int) and until <= year


def waiting(entries: Sequence[Entry]) -> Phrase | None:
    """Say in an officer's bulletin how much news waits for the editor."""
    count = sum(1 for entry in entries if entry.register == NEWS and entry.standing is Standing.OPEN)
    if not count:
        return None
    return _n(
        "{count} piece of news waits for the editor. Type SO THEO DOI.",
        "{count} pieces of news wait for the editor. Type SO THEO DOI.",
        count,
    )


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
