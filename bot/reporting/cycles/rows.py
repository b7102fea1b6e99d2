"""Cycles from the rows of the office's book, and those that are there from the start."""

from __future__ import annotations

import csv
import re
from collections.abc import Callable, Collection, Mapping
from datetime import time
from functools import cache
from importlib.resources import files
from typing import Final

from bot.forms.fold import fold
from bot.i18n import Plain, _, listed
from bot.reporting.cells import BadCell, Cells, Complaint, Row, one_of, read_code, read_words, read_yes_no, whole
from bot.reporting.cycles.cycle import EVERY_MONTH, EVERY_YEAR, PLACES, Cycle
from bot.reporting.cycles.day import Day, Kind, read_monthly, read_yearly
from bot.reporting.kinds import REPORT_KINDS, REPORTING_KINDS

COLUMNS: Final[Mapping[str, str]] = {
    "cycle": "its code, for ever: month, Q1, TET-B; the cycle `month` says which days count for which month",
    "for": "empty for everybody; a unit kind or a unit code for a row that differs from everybody's: it repeats the "
    "code and fills only the cells that differ",
    "active": "có or không: whether units are asked for it",
    "repeats": "tháng or năm: how often there is a period",
    "code": "the code of a period, with the gaps {year}, {month} (monthly ones) and {before} (the year before)",
    "name": "what people read, with the same gaps; empty for the cycles that the program knows",
    "from": "first day of the data",
    "cut_off": "last day of the data",
    "estimated_to": "the day up to which figures are estimated, if it is later",
    "due": "due day of grassroots unions",
    "due_commune": "due day of commune and ward unions",
    "due_province": "due day of the province",
    "time": "hour of all deadlines, local",
    "late_days": "for how many days after the deadline we still ask for it; empty: until it locks",
    "lock": "at the end of this day units can no longer change their reports by themselves",
    "forms": "report kinds that close it, or “mọi loại” for any",
    "nil": "có or không: whether “nothing to report” closes it too",
    "kinds": "unit kinds that are asked",
    "shift": "có or không: whether a due day on which nobody works moves to the next working day",
    "note": "for the office itself",
}
DAYS: Final = ("from", "cut_off", "estimated_to", "due", "due_commune", "due_province", "lock")

ANY: Final = frozenset({"moi loai", "any", "*"})
TIME: Final = re.compile(r"(?P<hour>[01]?\d|2[0-3])(?:\s*(?::|h|gio)\s*(?P<minute>[0-5]\d)?(?::\d\d)?)?")
GAP: Final = re.compile(r"\{(\w*)\}")
SOME_DAY: Final = Day(Kind.AFTER, 0)


def read_cycle(row: Row, forms: Collection[str]) -> tuple[Cycle, list[Complaint]]:
    """Read one complete row; `forms` are the report kinds there are or will be. What is wrong stands beside it."""
    cells = Cells(row)
    repeats = cells.needed("repeats", one_of({"tháng": EVERY_MONTH, "năm": EVERY_YEAR}), EVERY_YEAR)
    read_day = read_monthly if repeats == EVERY_MONTH else read_yearly
    days = {name: cells.needed(name, read_day, SOME_DAY) for name in DAYS if name != "estimated_to"}
    estimated = cells.read("estimated_to", read_day, None)
    cycle = Cycle(
        code=cells.needed("cycle", read_code, ""),
        whom=cells.read("for", read_words, ""),
        active=cells.read("active", read_yes_no, True),
        repeats=repeats,
        names=cells.needed("code", _names(repeats), "{year}-{month}" if repeats == EVERY_MONTH else "{year}"),
        title=cells.read("name", _title, ""),
        since=days["from"],
        until=days["cut_off"],
        estimated_to=estimated,
        due=days["due"],
        due_commune=days["due_commune"],
        due_province=days["due_province"],
        lock=days["lock"],
        due_time=cells.read("time", read_time, time(17)),
        late_days=cells.read("late_days", whole(0, 366), None),
        forms=cells.needed("forms", _forms(forms), ()),
        nil=cells.read("nil", read_yes_no, True),
        kinds=cells.read("kinds", _kinds, REPORTING_KINDS),
        shift=cells.read("shift", read_yes_no, True),
    )
    return cycle, cells.complaints


def read_time(words: str) -> time:
    """Read "17:00", "17h", "17 giờ 30"."""
    found = TIME.fullmatch(fold(words))
    if found is None:
        raise BadCell(_("“{value}” is no time of day: write 17:00.", value=words[:60]))
    return time(int(found["hour"]), int(found["minute"] or 0))


def _names(repeats: str) -> Callable[[str], str]:
    needed = {"year", "month"} if repeats == EVERY_MONTH else {"year"}

    def read(words: str) -> str:
        gaps = set(GAP.findall(words))
        if not needed <= gaps <= needed | {"before"} or not re.fullmatch(r"[A-Za-z0-9_-]*", GAP.sub("", words)):
            example = "{year}-{month}" if repeats == EVERY_MONTH else "TET-{year}-B"
            raise BadCell(
                _(
                    "“{value}” names no periods: write a code with gaps, like {example}.",
                    value=words[:60],
                    example=example,
                )
            )
        return words

    return read


def _title(words: str) -> str:
    if set(GAP.findall(words)) - set(PLACES) or GAP.sub("", words).strip("{}") != GAP.sub("", words):
        raise BadCell(
            _("“{value}”: the gaps of a name are {gaps}.", value=words[:60], gaps="{year}, {month}, {before}")
        )
    return read_words(words)


def _forms(forms: Collection[str]) -> Callable[[str], tuple[str, ...]]:
    def read(words: str) -> tuple[str, ...]:
        if fold(words) in ANY:
            return ()
        return _listed(words, forms)

    return read


def _kinds(words: str) -> frozenset[str]:
    return frozenset(_listed(words, REPORTING_KINDS))


def _listed(words: str, known: Collection[str]) -> tuple[str, ...]:
    asked = tuple(dict.fromkeys(part for part in re.split(r"[;,\s]+", words) if part))
    unknown = [part for part in asked if part not in known]
    if unknown:
        offered = listed(*map(Plain, sorted(known)))
        raise BadCell(_("“{value}” is none of: {choices}.", value=unknown[0][:60], choices=offered))
    return asked


@cache
def default_rows() -> tuple[Row, ...]:
    """Give the rows that are there from the start."""
    with files("bot.reporting.cycles").joinpath("defaults.csv").open(encoding="utf-8") as file:
        return tuple({name: cell for name, cell in row.items() if cell} for row in csv.DictReader(file))


@cache
def default_cycles() -> tuple[Cycle, ...]:
    """Give the cycles that are there from the start."""
    return tuple(read_cycle(row, REPORT_KINDS)[0] for row in default_rows())
