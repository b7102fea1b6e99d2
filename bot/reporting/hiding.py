"""Small numbers about people: hidden, with others beside them, so that none can be worked out from what is shown.

Whoever sees a row of a table, or a column with its sums, must not be able to compute a hidden number of it. So of every
sum that is hidden in part at least two parts are hidden; this is followed up until it holds everywhere.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Iterable, Iterator, Sequence
from typing import Final

SMALL: Final = 5  # people: a sensitive figure below it is hidden, so that nobody can be recognised
FEW: Final = f"<{SMALL}"
WITH: Final = "*"
SUM: Final = -1  # in the place of a line: the sum of its area; in the place of an area: the sum of all

Cell = int | float | str | None
Line = list[Cell]
Key = tuple[int, int, int]
"""A cell: area, line, column."""
Equation = tuple[str, int, int, int]
"""Cells of which one is computed from the others: "row" (area, line, group) or "column" (area, -1, column)."""


def is_small(value: Cell) -> bool:
    """Tell whether a number is one that must not be shown."""
    return isinstance(value, int) and 0 < value < SMALL


def few(value: Cell, *, sensitive: bool) -> Cell:
    """Give a number that stands in no sum, or that it is too small to be shown."""
    return FEW if sensitive and is_small(value) else value


def hide_row(cells: Sequence[Cell]) -> Line:
    """Hide the small numbers among the answers to one question, of which the number of reports is known."""
    marks = hidden([[list(cells)]], range(len(cells)), [range(len(cells))])
    return [marks.get((0, 0, at), cell) for at, cell in enumerate(cells)]


def hidden(
    areas: Sequence[Sequence[Line]], columns: Iterable[int], groups: Sequence[Sequence[int]] = ()
) -> dict[Key, str]:
    """Say which cells of a table stay hidden: its lines by area, the sums of areas (line -1), of all (area -1).

    `columns` are those that are sensitive; `groups` those of them that are the answers to one question. The numbers are
    as many people (or reports) as a cell is about.
    """
    veil = _Veil(areas, sorted(columns), groups)
    veil.draw()
    return veil.marks


class _Veil:
    def __init__(
        self, areas: Sequence[Sequence[Line]], columns: Sequence[int], groups: Sequence[Sequence[int]]
    ) -> None:
        self.marks: dict[Key, str] = {}
        self._areas, self._columns, self._groups = areas, columns, groups
        self._group_of = {column: at for at, group in enumerate(groups) for column in group}
        self._sums = [{column: _added(line[column] for line in lines) for column in columns} for lines in areas]
        self._total = {column: _added(sums[column] for sums in self._sums) for column in columns}
        self._hidden: dict[Equation, int] = defaultdict(int)
        self._open: deque[Equation] = deque()

    def draw(self) -> None:
        """Hide what is small, from the sum of all downwards; whatever that gives away is hidden too."""
        self._seed((SUM, SUM, column) for column in self._columns)
        self._seed((area, SUM, column) for area in range(len(self._areas)) for column in self._columns)
        self._seed(
            (area, line, column)
            for area, lines in enumerate(self._areas)
            for line in range(len(lines))
            for column in self._columns
        )

    def _seed(self, keys: Iterator[Key]) -> None:
        for key in keys:
            if is_small(self._at(key)):
                self._mark(key)
        while self._open:
            self._close(self._open.popleft())

    def _at(self, key: Key) -> Cell:
        area, line, column = key
        if area == SUM:
            return self._total[column]
        return self._sums[area][column] if line == SUM else self._areas[area][line][column]

    def _mark(self, key: Key) -> None:
        if key not in self.marks:
            self.marks[key] = FEW if is_small(self._at(key)) else WITH
            for equation in self._equations(key):
                self._hidden[equation] += 1
                self._open.append(equation)

    def _equations(self, key: Key) -> Iterator[Equation]:
        area, line, column = key
        if column in self._group_of:
            yield "row", area, line, self._group_of[column]
        yield "column", area, SUM, column
        if line == SUM and area != SUM:
            yield "column", SUM, SUM, column

    def _close(self, equation: Equation) -> None:
        kind, area, line, of = equation
        if kind == "row":
            self._close_row([(area, line, column) for column in self._groups[of]], self._hidden[equation])
        elif self._hidden[equation] == 1:
            self._close_column(area, of)

    def _close_row(self, keys: Sequence[Key], gone: int) -> None:
        """Hide the smallest other answer; where all gave the same one, all, or else it would be plain which it was."""
        given = [(value, key) for key in keys if _counts(value := self._at(key))]
        if len(given) < 2:
            for key in keys:
                self._mark(key)
                self.marks[key] = WITH
        elif gone == 1:
            self._mark(min(one for one in given if one[1] not in self.marks)[1])

    def _close_column(self, area: int, column: int) -> None:
        """Hide the smallest other part of a sum; an empty one where there is no other, at last the sum itself."""
        if area == SUM:
            parts = [(one, SUM, column) for one in range(len(self._areas))]
        else:
            parts = [(area, line, column) for line in range(len(self._areas[area]))]
        left = [(value, key) for key in parts if key not in self.marks and _counts(value := self._at(key))]
        left = left or [(0, key) for key in parts if key not in self.marks and self._may_be_more(key)]
        self._mark(min(left, default=(0, (area, SUM, column)))[1])

    def _may_be_more(self, key: Key) -> bool:
        """Tell whether an empty cell says something when it is hidden: not where nothing was reported at all."""
        area, line, column = key
        if self._at(key) != 0:
            return False
        group = self._groups[self._group_of[column]] if column in self._group_of else ()
        return not group or any(_counts(self._at((area, line, one))) for one in group)


def _counts(value: Cell) -> bool:
    return isinstance(value, int) and value > 0


def _added(cells: Iterable[Cell]) -> int | None:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if numbers else None
