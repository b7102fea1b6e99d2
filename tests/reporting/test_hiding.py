"""Small numbers are hidden so that neither a sum nor a neighbour gives them away."""

from __future__ import annotations

from collections.abc import Iterator

import numpy
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.reporting.hiding import FEW, SUM, WITH, Key, Line, hidden, hide_row

Areas = list[list[Line]]
COLUMNS = 4  # the answers to one question, and a number beside them
GROUP = [0, 1, 2]
NUMBER = st.sampled_from([0, 0, 0, 1, 2, 3, 4, 5, 7, 40])
LINES = st.lists(st.lists(NUMBER, min_size=COLUMNS, max_size=COLUMNS), min_size=1, max_size=5)
TABLES = st.lists(LINES, min_size=1, max_size=4)


def shown(areas: Areas, columns: list[int], groups: list[list[int]] | None = None) -> list[Line]:
    """Give the lines of the first area as they may be seen."""
    marks = hidden(areas, columns, groups or [])
    return [[marks.get((0, n, at), cell) for at, cell in enumerate(line)] for n, line in enumerate(areas[0])]


def test_a_small_number_takes_a_second_one_along() -> None:
    """The next smallest of its column, so that the sum does not tell it."""
    assert shown([[[3], [20], [8], [0]]], [0]) == [[FEW], [20], [WITH], [0]]


def test_two_small_numbers_hide_one_another() -> None:
    """Nothing else has to go."""
    assert shown([[[3], [4], [20]]], [0]) == [[FEW], [FEW], [20]]


def test_columns_of_one_question_hide_together() -> None:
    """Those of a row belong together: one alone could be told from the number of reports."""
    lines: list[Line] = [[2, 9, 30], [1, 7, 40]]
    assert [[cell in {FEW, WITH} for cell in line] for line in shown([lines], [0, 1, 2], [[0, 1, 2]])] == [
        [True, True, False],
        [True, True, False],
    ]


def test_where_all_gave_one_answer_it_is_not_told_which() -> None:
    """A small unit's only report would be read from the cell that is hidden."""
    assert hide_row([1, 0, 0]) == [WITH, WITH, WITH]
    assert hide_row([0, 0, 0]) == [0, 0, 0]
    assert hide_row([9, None, 6]) == [9, None, 6]
    assert hide_row([3, 0, 6]) == [FEW, 0, WITH]


def test_other_columns_stay_as_they_are() -> None:
    """What is not sensitive is shown, however small; so are zeros, empty cells and words."""
    lines: list[Line] = [[1, 1, None, "x"], [9, 2, 0, ""]]
    assert shown([lines], [0]) == [[FEW, 1, None, "x"], [WITH, 2, 0, ""]]


def test_a_hidden_sum_of_an_area_takes_another_along() -> None:
    """And in that area a line, for else its lines would tell it."""
    marks = hidden([[[3]], [[20], [30]], [[40]]], [0])
    assert marks.keys() == {(0, 0, 0), (0, SUM, 0), (2, 0, 0), (2, SUM, 0)}


def _cells(areas: Areas) -> Iterator[tuple[Key, int]]:
    """Give every cell of the table with its number, sums included."""
    for column in range(COLUMNS):
        numbers = [[line[column] for line in lines] for lines in areas]
        sums = [sum(n for n in those if isinstance(n, int)) for those in numbers]
        yield (SUM, SUM, column), sum(sums)
        for area, those in enumerate(numbers):
            yield (area, SUM, column), sums[area]
            yield from (((area, line, column), n) for line, n in enumerate(those) if isinstance(n, int))


def _equations(areas: Areas) -> Iterator[dict[Key, int]]:
    """Give what is known to add up: lines to their area, areas to all, the answers of a row to its reports (shown)."""
    for column in range(COLUMNS):
        yield {(SUM, SUM, column): -1} | {(area, SUM, column): 1 for area in range(len(areas))}
        for area, lines in enumerate(areas):
            yield {(area, SUM, column): -1} | {(area, line, column): 1 for line in range(len(lines))}
    rows = [(SUM, SUM), *((area, SUM) for area in range(len(areas)))]
    rows += [(area, line) for area, lines in enumerate(areas) for line in range(len(lines))]
    yield from ({(*row, column): 1 for column in GROUP} for row in rows)


@settings(max_examples=400, deadline=None)
@given(TABLES)
def test_nothing_hidden_can_be_computed(areas: Areas) -> None:
    """Neither from its row nor from its column, nor from all sums together; every small number is hidden."""
    marks = hidden(areas, range(COLUMNS), [GROUP])
    assert all(key in marks for key, number in _cells(areas) if 0 < number < 5)
    unknown = {key: place for place, key in enumerate(marks)}
    system = [[equation.get(key, 0) for key in unknown] for equation in _equations(areas)]
    for row in system:
        assert sum(map(bool, row)) != 1
    if not unknown:
        return
    known = numpy.linalg.matrix_rank(numpy.array(system))
    for place in unknown.values():
        alone = [int(place == other) for other in unknown.values()]
        assert numpy.linalg.matrix_rank(numpy.array([*system, alone])) > known
