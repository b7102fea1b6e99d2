"""Importing lists of units into both databases, and reading the past afterwards."""

from __future__ import annotations

import csv
from datetime import date, timedelta
from pathlib import Path

import pytest
from sqlalchemy import Connection, func, select

from bot.cli.importing import Outcome, import_units
from bot.effects import FileReport, NewPerson
from bot.records import Figure, Person, Submission, Unit
from bot.units.sheet import Row
from storage.reading import units as reading
from storage.store import SqlStore
from storage.tables import figures, unit_links, unit_names, units
from storage.units import UnitList
from tests.units.conftest import NOW
from tests.units.lists import ENGLISH, PROVINCE, workbook_of, written

DEMO = Path(__file__).resolve().parents[2] / "bot" / "demo" / "units.csv"
FOUNDING = date(2025, 7, 1)
CHANGE = date(2026, 8, 1)


async def load(store: SqlStore, path: Path, rows: str, *, dry_run: bool = False) -> Outcome:
    """Import rows from a file."""
    return await import_units(store, written(path, rows), dry_run)


async def unit_on(store: SqlStore, code: str, day: date) -> Unit:
    """Give a unit as it was on a day."""
    async with store.reading() as reads:
        found = await reads.run(reading.by_code, code, day)
    assert found is not None
    return found


async def under(store: SqlStore, code: str, day: date) -> list[str]:
    """List the codes of what a unit manages on a day, itself included."""
    async with store.reading() as reads:
        top = await reads.unit_by_code(code)
        assert top is not None
        return [unit.code for unit in await reads.subtree([top.id], day)]


async def test_a_first_import_can_be_read(store: SqlStore, tmp_path: Path) -> None:
    """What was imported is found by code, by words without diacritics, and in its tree."""
    outcome = await load(store, tmp_path / "a.csv", PROVINCE)
    assert not outcome.refused
    tea = await unit_on(store, "LC01-01", FOUNDING)
    assert (tea.name, tea.kind, tea.members, tea.workers) == ("CĐCS Chè Bản Hoa", "cdcs", 320, 358)
    assert await under(store, "LC01", FOUNDING) == ["LC01", "LC01-01", "LC01-02"]
    async with store.reading() as reads:
        province = await reads.unit_by_code("LC")
        assert province is not None
        assert [unit.code for unit in await reads.search_units([province.id], "che ban hoa", 5)] == ["LC01-01"]


async def test_the_same_file_twice_changes_nothing(store: SqlStore, tmp_path: Path) -> None:
    """The second import of a file has nothing to write, the demo's list included."""
    await load(store, tmp_path / "a.csv", PROVINCE)
    assert (await load(store, tmp_path / "a.csv", PROVINCE)).plan.empty
    first = await import_units(store, DEMO, False)
    assert first.plan.problems == ()
    second = await import_units(store, DEMO, False)
    assert second.plan.empty
    assert len(second.plan.unchanged) == 50


async def test_a_trial_and_a_refusal_write_nothing(store: SqlStore, tmp_path: Path) -> None:
    """Neither --dry-run nor a file with one mistake leaves a trace."""
    trial = await load(store, tmp_path / "a.csv", PROVINCE, dry_run=True)
    assert len(trial.plan.new) == 5
    assert "This was a trial" in ENGLISH.speak(trial.words())
    refused = await load(store, tmp_path / "a.csv", PROVINCE + "X,,cdcs,LC,,,,,,,\n")
    assert refused.refused
    assert ENGLISH.speak(refused.words()) == (
        "Row 7, column name: X is new: it needs a name.\nNothing was imported. Problems to mend: 1."
    )
    async with store.reading() as reads:
        assert await reads.run(lambda c: c.scalar(select(func.count()).select_from(units))) == 0


