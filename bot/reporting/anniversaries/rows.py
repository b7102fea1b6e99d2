"""Anniversaries from the rows of the office's book, and the 55 that are there from the start."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection, Sequence
from functools import cache
from importlib.resources import files
from typing import Final

from bot.forms.fold import fold
from bot.i18n import Plain, Text, _, listed
from bot.reporting.anniversaries.anniversary import EVERYBODY, FOR_ALL, LEADS, SECTORS, Anniversary, Rank
from bot.reporting.anniversaries.rule import Rule, read_rule
from bot.reporting.cells import BadCell, Cells, Complaint, Row, Wrong, one_of, read_code, read_words, read_yes_no, whole

EARLIEST_YEAR: Final = 1
LATEST_YEAR: Final = 2100
LONGEST_LEAD: Final = 120
LONGEST_NAME: Final = 150
SOME_DAY: Final = Rule(1, 1)
AUDIENCES: Final = {
    "tất cả": EVERYBODY,
    "nữ": "nu",
    "trường học": "truong_hoc",
    "y tế": "y_te",
    "doanh nghiệp": "doanh_nghiep",
}
AUDIENCE_CODES: Final = {fold(words): code for words, code in AUDIENCES.items()} | {c: c for c in (*FOR_ALL, *SECTORS)}
SECTOR: Final = re.compile(r"[a-z0-9][a-z0-9_]*")


def read_anniversary(row: Row, forms: Collection[str]) -> tuple[Anniversary, list[Complaint]]:
    """Read one row; `forms` are the report kinds there are or will be. What is wrong with it stands beside it."""
    cells = Cells(row)
    read = Anniversary(
        code=cells.needed("code", read_code, ""),
        name=cells.needed("name", _name, ""),
        rule=cells.needed("rule", read_rule, SOME_DAY),
        rank=cells.needed("rank", one_of({rank.value: rank for rank in Rank}), Rank.C),
        base_year=cells.read("base_year", whole(EARLIEST_YEAR, LATEST_YEAR), None),
        leads=cells.read("leads", read_leads, ()),
        audience=cells.read("audience", read_audience, ()),
        activities=cells.read("activities", read_words, ""),
        form=cells.read("form", one_of({form: form for form in forms}), ""),
        note=cells.read("note", read_words, ""),
        active=cells.read("active", read_yes_no, True),
    )
    return read, cells.complaints


def read_anniversaries(rows: Sequence[Row], forms: Collection[str]) -> tuple[tuple[Anniversary, ...], list[Wrong]]:
    """Read the rows of the sheet "calendar", with everything that is wrong with them; of use only if nothing is."""
    found: list[Anniversary] = []
    wrong: list[Wrong] = []
    seen: dict[str, int] = {}
    for place, row in enumerate(rows):
        one, complaints = read_anniversary(row, forms)
        wrong += [Wrong(place, complaint.column, complaint.text) for complaint in complaints]
        if one.code and seen.setdefault(one.code.upper(), place) != place:
            wrong.append(Wrong(place, "code", _("{code} stands in the sheet twice.", code=one.code)))
        found.append(one)
    return tuple(found), wrong


def read_leads(words: str) -> tuple[int, ...]:
    """Read "40; 10; 3": how many days before it a notice is sent, the earliest first."""
    parts = [part.strip() for part in re.split(r"[;,]", words) if part.strip()]
    numbers = [part.lstrip("Tt-–− ") for part in parts]
    if not all(number.isdecimal() and int(number) <= LONGEST_LEAD for number in numbers):
        raise BadCell(
            _(
                "“{value}”: write how many days before it a notice is sent, at most {most}, like 30; 10; 3.",
                value=words[:60],
                most=LONGEST_LEAD,
            )
        )
    return tuple(sorted({int(number) for number in numbers}, reverse=True))


def read_audience(words: str) -> tuple[str, ...]:
    """Read whom it is for: "tất cả", "nữ", "trường học; y tế", or sectors of the office's own list of units."""
    found = []
    for part in filter(None, (fold(part).strip() for part in re.split(r"[;,]", words))):
        code = AUDIENCE_CODES.get(part, part.replace(" ", "_").replace("-", "_"))
        if not SECTOR.fullmatch(code):
            offered: Text = listed(*map(Plain, AUDIENCES))
            raise BadCell(
                _(
                    "“{value}”: for whom is it? {choices}, or a sector of the list of units.",
                    value=part,
                    choices=offered,
                )
            )
        found.append(code)
    return () if EVERYBODY in found else tuple(dict.fromkeys(found))


def _name(words: str) -> str:
    name = read_words(words)
    if len(name) > LONGEST_NAME:
        raise BadCell(_("this has {count} characters, at most {most} will do.", count=len(name), most=LONGEST_NAME))
    return name


@cache
def default_rows() -> tuple[Row, ...]:
    """Give the rows that are there from the start."""
    text = files("bot.reporting.anniversaries").joinpath("defaults.csv").read_text(encoding="utf-8")
    return tuple({name: cell for name, cell in row.items() if cell} for row in csv.DictReader(text.splitlines()))


@cache
def default_anniversaries() -> tuple[Anniversary, ...]:
    """Give the anniversaries that are there from the start."""
    forms = {form for row in default_rows() if (form := row.get("form"))}
    return tuple(read_anniversary(row, forms)[0] for row in default_rows())


def leads_by_rank() -> str:
    """Say what holds where the leads are left empty: "A: 30; 10; 3 …"."""
    return " · ".join(f"{rank}: {'; '.join(map(str, leads))}" for rank, leads in LEADS.items())
