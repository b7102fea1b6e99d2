"""What an import would change, and everything that can speak against it."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest

from bot.units.changes import Closed, Corrected, FiguresChanged, Link, Moved, Plan, Relation, Renamed, Succeeded
from bot.units.plan import plan
from tests.units.lists import HEAD, PROVINCE, TODAY, founded, province, said, sheet_of


def planned(folder: Path, rows: str) -> Plan:
    """Plan rows against the sample province."""
    known = province(folder)
    return plan(sheet_of(folder, rows), known, TODAY)


def test_a_first_import_is_all_new(tmp_path: Path) -> None:
    """Units that nobody knows are new, tied to the units above them on their own first day or the other's."""
    result = plan(sheet_of(tmp_path, PROVINCE), {}, TODAY)
    assert [unit.code for unit in result.new] == ["LC", "LC01", "LC02", "LC01-01", "LC01-02"]
    school = result.new[-1]
    assert (school.since, school.members, school.workers) == (date(2010, 9, 5), 18, 22)
    assert school.links == (
        Link(Relation.MANAGES, "LC01", date(2025, 7, 1)),
        Link(Relation.RECOGNISES, "LC", date(2010, 9, 5)),
    )


def test_the_same_file_twice_changes_nothing(tmp_path: Path) -> None:
    """A file that was imported already says nothing new."""
    result = planned(tmp_path, PROVINCE)
    assert result.empty
    assert result.unchanged == ("LC", "LC01", "LC02", "LC01-01", "LC01-02")


def test_absence_and_empty_cells_change_nothing(tmp_path: Path) -> None:
    """A unit that is not in the file, and a cell that is empty, stay as they are."""
    result = planned(tmp_path, "LC01-01,,,,,,,,,,\n")
    assert result.empty
    assert result.unchanged == ("LC01-01",)


def test_a_new_unit_without_a_day_begins_with_its_parent(tmp_path: Path) -> None:
    """An empty valid_from means: as long as the unit above, whatever the order of the rows."""
    rows = "C,Tổ,to_cong_doan,B,,,,,,,\nB,Bộ phận,cd_bo_phan,LC01-01,,,,,,,\nR,Cả nước,tong_lien_doan,,,,,,,,\n"
    result = planned(tmp_path, rows)
    assert [unit.since for unit in result.new] == [date(2025, 7, 1), date(2025, 7, 1), date(1900, 1, 1)]


def test_a_new_name_and_a_new_parent_take_effect_on_the_day(tmp_path: Path) -> None:
    """A changed name or parent counts from valid_from, and the link before ends there."""
    result = planned(tmp_path, "LC01-01,CĐCS Chè Bản Mới,,LC02,,,01/08/2026,,,,\n")
    day = date(2026, 8, 1)
    assert result.renamed == (Renamed("LC01-01", "CĐCS Chè Bản Hoa", "CĐCS Chè Bản Mới", day),)
    assert result.moved == (Moved("LC01-01", Link(Relation.MANAGES, "LC02", day), "LC01", date(2025, 7, 1)),)


def test_an_undated_change_takes_effect_today(tmp_path: Path) -> None:
    """Without valid_from a known unit changes on the day of the import."""
    result = planned(tmp_path, "LC01-01,CĐCS Chè Bản Mới,,,,,,,,,\n")
    assert [change.since for change in result.renamed] == [TODAY]


def test_a_correction_on_the_first_day(tmp_path: Path) -> None:
    """A name that differs on the day it began is a correction of that name."""
    result = planned(tmp_path, "LC01-01,CĐCS Chè bản Hoa,,,,,2025-07-01,,,,\n")
    assert result.renamed == (
        Renamed("LC01-01", "CĐCS Chè Bản Hoa", "CĐCS Chè bản Hoa", date(2025, 7, 1), corrects=True),
    )


def test_the_other_changes(tmp_path: Path) -> None:
    """Numbers, kind, sector, recognising unit and predecessors change too."""
    rows = "LC01-01,,Nghiệp đoàn,,300,,2026-08-01,,LC02,LC01-02; LC02,che_den\n"
    result = planned(tmp_path, rows)
    day = date(2026, 8, 1)
    assert result.figures_changed == (FiguresChanged("LC01-01", 300, 358),)
    assert result.corrected == (Corrected("LC01-01", "nghiep_doan_co_so", "che_den"),)
    assert result.recognised == (Moved("LC01-01", Link(Relation.RECOGNISES, "LC02", day), "LC", date(2025, 7, 1)),)
    assert [change.link.other for change in result.succeeded] == ["LC01-02", "LC02"]
    assert isinstance(result.succeeded[0], Succeeded)


