"""Forms are checked when they are declared: every problem is named, all at once; the shipped ones are sound."""

from __future__ import annotations

from typing import Any

import pytest

import handlers
from bot.forms.conditions import answer, derived
from bot.forms.fields import Calculated, Date, DateTime, Field, Integer, Option, SelectOne, Warn
from bot.forms.form import CALLBACK_BYTES, DRAFT_ID, Form, FormError
from bot.i18n import Plain
from tests.forms.forms import asks, choices, form, label, number
from tests.forms.visit import VOICE


def problems(*fields: Field, **options: Any) -> str:
    """Declare a form that is wrong, and give what is said of it."""
    with pytest.raises(FormError) as refused:
        form(*fields, **options)
    return str(refused.value)


@pytest.mark.parametrize("rule", ["relevant", "constraint", "default"])
def test_an_unknown_name_is_refused(rule: str) -> None:
    """A rule that looks at a question nobody asks is a typing error."""
    rules: dict[str, Any] = {rule: answer("memberz") > 0, "constraint_message": label("No.")}
    assert "field women looks at memberz, which is unknown" in problems(number("members"), number("women", **rules))


def test_looking_ahead_is_refused() -> None:
    """A rule sees earlier answers only: a later one is not there yet."""
    wrong = problems(number("women", relevant=answer("members") > 0), number("members"))
    assert "field women looks at members, which is asked later" in wrong


@pytest.mark.parametrize("part", ["when", "instead"])
def test_a_doubt_looks_at_earlier_answers_too(part: str) -> None:
    """What a soft check looks at is checked, the value it offers instead included."""
    rules: dict[str, Any] = {"when": answer("total") > 0, "instead": None, part: answer("later") + 1}
    warning = Warn("odd", rules["when"], lambda value, scope: label("Sure?"), instead=rules["instead"])
    assert "field total looks at later, which is asked later" in problems(
        number("total", warnings=(warning,)), number("later")
    )


def test_a_function_names_what_it_looks_at() -> None:
    """The names given beside a function are checked like any others."""
    rule = derived(lambda scope: True, "memberz")
    assert "looks at memberz, which is unknown" in problems(number("women", relevant=rule))


def test_a_question_cannot_depend_on_its_own_answer() -> None:
    """Whether a question is asked cannot depend on what is answered to it; a constraint may look at it."""
    assert "decides by its own answer" in problems(number("women", relevant=answer("women") > 0))
    assert form(number("women", constraint=answer("women") > 0, constraint_message=label("No."))).by_code


def test_codes_are_unique() -> None:
    """No two questions, choices of a question, or doubts of a question may share a code."""
    assert "field members is declared twice" in problems(number("members"), number("members"))
    same = (Option("a", Plain("A")), Option("a", Plain("B")))
    assert "field town has two choices with one code" in problems(SelectOne("town", **asks("town"), choices=same))
    warning = Warn("odd", answer("total") > 0, lambda value, scope: label("Sure?"))
    assert "field total has two warnings with one code" in problems(number("total", warnings=(warning, warning)))


@pytest.mark.parametrize("code", ["đoàn", "a b", "a:b", "a!b", "+more", ""])
def test_codes_are_plain(code: str) -> None:
    """A code goes behind a button, between colons: letters, digits and _ only."""
    assert "letters, digits and _" in problems(number(code))
    town = SelectOne("town", **asks("town"), choices=(Option(code, Plain("A")),))
    assert "letters, digits and _" in problems(town)


def test_a_button_carries_64_bytes() -> None:
    """A choice whose button data would be too long is refused, with its size; one that just fits is not."""
    room = CALLBACK_BYTES - len("a:" + "x" * DRAFT_ID + ":town:")
    assert form(SelectOne("town", **asks("town"), choices=(Option("c" * room, Plain("A")),))).by_code
    wrong = problems(SelectOne("town", **asks("town"), choices=(Option("c" * (room + 1), Plain("A")),)))
    assert "of field town needs 65 bytes behind its button, not 64" in wrong
    warning = Warn("w" * 40, answer("total") > 0, lambda value, scope: label("Sure?"))
    assert "bytes behind its button" in problems(number("total", warnings=(warning,)))


def test_a_constraint_needs_its_words() -> None:
    """A rule without words would refuse an answer without saying why."""
    assert "has a constraint without a constraint_message" in problems(number("n", constraint=answer("n") > 0))


def test_a_calculated_value_needs_its_formula() -> None:
    """A computed value must be computed from something."""
    assert "is calculated, but from nothing" in problems(Calculated("net", **asks("net")))


def test_the_form_points_at_its_own_fields() -> None:
    """The day of the event and the marks of a similar report are questions of the form."""
    wrong = problems(number("n"), event="day", similar=("n", "kind"))
    assert "the form points at day" in wrong
    assert "the form points at kind" in wrong


def test_all_problems_at_once() -> None:
    """Whoever declares a form sees everything that is wrong with it in one go, under its name."""
    wrong = problems(
        number("a", relevant=answer("b") > 0),
        number("b", constraint=answer("zzz") > 0),
        number("b"),
        SelectOne("c", **asks("c"), choices=(*choices("A"), *choices("B"))),
        event="day",
    )
    assert wrong.startswith("form tiny: ")
    assert wrong.count(";") == 5


def test_an_unknown_setting_is_refused() -> None:
    """A setting that does not exist is a typing error."""
    with pytest.raises(TypeError, match="audiense"):
        form(number("n"), audiense=())


@pytest.mark.parametrize("shipped", handlers.FORMS, ids=lambda one: one.name)
def test_the_shipped_forms_are_sound(shipped: Form) -> None:
    """Every form that people can talk about declares without a problem, and names itself."""
    again = Form(shipped.name, shipped.title, *shipped.fields, file=shipped.file)
    assert again.by_code.keys() == shipped.by_code.keys()
    assert VOICE.speak(shipped.title)
    for field in shipped.fields:
        assert VOICE.speak(field.label)
        assert VOICE.speak(field.short)


def test_names_of_forms_are_unique() -> None:
    """No two forms share a name."""
    names = [one.name for one in handlers.FORMS]
    assert len(set(names)) == len(names)


@pytest.mark.parametrize("shipped", [one for one in handlers.FORMS if one.settings.report and one.fields], ids=repr)
def test_report_kinds_have_what_reports_need(shipped: Form) -> None:
    """A report kind says when its event was, or for which period it is; who receives it; how it is called."""
    settings = shipped.settings
    assert bool(settings.event) != bool(settings.period)
    assert not settings.event or isinstance(shipped.by_code[settings.event], Date | DateTime)
    assert settings.receives
    assert settings.menu is not None
    assert settings.triggers
    assert set(settings.needs) <= {one.name for one in handlers.FORMS}


def test_figures_are_numbers_or_choices() -> None:
    """What digests add up is a number, what they count by is a choice."""
    for shipped in handlers.FORMS:
        for field in shipped.fields:
            if field.figure == "count_by":
                assert isinstance(field, SelectOne), (shipped, field.code)
            elif field.figure != "none":
                assert isinstance(field, Integer | Calculated), (shipped, field.code)
