"""Random lists of units: whatever is accepted is complete after one import, and the past stays."""

from __future__ import annotations

import asyncio
import csv
import io
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from bot.cli.importing import import_units
from bot.units.history import History, ended, span_on
from storage.store import SqlStore
from storage.units import UnitList
from tests.databases import Fresh, sqlite_files
from tests.units.conftest import NOW
from tests.units.lists import written

HEADINGS = ("code", "name", "kind", "parent", "members", "workers", "valid_from", "valid_to", "recognised_by")
DAYS = ("", "2024-01-01", "2025-07-01", "2026-02-28", "01/08/2026", "2026-12-01")
YESTERDAY, LATER = date(2026, 9, 14), date(2026, 9, 15)
Cells = dict[str, str]


@pytest.fixture(scope="module")
def sqlite(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """Make SQLite files."""
    with sqlite_files(tmp_path_factory.mktemp("trees")) as make:
        yield make


@st.composite
def trees(draw: st.DrawFn) -> list[Cells]:
    """Draw a tree, its rows in any order."""
    rows = []
    for place in range(draw(st.integers(1, 10))):
        above = draw(st.sampled_from(["", *(f"U{number}" for number in range(place))]))
        figures = sorted(draw(st.lists(st.integers(0, 500), min_size=2, max_size=2)))
        rows.append(
            {
                "code": f"U{place}",
                "name": draw(st.sampled_from(["Chè", "Than, đá", "Nậm; Mạ"])),
                "kind": draw(st.sampled_from(["cdcs", "cd_xa_phuong"])),
                "parent": above,
                "members": str(figures[0]),
                "workers": str(figures[1]),
                "valid_from": draw(st.sampled_from(DAYS)),
                "recognised_by": above,
            }
        )
    return draw(st.permutations(rows))


@st.composite
def changes(draw: st.DrawFn) -> list[Cells]:
    """Draw rows that rename, move and close units, some of them impossible."""
    codes = draw(st.lists(st.sampled_from([f"U{number}" for number in range(10)]), unique=True, max_size=6))
    return [
        {
            "code": code,
            "name": draw(st.sampled_from(["", "Chè", "Mới"])),
            "kind": "cdcs",
            "parent": draw(st.sampled_from(["", *(f"U{number}" for number in range(3))])),
            "valid_from": LATER.isoformat(),
            "valid_to": draw(st.sampled_from(["", "", "", "2026-10-31"])),
        }
        for code in codes
    ]


def text_of(rows: list[Cells]) -> str:
    text = io.StringIO()
    writer = csv.DictWriter(text, HEADINGS)
    writer.writerows(rows)
    return text.getvalue()


async def known(store: SqlStore) -> dict[str, History]:
    async with store.reading() as reads:
        return await UnitList(reads).known()


def circles(units: dict[str, History], day: date) -> bool:
    """Tell whether somebody is above themselves on a day."""
    above = {code: span.code for code, unit in units.items() if (span := span_on(unit.parents, day))}
    for start in above:
        at, steps = above.get(start), 0
        while at and steps <= len(above):
            at, steps = above.get(at), steps + 1
        if at:
            return True
    return False


def orphans(units: dict[str, History], day: date) -> list[str]:
    """List the living units that are managed by one that does not live on a day."""
    living = {code for code, unit in units.items() if unit.since <= day and not ended(unit.until, day)}
    spans = ((code, span_on(units[code].parents, day)) for code in living)
    return [code for code, span in spans if span and span.code not in living]


async def live(url: str, first: list[Cells], second: list[Cells]) -> None:
    """Import two lists one after the other, each twice, and look at the days."""
    store = await SqlStore.open(url, clock=lambda: NOW)
    try:
        with tempfile.TemporaryDirectory() as folder:
            before = await both(store, Path(folder), first)
            after = await both(store, Path(folder), second)
    finally:
        await store.close()
    for code, unit in before.items():
        assert as_of_yesterday(after[code]) == as_of_yesterday(unit)


def as_of_yesterday(unit: History) -> tuple[str, str]:
    """Give the name and the managing unit on the day before the changes."""
    span = span_on(unit.parents, YESTERDAY)
    return unit.name_on(YESTERDAY), span.code if span else ""


async def both(store: SqlStore, folder: Path, rows: list[Cells]) -> dict[str, History]:
    """Import a list twice; the second time has nothing to do, unless both were refused."""
    path = written(folder / "a.csv", text_of(rows), ",".join(HEADINGS))
    first, second = await import_units(store, path, False), await import_units(store, path, False)
    assert first.refused == second.refused
    assert second.plan.empty
    units = await known(store)
    for day in (date(2024, 6, 1), YESTERDAY, LATER, date(2026, 11, 1), date(2026, 12, 1)):
        assert not circles(units, day)
        assert not orphans(units, day)
    return units


@settings(max_examples=40, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(first=trees(), second=changes())
def test_imports_are_complete(sqlite: Fresh, first: list[Cells], second: list[Cells]) -> None:
    """An accepted list leaves nothing to do, no circle, nobody under a closed unit, and the past as it was."""
    asyncio.run(live(sqlite(), first, second))