async def test_yesterday_stays_as_it_was(store: SqlStore, tmp_path: Path) -> None:
    """After a new name, a move and an end, the old name and parent are read as of the old day."""
    await load(store, tmp_path / "a.csv", PROVINCE)
    row = "LC01-01,CĐCS Chè Bản Mới,,LC02,,,01/08/2026,30/09/2026,,,\n"
    outcome = await load(store, tmp_path / "b.csv", row)
    assert (len(outcome.plan.renamed), len(outcome.plan.moved), len(outcome.plan.closed)) == (1, 1, 1)
    before, after = await unit_on(store, "LC01-01", CHANGE - timedelta(days=1)), await unit_on(store, "LC01-01", CHANGE)
    assert (before.name, after.name) == ("CĐCS Chè Bản Hoa", "CĐCS Chè Bản Mới")
    assert before.parent == (await unit_on(store, "LC01", CHANGE)).id
    assert after.parent == (await unit_on(store, "LC02", CHANGE)).id
    assert await under(store, "LC02", CHANGE) == ["LC01-01", "LC02"]
    assert "LC01-01" in await under(store, "LC01", CHANGE - timedelta(days=1))
    assert "LC01-01" in await under(store, "LC", date(2026, 9, 30))
    assert "LC01-01" not in await under(store, "LC", date(2026, 10, 1))
    assert (await load(store, tmp_path / "b.csv", row)).plan.empty
    assert (await load(store, tmp_path / "a.csv", PROVINCE)).plan.empty


async def test_both_names_find_a_unit(store: SqlStore, tmp_path: Path) -> None:
    """A renamed unit is found by its old name and by its new one."""
    await load(store, tmp_path / "a.csv", PROVINCE)
    await load(store, tmp_path / "b.csv", "LC01-01,CĐCS Trà Đỉnh Mây,,,,,2026-08-01,,,,\n")
    async with store.reading() as reads:
        top = await reads.unit_by_code("LC")
        assert top is not None
        for words in ("che ban hoa", "tra dinh may"):
            assert [unit.code for unit in await reads.search_units([top.id], words, 5)] == ["LC01-01"]


async def test_a_longer_life(store: SqlStore, tmp_path: Path) -> None:
    """A later valid_to lengthens the unit and what ties it to others, also beside a move in the same row."""
    await load(store, tmp_path / "a.csv", PROVINCE + "X,Tên,cdcs,LC01,,,2026-01-01,2026-06-30,LC,,\n")
    assert "X" not in await under(store, "LC", CHANGE)
    await load(store, tmp_path / "b.csv", "X,,,LC02,,,01/07/2026,31/12/2026,,,\n")
    assert "X" in await under(store, "LC01", date(2026, 6, 30))
    assert "X" not in await under(store, "LC01", date(2026, 7, 1))
    assert "X" in await under(store, "LC02", date(2026, 12, 31))
    async with store.reading() as reads:
        ends = select(unit_links.c.valid_to).where(
            unit_links.c.relation == "recognises", unit_links.c.valid_to.is_not(None)
        )
        assert await reads.run(lambda c: c.scalars(ends).all()) == [date(2027, 1, 1)]


async def test_several_units_end_in_one_file(store: SqlStore, tmp_path: Path) -> None:
    """Each of them is gone from the day after its last one."""
    await load(store, tmp_path / "a.csv", PROVINCE)
    await load(store, tmp_path / "b.csv", "LC01-01,,,,,,,30/09/2026,,,\nLC01-02,,,,,,,30/09/2026,,,\n")
    assert await under(store, "LC01", date(2026, 9, 30)) == ["LC01", "LC01-01", "LC01-02"]
    assert await under(store, "LC01", date(2026, 10, 1)) == ["LC01"]


async def test_a_correction_replaces(store: SqlStore, tmp_path: Path) -> None:
    """A name or parent that differs on the day it began is overwritten, not doubled."""
    await load(store, tmp_path / "a.csv", PROVINCE)
    await load(store, tmp_path / "b.csv", "LC01-01,CĐCS Chè bản Hoa,,LC02,,,2025-07-01,,,,\n")
    tea = await unit_on(store, "LC01-01", FOUNDING)
    assert tea.name == "CĐCS Chè bản Hoa"
    assert await under(store, "LC02", FOUNDING) == ["LC01-01", "LC02"]
    async with store.reading() as reads:
        names = select(func.count()).where(unit_names.c.unit == tea.id)
        links = select(func.count()).where(unit_links.c.child == tea.id, unit_links.c.relation == "manages")
        assert [await reads.run(Connection.scalar, count) for count in (names, links)] == [1, 1]


