"""Small numbers are hidden so that neither a sum nor a neighbour gives them away."""

from __future__ import annotations

import random

from bot.documents.hiding import FEW, WITH, Line, hide


def test_a_small_number_takes_a_second_one_along() -> None:
    """The next smallest of its column, so that the sum does not tell it."""
    assert hide([[3], [20], [8], [0]], [0]) == [[FEW], [20], [WITH], [0]]


def test_two_small_numbers_hide_one_another() -> None:
    """Nothing else has to go."""
    assert hide([[3], [4], [20]], [0]) == [[FEW], [FEW], [20]]


def test_columns_of_one_question_hide_together() -> None:
    """Those of a row belong together: one alone could be told from the rest."""
    lines: list[Line] = [[2, 9, 30], [1, 7, 40]]
    hidden = hide(lines, [0, 1, 2], [[0, 1, 2]])
    assert [[cell in {FEW, WITH} for cell in line] for line in hidden] == [[True, True, False], [True, True, False]]


def test_other_columns_stay_as_they_are() -> None:
    """What is not sensitive is shown, however small; so are zeros, empty cells and words."""
    assert hide([[1, 1, None, "x"], [9, 2, 0, ""]], [0]) == [[FEW, 1, None, "x"], [WITH, 2, 0, ""]]


def test_nothing_hidden_can_be_computed() -> None:
    """In many made-up columns: a column with a hidden number has two of them, unless it has only one that is not 0."""
    dice = random.Random(47)
    for _round in range(500):
        lines: list[Line] = [[dice.choice((0, 0, 1, 3, 6, 50))] for _line in range(dice.randint(1, 6))]
        hidden = [line[0] for line in hide(lines, [0])]
        gone = sum(1 for cell in hidden if cell in {FEW, WITH})
        assert not any(isinstance(cell, int) and 0 < cell < 5 for cell in hidden)
        assert gone != 1 or sum(1 for line in lines if line[0]) == 1
