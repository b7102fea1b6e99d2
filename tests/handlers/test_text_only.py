"""A chair on a channel without buttons: every question of every form, on all its paths, by digits and plain words."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator, Mapping

import pytest

import handlers
from bot.forms.fields import Calculated, Date, DateTime, Integer, SelectMultiple, SelectOne, UnitPicker
from bot.forms.fold import fold
from bot.forms.form import Form
from bot.forms.steps import MORE
from tests.forms.visit import Visit
from tests.handlers.filling import counted, filing, visiting
from tests.handlers.longest import AREA
from tests.handlers.typist import NUMBER, reply

KINDS = [form for form in handlers.FORMS if form.settings.report and form.fields]
MOST_CHOICES = 20
MOST_TURNS = 90
BAD = {
    "too long": "a" * 2_000,
    "emoji": "👍👍",
    "decomposed": unicodedata.normalize("NFD", "chưa rõ lắm ạ"),
    "negative": "-5",
    "not yet": "31/12/2030",
    "long ago": "1/1/1900",
    "no day": "31/02",
    "half": "3,5",
    "vague": "vài người",
    "sql": "'; DROP TABLE submissions; --",
    "html": "<b>4</b> <script>alert(1)</script>",
    "formula": "=SUM(A:A)",
    "gaps": "{you} {x} %s",
    "invisible": "\u200b\u200e",
    "control": "a:draftxxxxx:nothing:here",
}
REFUSED = {"negative", "not yet", "long ago", "no day", "half"}  # read rightly: the reason is the help


@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_every_question_can_be_answered_by_typing(form: Form) -> None:
    """On one path or another each question comes and takes what is typed; files alone can only be left out."""
    answered: set[str] = set()
    for way in range(MOST_CHOICES):
        visit = opened(form)
        answered |= {step for step in filled(visit, way) if form.by_code[step].takes_files}
        answered |= visit.filed[-1].answers.keys()
        if form.settings.extras_later:
            answered |= _later(form, visit, way)
    wanted = {field.code for field in form.fields if not isinstance(field, Calculated)}
    assert wanted - answered == set()


def _later(form: Form, visit: Visit, way: int) -> set[str]:
    """Add to a report what is asked later, and bring news of it."""
    first = filing(visit.files_it()).submission
    again, news = opened(form, first), opened(form, first)
    again.corrects(first)
    files = {step for one in (again, news) for step in filled(one, way) if form.by_code[step].takes_files}
    return {*files, *again.filed[-1].answers, *news.filed[-1].answers}


@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_reports_can_be_counted(form: Form) -> None:
    """However a report of a kind is filled in, one figure is always among its own, so that reports add up."""
    found: list[set[tuple[str, str]]] = []
    for way in range(MOST_CHOICES):
        visit = opened(form)
        assert list(filled(visit, way, extras=bool(way % 2)))
        found.append(set(counted(visit.files_it())))
    assert set.intersection(*found)


@pytest.mark.parametrize("language", ["vi", "en"])
@pytest.mark.parametrize("form", KINDS, ids=repr)
def test_bad_answers_are_met_kindly(form: Form, language: str) -> None:
    """At every question whatever comes is answered with the question again and how to answer it; nothing is lost."""
    seen: set[str] = set()
    visit = opened(form, language=language)
    for step in filled(visit, 1):
        if step in seen:
            continue
        seen.add(step)
        for what, words in BAD.items():
            _met_kindly(visit, step, what, words)


def _met_kindly(visit: Visit, step: str, what: str, words: str) -> None:
    other, before = visit.copied(), dict(visit.answers)
    said = other.types(words)
    assert other.draft is not None
    assert {code: other.answers.get(code) for code in before if code != step} == {
        code: value for code, value in before.items() if code != step
    }, (step, what)
    if other.step != step:  # it was an answer all the same, or is asked about
        return
    speak, field = visit.voice.speak, visit.form.by_code[step]
    assert step not in other.answers or other.answers[step] == before.get(step), (step, what)
    repeated = [row for row in said.splitlines() if row in visit.says.splitlines()]
    told = [row for row in said.splitlines() if row not in repeated]
    assert told, (step, what, said)  # what is wrong with it, and in numbers or choices what would be right
    assert speak(field.label) in said or repeated, (step, what, said)
    if isinstance(field, Integer | Date | DateTime) and what not in REFUSED:
        assert any(word in said.lower() for word in ("ví dụ", "example", "1. ")), (step, what, said)


# --- somebody who types -----------------------------------------------------------------------------------------------


def opened(form: Form, *history: object, language: str = "vi") -> Visit:
    """Open a form in a unit of which little is known; the union above can be found."""
    visit = visiting(form, language, members=35, workers=60, history=history)
    visit.find = lambda words: [AREA] if "than uyen" in words else []
    return visit


def filled(visit: Visit, way: int, *, extras: bool = True) -> Iterator[str]:
    """Fill a form in, with everything that can be added or nothing of it; name each question before it is answered."""
    times: dict[str, int] = {}
    for _turn in range(MOST_TURNS):
        if visit.ask is None:
            return
        step = visit.step
        if step in visit.form.by_code:
            yield step
        words = _words(visit, way, times) if extras or step != MORE else "0"
        times[step] = times.get(step, 0) + 1
        assert words.isascii()
        visit.types(words)
    raise AssertionError(visit.says)


def _words(visit: Visit, way: int, times: Mapping[str, int]) -> str:
    """Answer the open question: of its choices another one on each way, in words; numbers that fall on every other."""
    assert visit.ask is not None
    field, form, again = visit.form.by_code.get(visit.step), visit.form, times.get(visit.step, 0)
    if isinstance(field, SelectOne) and not isinstance(field, UnitPicker) and not again:
        options = visit.stand().path.options(field)
        if options:
            words = re.split(r"[^ -~]", fold(visit.voice.speak(options[way % len(options)].label)))[0]
            return "12" if isinstance(field, SelectMultiple) and way % 3 == 1 and len(options) > 1 else words
    number = NUMBER - len(times) if way % 2 else NUMBER
    return reply(form, visit.ask, again if visit.step != MORE else 0, number)
