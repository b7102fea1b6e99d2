"""Small numbers in sensitive columns: hidden with a second one beside them, so that nobody can be recognised.

A number below five hidden alone could be told from its sum, so the next smallest of the same column is hidden with it,
and where the columns of a row belong together, one of these.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from bot.reporting.figures import SMALL

FEW: Final = f"<{SMALL}"
WITH: Final = "*"

Cell = int | float | str | None
Line = list[Cell]


def is_small(value: Cell) -> bool:
    """Tell whether a number is one that must not be shown."""
    return isinstance(value, int) and 0 < value < SMALL


def hide(lines: list[Line], columns: Sequence[int], groups: Sequence[Sequence[int]] = ()) -> list[Line]:
    """Hide the small numbers of these columns in lines that add up to one sum; `groups` are columns of one question.

    Gives new lines. Whoever shows the sum of the lines must pass it through `hide_sum`.
    """
    hidden = [list(line) for line in lines]
    for column in columns:
        _hide_column(lines, hidden, column)
    for group in groups:
        for line, seen in zip(lines, hidden, strict=True):
            _hide_second([(column, line[column]) for column in group], seen, [c for c in group if _gone(seen[c])])
    for column in columns:  # what a row took along may now stand alone in its column
        _hide_column(lines, hidden, column)
    return hidden


def _hide_column(lines: list[Line], hidden: list[Line], column: int) -> None:
    for line, seen in zip(lines, hidden, strict=True):
        if is_small(line[column]):
            seen[column] = FEW
    gone = [at for at, seen in enumerate(hidden) if _gone(seen[column])]
    if len(gone) == 1:
        candidates = [(line[column], at) for at, line in enumerate(lines) if at not in gone and _counts(line[column])]
        if candidates:
            hidden[min(candidates)[1]][column] = WITH


def _hide_second(cells: Sequence[tuple[int, Cell]], seen: Line, gone: Sequence[int]) -> None:
    if len(gone) == 1:
        candidates = [(value, column) for column, value in cells if column not in gone and _counts(value)]
        if candidates:
            seen[min(candidates)[1]] = WITH


def _gone(cell: Cell) -> bool:
    return cell in {FEW, WITH}


def _counts(value: Cell) -> bool:
    return isinstance(value, int) and value > 0
