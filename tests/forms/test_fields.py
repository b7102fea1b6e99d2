"""Each kind of question alone: what it reads, refuses, doubts, stores and shows."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest

from bot.forms.conditions import Scope
from bot.forms.dates import When
from bot.forms.fields import (
    Calculated,
    Date,
    DateTime,
    Field,
    Files,
    Integer,
    Misread,
    Money,
    Period,
    Photo,
    SelectMultiple,
    SelectOne,
    TextField,
    Understood,
    UnitPicker,
    YesNo,
)
from bot.i18n import _
from tests.forms import forms
from tests.forms.forms import asks, choices, label
from tests.forms.visit import VOICE, Visit

SCOPE = Scope({}, Visit(forms.TWO_NUMBERS).facts())
TOWNS = choices("Than Uyên", "Tân Uyên", "Mường Tè")

INTEGER = Integer("n", **asks("n"), unit=_("people"), minimum=1, maximum=500)
FIELDS: dict[str, Field] = {
    "integer": INTEGER,
    "money": Money("m", **asks("m")),
    "date": Date("d", **asks("d")),
    "next": Date("d", **asks("d"), when=When.FUTURE),
    "moment": DateTime("t", **asks("t")),
    "month": Period("p", **asks("p")),
    "one": SelectOne("s", **asks("s"), choices=TOWNS),
    "several": SelectMultiple("s", **asks("s"), choices=TOWNS),
    "yes": YesNo("y", **asks("y")),
    "words": TextField("w", **asks("w"), longest=10, shortest=2),
    "files": Files("f", **asks("f")),
    "photo": Photo("f", **asks("f")),
}


@pytest.mark.parametrize(
    ("kind", "typed", "stored", "shown"),
    [
        ("integer", "17 ng", 17, "17 people"),
        ("integer", "1.200", 1200, "1,200 people"),
        ("money", "3tr6", 3_600_000, "3,600,000 đ"),
        ("date", "hôm qua", "2026-11-09", "09/11/2026"),
        ("date", "15/11", "2025-11-15", "15/11/2025"),
        ("next", "15/11", "2026-11-15", "15/11/2026"),
        ("moment", "8h30 hôm qua", "2026-11-09T08:30:00+07:00", "08:30 on 09/11/2026"),
        ("month", "tháng 10", "2026-10", "month 10/2026"),
        ("one", "muong te", "c3", "Mường Tè"),
        ("several", "mường tè, than uyên", ["c3", "c1"], "Mường Tè, Than Uyên"),
        ("several", "than; than uyen", ["c1"], "Than Uyên"),
        ("yes", "có", "yes", "Yes"),
        ("words", "  trao   quà ", "trao quà", "trao quà"),
    ],
)
def test_a_good_answer(kind: str, typed: str, stored: Any, shown: str) -> None:
    """An answer is stored as JSON has it, and shown back as people read it."""
    field = FIELDS[kind]
    assert field.read(typed, SCOPE) == Understood(stored)
    assert VOICE.speak(field.show(field.load(stored))) == shown


@pytest.mark.parametrize(
    ("kind", "typed", "why"),
    [
        ("integer", "nhiều lắm", "Please give a number"),
        ("integer", "1,5", "1,5 is not a whole number."),
        ("integer", "-3", "below zero"),
        ("date", "31/02", "There is no day 31/02."),
        ("date", "20/11/2026", "has not come yet"),
        ("next", "1/11/2026", "has already passed"),
        ("month", "13/2026", "There is no day"),
        ("one", "x", "Please choose one of the numbers."),
        ("several", "", "Please choose at least one."),
        ("several", "than uyen, x", "Please choose by number"),
        ("yes", "maybe", "Please choose one of the numbers."),
        ("words", "x", "Please type a few words."),
        ("words", "x" * 11, "That is 11 characters; please keep it within 10."),
        ("files", "here", "Please send the file here"),
        ("photo", "here", "Please send the photo here"),
    ],
)
def test_an_answer_that_cannot_be_taken(kind: str, typed: str, why: str) -> None:
    """What cannot be read is answered with the reason, in words for the person."""
    read = FIELDS[kind].read(typed, SCOPE)
    assert isinstance(read, Misread)
    assert why in VOICE.speak(read.why)


@pytest.mark.parametrize(("kind", "typed", "value"), [("integer", "khoảng 30", 30), ("money", "500", 500_000)])
def test_a_doubtful_answer(kind: str, typed: str, value: int) -> None:
    """What may mean something else comes with the question to put."""
    read = FIELDS[kind].read(typed, SCOPE)
    assert isinstance(read, Understood)
    assert read.value == value
    assert read.doubt is not None


@pytest.mark.parametrize(("value", "why"), [(0, "at least 1"), (501, "at most 500"), (1, None), (500, None)])
def test_edges_of_a_number(value: int, why: str | None) -> None:
    """A number beyond its edges is a problem, its edges are not."""
    trouble = INTEGER.problem(value, SCOPE)
    assert (trouble is None) if why is None else (trouble is not None and why in VOICE.speak(trouble))


STORED: list[tuple[str, Any]] = [
    ("integer", "5"),
    ("integer", 5.5),
    ("integer", True),
    ("integer", [5]),
    ("date", "9/11"),
    ("date", 20261109),
    ("moment", "2026-11-09"),
    ("moment", "2026-11-09T08:30:00"),
    ("month", "2026-13"),
    ("month", "c1"),
    ("one", ["c1"]),
    ("several", "c1"),
    ("words", 5),
    ("photo", "id"),
]


@pytest.mark.parametrize(("kind", "stored"), STORED)
def test_what_another_kind_stored_is_refused(kind: str, stored: Any) -> None:
    """An answer stored by a question of another kind does not load."""
    with pytest.raises((TypeError, ValueError)):
        FIELDS[kind].load(stored)


def test_quick_answers_of_a_day() -> None:
    """A day done offers today and yesterday, a day planned today and tomorrow."""
    assert [one.code for one in FIELDS["date"].quick(SCOPE)] == ["today", "yesterday"]
    assert [one.code for one in FIELDS["next"].quick(SCOPE)] == ["today", "tomorrow"]


@pytest.mark.parametrize(
    ("typed", "day"), [("1", "2026-11-10"), ("2", "2026-11-09"), ("today", "2026-11-10"), ("hôm qua", "2026-11-09")]
)
def test_quick_answers_can_be_typed(typed: str, day: str) -> None:
    """The digit of a quick answer, or its word, is the day."""
    visit = Visit(forms.DAY)
    visit.types(typed)
    assert visit.answers["day"] == day


def test_quick_answers_can_be_pressed() -> None:
    """A press on a quick answer is the day on which it is pressed."""
    visit = Visit(forms.NEXT_DAY)
    visit.presses("Tomorrow")
    assert visit.answers["day"] == "2026-11-11"


@pytest.mark.parametrize(
    ("kind", "file", "mime", "taken"),
    [
        ("photo", "photo", "image/jpeg", True),
        ("photo", "file", "image/heic", True),
        ("photo", "file", "application/pdf", False),
        ("files", "photo", "image/jpeg", True),
        ("files", "file", "application/pdf", True),
        ("files", "file", "application/zip", False),
        ("files", "file", "", True),
    ],
)
def test_which_files_are_taken(kind: str, file: str, mime: str, taken: bool) -> None:
    """Photos are photos however they are sent; files are those an office can open."""
    field = FIELDS[kind]
    assert isinstance(field, Files)
    assert field.takes(file, mime) is taken


def test_a_choice_that_is_gone_shows_its_code() -> None:
    """A filed report with a choice that the form has lost is still shown, by the code."""
    assert VOICE.speak(FIELDS["one"].show("c9")) == "c9"


def test_a_unit_is_shown_by_its_id() -> None:
    """A unit picker stores an id; it never calls it a choice no longer offered."""
    field = UnitPicker("u", **asks("u"))
    assert field.problem("12", SCOPE) is None
    assert VOICE.speak(field.show("12")) == "12"


def test_a_calculated_value_shows_its_unit() -> None:
    """A computed number is shown like one that was typed."""
    assert VOICE.speak(Calculated("net", **asks("net"), default=None).show(5)) == "5"
    assert VOICE.speak(Calculated("net", **asks("net"), unit=label("people")).show(-5)) == "-5 people"


def test_each_kind_names_its_type() -> None:
    """The type of a field is the word that exports and docs use."""
    kinds = {type(field): field.type for field in FIELDS.values()}
    assert len(set(kinds.values())) == len(kinds)
    assert date.fromisoformat("2026-11-10") == SCOPE.facts.today
