"""The lines of a table by area, with the sum of each area and of all; what could name somebody is hidden on the way."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.documents.sheets import Head, Row, Written
from bot.records import Unit
from bot.reporting.hiding import SUM, Line, hidden

BEFORE = 3  # columns that say which unit it is: number, code, name


@dataclass(frozen=True, slots=True)
class Piece:
    """The units that one union manages, each with its line; `means` says what its means are made of."""

    name: str
    units: Sequence[Unit]
    lines: Sequence[Line]
    means: Sequence[Mapping[int, tuple[int, int]]] = ()  # by column: the sum over the people, and how many they are


class Summing:
    """Adds the columns of lines up: of means the mean, weighted by people; of largest numbers the largest."""

    def __init__(self, heads: Sequence[Head], pieces: Sequence[Piece]) -> None:
        """Take the headings of what is counted, and the lines."""
        self._heads, self._pieces = heads, pieces
        self._means = [at for at, head in enumerate(heads) if head.mean]
        sensitive = [at for at, head in enumerate(heads) if head.sensitive]
        groups: dict[str, list[int]] = {}
        for at in sensitive:
            if heads[at].group:
                groups.setdefault(heads[at].group, []).append(at)
        sizes = [self._sizes(piece) for piece in pieces] if sensitive else []
        self._marks = hidden(sizes, sensitive, list(groups.values())) if sensitive else {}

    def _sizes(self, piece: Piece) -> Sequence[Line]:
        """Give how many each cell is about: a mean tells of its people."""
        means = [at for at in self._means if self._heads[at].sensitive]
        if not means:
            return piece.lines
        sized = [list(line) for line in piece.lines]
        for line, made_of in zip(sized, piece.means, strict=True):
            for at in means:
                line[at] = made_of[at][1] if line[at] is not None else None
        return sized

    def rows(self, total: str) -> Iterator[Written]:
        """Give all lines, numbered through, area by area with their sums, and the sum of all, called `total`."""
        number, sums = 0, []
        for area, piece in enumerate(self._pieces):
            yield Written(Row.GROUP, [None, None, piece.name])
            for at, (unit, line) in enumerate(zip(piece.units, piece.lines, strict=True)):
                number += 1
                yield Written(Row.LINE, [str(number), unit.code, unit.name, *self._shown(area, at, line)])
            sums.append(self._sum([piece], piece.lines))
            yield Written(Row.SUM, [None, None, piece.name, *self._shown(area, SUM, sums[-1])])
        whole = self._sum(self._pieces, sums)
        yield Written(Row.TOTAL, [None, None, total, *self._shown(SUM, SUM, whole)])

    def _shown(self, area: int, line: int, cells: Line) -> Line:
        if not self._marks:
            return cells
        return [self._marks.get((area, line, at), cell) for at, cell in enumerate(cells)]

    def _sum(self, pieces: Sequence[Piece], lines: Sequence[Line]) -> Line:
        added: Line = [
            _summed(head, [line[at] for line in lines]) if head.added or head.most else None
            for at, head in enumerate(self._heads)
        ]
        for at in self._means:
            added[at] = mean_of([one[at] for piece in pieces for one in piece.means if at in one])
        return added


def _summed(head: Head, cells: Sequence[Any]) -> int | None:
    return max((cell for cell in cells if isinstance(cell, int)), default=None) if head.most else added_up(cells)


def mean_of(made_of: Sequence[tuple[int, int]]) -> int | None:
    """Give the mean over all people; the means of lines are rounded already."""
    people = sum(weight for _sum, weight in made_of)
    return round(sum(total for total, _weight in made_of) / people) if people else None


def added_up(cells: Iterable[Any]) -> int | None:
    """Add numbers up; None where there are none."""
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if numbers else None