async def test_a_late_move_takes_figures_along(store: SqlStore, tmp_path: Path) -> None:
    """Figures of the days after a move count for the new managing unit, those before for the old one."""
    await load(store, tmp_path / "a.csv", PROVINCE)
    tea, old = await unit_on(store, "LC01-01", FOUNDING), await unit_on(store, "LC01", FOUNDING)
    person = NewPerson(Person("p1", "Chị Mẫu"))
    filed = [_filed(tea.id, old.id, day) for day in (date(2026, 7, 31), date(2026, 8, 1))]
    async with store.batch() as batch:
        await batch.write([person, *filed])
    await load(store, tmp_path / "b.csv", "LC01-01,,,LC02,,,2026-08-01,,,,\n")
    async with store.reading() as reads:
        rows = await reads.run(lambda c: c.execute(select(figures.c.day, figures.c.parent)).all())
    new = await unit_on(store, "LC02", FOUNDING)
    assert dict(rows) == {date(2026, 7, 31): old.id, date(2026, 8, 1): new.id}


def _filed(unit: int, parent: int, day: date) -> FileReport:
    """File a report of that day with one figure."""
    id_ = f"s{day:%d}"
    report = Submission(id_, unit, "dialogue", day.day, 1, "p1", "console", day, "2026-08", NOW, {}, draft=id_)
    return FileReport(report, (Figure(id_, unit, parent, "dialogue", day, "attendees", "", 30),))


async def test_the_other_changes_are_written(store: SqlStore, tmp_path: Path) -> None:
    """Numbers, kind, sector, recognising unit and predecessors come back as they were given."""
    await load(store, tmp_path / "a.csv", PROVINCE)
    row = "LC01-01,,Nghiệp đoàn,,300,,2026-08-01,,LC02,LC01-02; LC02,che_den\n"
    await load(store, tmp_path / "b.csv", row)
    async with store.reading() as reads:
        tea = (await UnitList(reads).known())["LC01-01"]
    assert (tea.kind, tea.members, tea.workers, tea.sector) == ("nghiep_doan_co_so", 300, 358, "che_den")
    assert [(span.code, span.until) for span in tea.recognisers] == [("LC", CHANGE), ("LC02", None)]
    assert tea.predecessors == {"LC01-02", "LC02"}
    assert (await load(store, tmp_path / "b.csv", row)).plan.empty


async def test_a_workbook_imports_like_its_csv(store: SqlStore, tmp_path: Path) -> None:
    """The demo's list as XLSX says nothing new after its CSV."""
    with DEMO.open(encoding="utf-8-sig", newline="") as file:
        rows: list[list[object]] = [list(map(_typed, row)) for row in csv.reader(file)]
    await import_units(store, DEMO, False)
    outcome = await import_units(store, workbook_of(tmp_path / "demo.xlsx", rows), False)
    assert outcome.plan.empty
    assert isinstance(outcome.sheet.rows[0], Row)


def _typed(cell: str) -> object:
    """Give a cell the type that Excel would give it."""
    if cell.isdigit():
        return float(cell)
    try:
        return date.fromisoformat(cell)
    except ValueError:
        return cell


async def test_a_plan_with_problems_is_not_written(store: SqlStore, tmp_path: Path) -> None:
    """Storage refuses a plan that has problems, whoever asks."""
    outcome = await load(store, tmp_path / "a.csv", "X,,,,,,,,,,\n")
    with pytest.raises(ValueError, match="problems"):
        async with store.batch() as batch:
            await UnitList(batch).apply(outcome.plan)
