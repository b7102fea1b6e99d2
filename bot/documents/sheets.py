"""What stands on the sheets of a workbook, as plain cells: headings, lines, sums. No spreadsheet library yet."""

from __future__ import annotations

from collections.abc import AsyncIterable, AsyncIterator, Iterable, Sequence
from dataclasses import dataclass
from enum import StrEnum
from typing import TypeVar

from bot.reporting.hiding import Line

T = TypeVar("T")
Each = Iterable[T] | AsyncIterable[T]
"""Things one by one, whether they are there already or are still being read."""


class Look(StrEnum):
    """How a cell is written."""

    TEXT = "text"
    NUMBER = "number"
    PERCENT = "percent"
    DAY = "day"
    DECIMAL = "decimal"  # one digit behind the mark


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
    mean: bool = False  # its sums are means
    most: bool = False  # its sums are the largest numbers


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
    rows: Each[Written]
    notes: tuple[str, ...] = ()
    wide: bool = True
    bare: bool = False  # empty cells have no frame: of very many lines they are half of the work


async def each(items: Each[T]) -> AsyncIterator[T]:
    """Give things one by one, whether they are there already or are still being read."""
    if isinstance(items, AsyncIterable):
        async for item in items:
            yield item
        return
    for item in items:
        yield item