def test_closing(tmp_path: Path) -> None:
    """valid_to is the last day; the children may move or close in the same file."""
    rows = "LC01,,,,,,,30/09/2026,,,\nLC01-01,,,LC02,,,2026-10-01,,,,\nLC01-02,,,,,,,2026-09-30,,,\n"
    result = planned(tmp_path, rows)
    assert result.closed == (Closed("LC01", date(2026, 10, 1)), Closed("LC01-02", date(2026, 10, 1)))


def test_codes_are_the_same_in_capitals_and_small_letters(tmp_path: Path) -> None:
    """A code typed in small letters is the same unit, and keeps its spelling."""
    result = planned(tmp_path, "lc01-01,Tên khác,,lc02,,,2026-08-01,,,,\n")
    assert (result.renamed[0].code, result.moved[0].link.other) == ("LC01-01", "LC02")


PROBLEMS = {
    "unknown kind": ("X,Tên,câu lạc bộ,LC,,,,,,,\n", "Row 2, column kind: nobody knows the kind “câu lạc bộ”"),
    "unknown parent": ("X,Tên,cdcs,LC99,,,,,,,\n", "column parent: LC99 is neither in this file nor in the list"),
    "unknown recogniser": ("X,Tên,cdcs,LC,,,,,LC99,,\n", "column recognised_by: LC99 is neither"),
    "unknown predecessor": ("X,Tên,cdcs,LC,,,,,,LC99,\n", "column successor_of: LC99 is neither"),
    "own parent": ("LC01,,,LC01,,,,,,,\n", "column parent: a unit cannot be tied to itself"),
    "circle": ("LC,,,LC01-01,,,,,,,\n", "column parent: LC would be managed by itself: LC01-01, LC01, LC."),
    "new circle": ("X,Tên,cdcs,Y,,,,,,,\nY,Tên,cdcs,X,,,,,,,\n", "Row 3, column parent: Y would be managed by itself"),
    "doubled code": ("X,Tên,cdcs,LC,,,,,,,\nx,Khác,cdcs,LC,,,,,,,\n", "Row 3, column code: x already stands in row 2"),
    "missing code": (",Tên,cdcs,LC,,,,,,,\n", "column code: the code is missing"),
    "odd code": ("LC 01/3,Tên,cdcs,LC,,,,,,,\n", "“LC 01/3” is no code"),
    "marked code": ("LĐ1,Tên,cdcs,LC,,,,,,,\n", "“LĐ1” is no code"),
    "long code": (f"{'X' * 31},Tên,cdcs,LC,,,,,,,\n", "column code: this has 31 characters, at most 30"),
    "no name": ("X,,cdcs,LC,,,,,,,\n", "column name: X is new: it needs a name"),
    "long name": (f"X,{'a' * 201},cdcs,LC,,,,,,,\n", "column name: this has 201 characters, at most 200"),
    "no kind": ("X,Tên,,LC,,,,,,,\n", "column kind: X is new: it needs a kind"),
    "no such day": ("X,Tên,cdcs,LC,,,31/02/2026,,,,\n", "column valid_from: there is no day 31/02/2026"),
    "no date": ("X,Tên,cdcs,LC,,,hôm qua,,,,\n", "column valid_from: “hôm qua” is no date"),
    "odd year": ("X,Tên,cdcs,LC,,,01/07/0205,,,,\n", "column valid_from: the year 205 cannot be right"),
    "ends before it begins": (
        "X,Tên,cdcs,LC,,,2026-08-01,31/07/2026,,,\n",
        "valid_to: 31/07/2026 is before 01/08/2026",
    ),
    "known, ends before it began": (
        "LC01-01,,,,,,,2025-06-30,,,\n",
        "column valid_to: LC01-01 cannot end before 01/07/2025",
    ),
    "changed before it began": ("LC01-01,Mới,,,,,2025-06-30,,,,\n", "valid_from: LC01-01 began on 01/07/2025"),
    "changed after its end": ("LC01-01,Mới,,,,,,2026-09-30,,,\n", "valid_from: the last day of LC01-01 is 30/09/2026"),
    "more members than workers": ("X,Tên,cdcs,LC,60,50,,,,,\n", "members: 60 members are more than the 50 workers"),
    "more than known workers": ("LC01-01,,,,400,,,,,,\n", "members: 400 members are more than the 358 workers"),
    "negative": ("X,Tên,cdcs,LC,-3,,,,,,\n", "column members: “-3” is less than zero"),
    "no integer": ('X,Tên,cdcs,LC,,"12,5",,,,,\n', "column workers: “12,5” is no whole number"),
    "too large": ("X,Tên,cdcs,LC,,999999999,,,,,\n", "column workers: “999999999” is too large"),
    "parent not begun": (
        "LC01-01,,,Y,,,2026-01-01,,,,\nY,Tên,cdcs,LC,,,2026-02-01,,,,\n",
        "parent: Y begins only on 01/02/2026",
    ),
    "parent closed": (
        "Y,Tên,cdcs,LC,,,2025-08-01,2025-12-31,,,\nX,Tên,cdcs,Y,,,2026-01-01,,,,\n",
        "Y is closed: its last day is 31/12/2025",
    ),
    "left behind": (
        "LC01,,,,,,,2026-09-30,,,\nLC01-01,,,,,,,2026-09-30,,,\n",
        "Row 2, column valid_to: units stay under it after that day: LC01-02 (1)",
    ),
    "moved too late": (
        "LC01,,,,,,,2026-09-30,,,\nLC01-01,,,LC02,,,2026-10-02,,,,\nLC01-02,,,LC02,,,2026-10-01,,,,\n",
        "LC01-01 (1)",
    ),
}


