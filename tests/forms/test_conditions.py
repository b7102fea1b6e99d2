"""Conditions read as they are written, and what is not known makes nothing true."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.forms.conditions import Expression, Scope, answer, derived, zero_if_skipped
from tests.forms import forms
from tests.forms.visit import Visit

FACTS = Visit(forms.TWO_NUMBERS).facts()


def scope(**answers: Any) -> Scope:
    """Put some answers on the path."""
    return Scope(answers, FACTS)


a, b = answer("a"), answer("b")

CASES: list[tuple[Expression, Any]] = [
    (a == 5, True),
    (a != 5, False),
    (a < 5, False),
    (a <= 5, True),
    (a > b, True),
    (a >= b, True),
    (a + b, 8),
    (a - b, 2),
    (a * 2, 10),
    ((a > 1) & (b > 1), True),
    ((a > 9) | (b > 1), True),
    (~(a > 1), False),
    (answer("towns").has("c1"), True),
    (answer("towns").has("c2"), False),
    (answer("kind") == "x", True),
    (zero_if_skipped("a") + zero_if_skipped("nothing"), 5),
    (derived(lambda s: s.answers["a"] * 10, "a"), 50),
    (derived(lambda s: s.facts.today.year), 2026),
]


@pytest.mark.parametrize(("expression", "value"), CASES)
def test_expressions_compute(expression: Expression, value: Any) -> None:
    """Each operator does what it says."""
    known = scope(a=5, b=3, towns=["c1", "c3"], kind="x")
    assert expression.value(known) == value
    assert expression.holds(known) is (value is True)
    assert expression.fails(known) is (value is False)


@pytest.mark.parametrize(
    "expression",
    [a == b, a != b, a < b, a + b, a - b > 0, ~(b > 0), (a > 0) & (b > 0), answer("b").has("c1"), (a + b) * 2 == 8],
)
def test_what_is_not_known_neither_holds_nor_fails(expression: Expression) -> None:
    """One part that was not asked or was skipped makes the whole unknown."""
    for answers in ({"a": 5}, {"a": 5, "b": None}, {}):
        assert expression.value(scope(**answers)) is None
        assert not expression.holds(scope(**answers))
        assert not expression.fails(scope(**answers))


def test_expressions_name_what_they_read() -> None:
    """A form can be checked by the names that its rules look at."""
    assert ((a + 1 > b) & answer("c").has("x")).reads() == {"a", "b", "c"}
    assert (zero_if_skipped("d") == derived(lambda s: 0, "e")).reads() == {"d", "e"}


def test_expressions_are_not_truth_values_by_accident() -> None:
    """An expression cannot be put into a set or be a key: equality builds another expression."""
    with pytest.raises(TypeError):
        hash(a)


numbers = st.one_of(st.none(), st.integers(-5, 5))


@given(numbers, numbers)
def test_holding_failing_and_unknown_are_the_only_cases(left: int | None, right: int | None) -> None:
    """A comparison holds, fails or is unknown: exactly one of these, and negation swaps the first two."""
    where = scope(a=left, b=right)
    rule = a <= b
    unknown = left is None or right is None
    assert [rule.holds(where), rule.fails(where), unknown].count(True) == 1
    assert (~rule).holds(where) is rule.fails(where)
