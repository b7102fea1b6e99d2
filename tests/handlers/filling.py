"""Filling in and filing real report kinds, in the languages they are spoken in."""

from __future__ import annotations

from dataclasses import replace
from functools import cache
from pathlib import Path
from typing import Any

from bot.effects import FileReport
from bot.forms.form import Filed, Form
from bot.i18n import Voice, load_catalogues
from bot.records import Figure, Submission
from bot.reporting.anniversaries import default_year
from tests.forms.visit import UNIT, Visit

LOCALES = Path(__file__).resolve().parents[2] / "locales"
NAMES = {"vi": "đồng chí Phương", "en": "Comrade Phương"}  # as long as they get


@cache
def voice(language: str) -> Voice:
    """Give the voice of somebody with a long name."""
    return Voice(load_catalogues(LOCALES)[language], NAMES[language], default_year().names)


def visiting(form: Form, language: str = "vi", **options: Any) -> Visit:
    """Open a form in a language; `members` and `workers` are the opening figures of the unit."""
    size = {name: options.pop(name) for name in ("members", "workers") if name in options}
    unit = replace(UNIT, **size)
    return Visit(form, unit=unit, units=(unit,), voice=voice(language), **options)


def answered(visit: Visit, *typed: str) -> Visit:
    """Type one answer after the other; each must be understood."""
    for words in typed:
        visit.types(words)
        tries = visit.ask.state.get("tries") if visit.ask is not None else None
        assert not tries, f"{words}: {visit.says}"
    return visit


def sent(visit: Visit) -> Filed:
    """Send the summary shown, and give what filing brings about."""
    if visit.step == "+more":
        visit.types("0")
    assert visit.step == "+recap", visit.says
    visit.types("1")
    return visit.files_it()


def said(filed: Filed, language: str = "en") -> str:
    """Give the receipt, title included."""
    (say,) = filed.says
    message = say.spoken(voice(language))
    return f"{message.title}\n{message.text}"


def submission(filed: Filed) -> Submission:
    """Give the report among the effects of filing."""
    return filing(filed).submission


def figures(filed: Filed) -> list[Figure]:
    """Give the figures among the effects of filing."""
    return list(filing(filed).figures)


def filing(filed: Filed) -> FileReport:
    """Give the one filing among the effects."""
    (effect,) = [one for one in filed.effects if isinstance(one, FileReport)]
    return effect


def counted(filed: Filed) -> dict[tuple[str, str], int]:
    """Give the values of the figures by field and choice."""
    return {(one.field, one.choice): one.value for one in figures(filed)}