@pytest.mark.parametrize("case", PROBLEMS)
def test_every_problem_is_named(tmp_path: Path, case: str) -> None:
    """Each mistake is told by row and column, once, and nothing is planned."""
    rows, words = PROBLEMS[case]
    result = planned(tmp_path, rows)
    assert any(words in line for line in said(result)), said(result)
    assert len(said(result)) == (2 if case == "new circle" else 1)
    assert result.empty


def test_a_unit_that_ended_before_its_parent_began(tmp_path: Path) -> None:
    """A unit of the past cannot stand under a unit of today."""
    result = planned(tmp_path, "X,Tên,cdcs,LC01,,,2010-01-01,2020-12-31,,,\n")
    assert said(result) == ["Row 2, column parent: LC01 begins only on 01/07/2025, after 01/01/2010."]


def test_a_unit_under_one_that_ended(tmp_path: Path) -> None:
    """A new unit cannot stay under a unit whose end is known already."""
    known = province(tmp_path)
    closed = plan(sheet_of(tmp_path, "Y,Tên,cdcs,LC,,,2025-08-01,2025-12-31,,,\n"), known, TODAY)
    result = plan(sheet_of(tmp_path, "X,Tên,cdcs,Y,,,2025-09-01,,,,\n"), known | founded(closed), TODAY)
    assert said(result) == ["Row 2, column parent: Y is closed: its last day is 31/12/2025, the unit goes on."]


def test_all_problems_at_once(tmp_path: Path) -> None:
    """Everything wrong is told in the order of rows and columns."""
    result = planned(tmp_path, "X,,?,LC9,-1,x,40/1/2026,,,,\nX,Tên,cdcs,LC,,,,,,,\n,,,,5,,,,,,\n")
    places = [(problem.row, problem.column) for problem in result.problems]
    row = [(2, column) for column in ("name", "kind", "parent", "members", "workers", "valid_from")]
    assert places == [*row, (3, "code"), (4, "code")]


def test_a_missing_column_is_told_once(tmp_path: Path) -> None:
    """New units without the columns that they need give one problem, not one in each row."""
    sheet = sheet_of(tmp_path, "X,LC\nY,LC\n", head="code,parent")
    words = ": this column is missing, and there are new units in the file."
    assert said(plan(sheet, province(tmp_path), TODAY)) == [f"Row 1, column {name}{words}" for name in ("name", "kind")]


def test_problems_of_the_sheet_stop_the_plan(tmp_path: Path) -> None:
    """An unknown column refuses the file, beside whatever else is wrong."""
    sheet = sheet_of(tmp_path, "X,Tên,cdcs,LC99,,,,,,,,1\n", head=f"{HEAD},chairman")
    lines = said(plan(sheet, province(tmp_path), TODAY))
    assert len(lines) == 2
    assert "nobody knows the column “chairman”" in lines[0]


@pytest.mark.parametrize(
    ("words", "kind"),
    [
        ("CĐCS", "cdcs"),
        ("công đoàn PHƯỜNG", "cd_xa_phuong"),
        ("LĐLĐ tỉnh", "ldld_tinh"),
        ("to cong doan", "to_cong_doan"),
    ],
)
def test_kinds_in_vietnamese(tmp_path: Path, words: str, kind: str) -> None:
    """A kind may be written as people call it."""
    assert planned(tmp_path, f"X,Tên,{words},LC,,,,,,,\n").new[0].kind == kind


@pytest.mark.parametrize(
    ("words", "number"), [("1.234", 1234), ('"1,234"', 1234), ("12.0", 12), ("1 234", 1234), ("007", 7)]
)
def test_numbers_as_people_write_them(tmp_path: Path, words: str, number: int) -> None:
    """Thousands marks and Excel's empty decimals are understood."""
    assert planned(tmp_path, f"X,Tên,cdcs,LC,,{words},,,,,\n").new[0].workers == number
