"""One row of the list of units, its cells understood."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import partial
from typing import TypeVar

from bot.i18n import Code, _
from bot.units.cells import read_code, read_codes, read_count, read_day, read_name
from bot.units.kinds import read_kind
from bot.units.problem import CellError, Problem
from bot.units.sheet import Row

T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Entry:
    """What a row says of a unit; None and "" where it says nothing. `broken` are the columns with a problem."""

    row: int
    code: str
    name: str = ""
    kind: str = ""
    parent: str = ""
    members: int | None = None
    workers: int | None = None
    since: date | None = None  # valid_from
    until: date | None = None  # the first day on which the unit is no more: the day after valid_to
    recognised_by: str = ""
    successor_of: tuple[str, ...] = ()
    sector: str = ""
    broken: frozenset[str] = frozenset()


def key(code: str) -> str:
    """Give what codes are compared by: LC01 and lc01 are one unit."""
    return code.upper()


def read_entries(rows: Iterable[Row]) -> tuple[list[Entry], list[Problem]]:
    """Understand the rows. A row without a usable code, or with a code already seen, gives problems only."""
    entries: dict[str, Entry] = {}
    problems: list[Problem] = []
    for row in rows:
        entry, wrong = _read(row)
        problems += wrong
        if entry is None:
            continue
        if first := entries.get(key(entry.code)):
            text = _("{code} already stands in row {row}.", code=entry.code, row=Code(first.row))
            problems.append(Problem(entry.row, "code", text))
        else:
            entries[key(entry.code)] = entry
    return list(entries.values()), problems


class _Cells:
    """The cells of one row while they are read: what cannot be understood is complained about and passed over."""

    def __init__(self, row: Row) -> None:
        self.row = row
        self.problems: list[Problem] = []

    def read(self, column: str, reader: Callable[[str], T]) -> T | None:
        """Give what a cell means, None when it is empty or broken."""
        words = self.row.cells.get(column)
        if words is None:
            return None
        try:
            return reader(words)
        except CellError as bad:
            self.problems.append(Problem(self.row.number, column, bad.text))
            return None

    def wrong(self, column: str, problem: CellError) -> None:
        """Complain of a cell."""
        self.problems.append(Problem(self.row.number, column, problem.text))


def _read(row: Row) -> tuple[Entry | None, list[Problem]]:
    cells = _Cells(row)
    read = cells.read
    code = read("code", read_code)
    if "code" not in row.cells:
        cells.wrong("code", CellError(_("the code is missing.")))
    since, last = read("valid_from", read_day), read("valid_to", read_day)
    if since and last and last < since:
        cells.wrong("valid_to", CellError(_("{last} is before {first}.", last=last, first=since)))
    fill = partial(
        Entry,
        row=row.number,
        name=read("name", read_name) or "",
        kind=read("kind", _kind) or "",
        parent=read("parent", read_code) or "",
        members=read("members", read_count),
        workers=read("workers", read_count),
        since=since,
        until=last + timedelta(days=1) if last else None,
        recognised_by=read("recognised_by", read_code) or "",
        successor_of=read("successor_of", read_codes) or (),
        sector=read("sector", read_code) or "",
    )
    broken = frozenset(problem.column for problem in cells.problems)
    return (fill(code=code, broken=broken) if code else None), cells.problems


def _kind(words: str) -> str:
    kind = read_kind(words)
    if kind is None:
        raise CellError(_("nobody knows the kind “{value}”.", value=words[:60]))
    return kind
