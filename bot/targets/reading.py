"""A list of targets from a spreadsheet: what it assigns, and everything that is wrong with it, by row and column."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Final, TypeVar

from bot.i18n import Code, Text, Voice, _
from bot.records import Target
from bot.reporting.cells import BadCell, one_of, whole
from bot.reporting.indicators import GROSS, INDICATORS, NET
from bot.targets.columns import GROSS_WORDS, NET_WORDS
from bot.units.cells import read_count, read_day, read_name
from bot.units.problem import Problem
from bot.units.sheet import Row, Sheet

T = TypeVar("T")
FIRST_YEAR: Final = 2020
LAST_YEAR: Final = 2099
BASES: Final = one_of(dict.fromkeys(GROSS_WORDS, GROSS) | dict.fromkeys(NET_WORDS, NET))


@dataclass(frozen=True, slots=True)
class Listed:
    """What a list says, and in which row. `targets` is empty where there are problems."""

    targets: tuple[Target, ...]
    problems: tuple[Problem, ...]
    rows: Mapping[tuple[int, str, int], int] = field(default_factory=dict)  # of (unit, indicator, year)


class _Cells:
    """The cells of one row while they are read."""

    def __init__(self, row: Row, problems: list[Problem]) -> None:
        self.row = row
        self.problems = problems

    def wrong(self, column: str, text: Text) -> None:
        self.problems.append(Problem(self.row.number, column, text))

    def read(self, column: str, reader: Callable[[str], T], default: T, *, needed: bool = False) -> T:
        words = self.row.cells.get(column, "")
        if not words:
            if needed:
                self.wrong(column, _("this cell must not be empty."))
            return default
        try:
            return reader(words)
        except BadCell as bad:
            self.wrong(column, bad.text)
            return default


def read_targets(sheet: Sheet, units: Mapping[str, int], voices: Mapping[str, Voice]) -> Listed:
    """Read a list; `units` has the ids of all units by code, the voices tell what indicators are called."""
    problems = list(sheet.problems)
    names = _names(voices)
    found: dict[tuple[int, str, int], Target] = {}
    rows: dict[tuple[int, str, int], int] = {}
    for row in sheet.rows:
        before = len(problems)
        cells = _Cells(row, problems)
        target = _target(cells, units, names)
        key = (target.unit, target.indicator, target.year)
        if len(problems) == before and key in found:
            cells.wrong("", _("this unit has the same target for {year} in an earlier row.", year=Code(target.year)))
        found[key], rows[key] = target, row.number
    if not sheet.rows and not problems:
        problems.append(Problem(0, "", _("There is no row with a target in this file.")))
    return Listed(() if problems else tuple(found.values()), tuple(problems), rows)


def _names(voices: Mapping[str, Voice]) -> dict[str, tuple[str, str]]:
    """Give every word for an indicator, in all languages, with how it counts then ("" where that is left open)."""
    names = {code: (code, "") for code in INDICATORS}
    for voice in voices.values():
        for one in INDICATORS.values():
            names[voice.speak(one.gross.title)] = (one.code, GROSS)
            if one.net is not None:
                names[voice.speak(one.net.title)] = (one.code, NET)
    return names


def _target(cells: _Cells, units: Mapping[str, int], names: Mapping[str, tuple[str, str]]) -> Target:
    unit = cells.read("unit", lambda words: _unit(words, units), 0, needed=True)
    indicator, said = cells.read("indicator", one_of(names), ("", ""), needed=True)
    year = cells.read("year", whole(FIRST_YEAR, LAST_YEAR), 0, needed=True)
    value = cells.read("value", read_count, 0, needed=True)
    basis = cells.read("basis", BASES, said or GROSS)
    if basis == NET and indicator in INDICATORS and INDICATORS[indicator].net is None:
        cells.wrong("basis", _("nothing is taken off here: leave it empty."))
    if said == NET and basis != NET:
        cells.wrong("basis", _("this says otherwise than the name of the target."))
    day: date | None = cells.read("valid_from", read_day, None)
    words: dict[str, Any] = {name: cells.read(name, read_name, "") for name in ("doc_no", "decided_by")}
    return Target(unit, indicator, year, value, basis, valid_from=day, **words)


def _unit(words: str, units: Mapping[str, int]) -> int:
    if words not in units:
        raise BadCell(_("{code} is not in the list of units.", code=words[:60]))
    return units[words]
