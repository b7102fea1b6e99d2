"""What stands on the sheets of a workbook, as plain cells: headings, lines, sums. No spreadsheet library yet."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Final

from bot.documents.hiding import Cell, Line, hide, is_small

Speak = Callable[[object], str]


class Look(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"


class Row(StrEnum):
    """What a line is."""

    LINE = "line"
    GROUP = "group"  # the name of what follows
    SUM = "sum"  # of the lines since the last sum
    TOTAL = "total"  # of all lines


@dataclass(frozen=True, slots=True)
class Head:
    """The heading of a column. `added`: sums stand below it; `sensitive`: small numbers are hidden."""

    words: str
    look: Look = Look.TEXT
    width: int = 14
    added: bool = False
    sensitive: bool = False
    group: str = ""


@dataclass(frozen=True, slots=True)
class Written:
    """One line of a sheet, in the order of its heads."""

    kind: Row
    cells: Line


@dataclass(frozen=True, slots=True)
class SheetOf:
    """One sheet: what it is called, what stands above its table, and the lines, made as they are written."""

    name: str
    title: str
    about: str
    heads: Sequence[Head]
    rows: Iterable[Written]
    notes: tuple[str, ...] = ()
    wide: bool = True


@dataclass(slots=True)
class Summing:
    """Turns lines, area by area, into lines with sums; small numbers of sensitive columns are hidden on the way."""

    heads: Sequence[Head]
    _areas: list[Line] = field(default_factory=list)

    def area(self, name: str, lines: Sequence[Line]) -> Iterator[Written]:
        """Give the lines of an area and their sum."""
        yield Written(Row.GROUP, [None, None, name])
        for line in self._hidden(lines):
            yield Written(Row.LINE, line)
        added = self._sum(lines)
        self._areas.append(added)
        yield Written(Row.SUM, self._shown([None, None, name, *added[3:]]))

    def total(self, name: str) -> Written:
        """Give the sum of all areas."""
        return Written(Row.TOTAL, self._shown([None, None, name, *self._sum(self._areas)[3:]]))

    def _sum(self, lines: Sequence[Line]) -> Line:
        return [_sum(line[at] for line in lines) if head.added else None for at, head in enumerate(self.heads)]

    @property
    def _sensitive(self) -> list[int]:
        return [at for at, head in enumerate(self.heads) if head.sensitive]

    def _hidden(self, lines: Sequence[Line]) -> Sequence[Line]:
        if not self._sensitive:
            return lines
        groups: dict[str, list[int]] = {}
        for at in self._sensitive:
            if self.heads[at].group:
                groups.setdefault(self.heads[at].group, []).append(at)
        return hide(list(lines), self._sensitive, list(groups.values()))

    def _shown(self, line: Line) -> Line:
        """Hide the sums that are small themselves."""
        return [FEW if head.sensitive and is_small(cell) else cell for cell, head in zip(line, self.heads, strict=True)]


FEW: Final = "<5"


def _sum(cells: Iterable[Cell]) -> Cell:
    numbers = [cell for cell in cells if isinstance(cell, int)]
    return sum(numbers) if numbers else None
