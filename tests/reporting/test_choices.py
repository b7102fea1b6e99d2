"""Counts by choice in a digest: small ones are hidden as they are on sheets and in documents."""

from __future__ import annotations

from collections.abc import Mapping

import pytest

from bot.forms.fields import Figure, Option, SelectOne, Sensitivity
from bot.i18n import Plain
from bot.reporting.figures import Totals, kind_lines
from tests.end_to_end.someone import speaker
from tests.forms.forms import form as tiny


def told(counts: Mapping[str, int], sensitivity: Sensitivity = Sensitivity.SENSITIVE) -> str:
    """Give the line about the answers to one question."""
    options = tuple(Option(code, Plain(code)) for code in "abc")
    field = SelectOne(
        "mood", Plain("Mood?"), short=Plain("Mood"), choices=options, figure=Figure.COUNT_BY, sensitive=sensitivity
    )
    moods = tiny(field)
    now = Totals({(moods.name, "mood", choice): number for choice, number in counts.items()}, {moods.name: 1})
    text = kind_lines(moods, now, Totals())
    assert text is not None
    return speaker("en").speak(text).splitlines()[1]


@pytest.mark.parametrize(
    ("counts", "line"),
    [
        ({"a": 9, "b": 6}, "a: 9; b: 6"),
        ({"a": 9, "b": 3}, "a: *; b: <5"),  # how many there are in all is known: one hidden number would be plain
        ({"a": 9, "b": 7, "c": 2}, "a: 9; b: *; c: <5"),
        ({"a": 9, "b": 2, "c": 1}, "a: 9; b: <5; c: <5"),
        ({"b": 3}, "<5"),  # all said the same, and what they said stays unsaid
        ({"b": 12}, "b: 12"),
    ],
)
def test_small_counts_of_sensitive_answers_are_hidden(counts: Mapping[str, int], line: str) -> None:
    """None can be worked out from the others and from how many reports there are."""
    assert told(counts) == f"· Mood (reports): {line}"


def test_other_answers_are_counted_as_they_are() -> None:
    """What names nobody is shown, however small."""
    assert told({"a": 9, "b": 1}, Sensitivity.PLAIN) == "· Mood (reports): a: 9; b: 1"
