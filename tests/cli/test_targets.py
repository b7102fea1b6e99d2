"""`python -m bot targets`: a list in and out, everything or nothing."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from zipfile import ZipFile

import pytest
from click.testing import CliRunner, Result
from openpyxl import load_workbook

from bot.cli import main

UNITS = Path(__file__).parents[1] / "units.csv"
HEAD = "Mã đơn vị,Tên đơn vị,Chỉ tiêu,Năm,Số giao,Cách tính,Số văn bản,Đơn vị giao,Từ ngày"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as an operator would, on a database with the sample units."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/test.db")
    assert CliRunner().invoke(main, ["units", "import", str(UNITS)]).exit_code == 0
    return lambda *words: CliRunner().invoke(main, words)


def listed(*rows: str) -> str:
    """Write a list and give its path."""
    Path("targets.csv").write_text("\n".join((HEAD, *rows)) + "\n", encoding="utf-8")
    return "targets.csv"


def test_a_list_is_assigned_once(run: Run) -> None:
    """A trial writes nothing; the same list again changes nothing; what changed becomes a new version."""
    path = listed(
        "LC,,Kết nạp mới đoàn viên,2026,1.000,,15/QĐ-LĐLĐ,LĐLĐ tỉnh,5/1/2026", "TU-01,,thực tăng đoàn viên,2026,10,,,,"
    )
    assert "2 chỉ tiêu mới, 0 giao lại, 0 giữ nguyên." in run("targets", "import", path, "--dry-run").stdout
    assert "2 chỉ tiêu mới" in run("targets", "import", path).stdout
    assert "0 chỉ tiêu mới, 0 giao lại, 2 giữ nguyên." in run("targets", "import", path).stdout
    changed = listed("TU-01,,members,2026,12,net,,,", "TU-02,,dialogues,2026,2,,,,")
    assert "1 chỉ tiêu mới, 1 giao lại, 0 giữ nguyên." in run("targets", "import", changed).stdout


def test_everything_wrong_is_told_and_nothing_written(run: Run) -> None:
    """By row and column, in the words of the file."""
    path = listed(
        "TU-01,,Kết nạp mới đoàn viên,2026,10,,,,",
        "XX-9,,bay lên mặt trăng,1999,-5,lung tung,,,32/13/2026",
        "TU-01,,members,2026,11,,,,",
        "TU-02,,dialogues,2026,,thực tăng,,,",
    )
    result = run("targets", "import", path)
    assert (result.exit_code, result.stdout) == (1, "")
    for piece in (
        "Dòng 3, cột Mã đơn vị: XX-9",
        "Dòng 3, cột Chỉ tiêu: “bay lên mặt trăng”",
        "Dòng 3, cột Năm",
        "Dòng 3, cột Số giao",
        "Dòng 3, cột Cách tính",
        "Dòng 3, cột Từ ngày",
        "Dòng 4: đơn vị này đã có chỉ tiêu đó cho năm 2026",
        "Dòng 5, cột Số giao",
        "Dòng 5, cột Cách tính",
    ):
        assert piece in result.stderr, result.stderr
    assert "Đã ghi 0 chỉ tiêu." in run("targets", "export", "out.xlsx", "--year", "2026").stdout


def test_parts_that_do_not_add_up_are_told_by_row(run: Run) -> None:
    """Beside the goal above, in the list or in force already; it is a word of warning, and everything is assigned."""
    path = listed(
        "TU,,members,2026,30,,,,",
        "TU-01,,members,2026,10,,,,",
        "TU-02,,members,2026,12,,,,",
        "LC,,members,2026,100,,,,",
    )
    told = run("targets", "import", path).stdout
    assert "4 chỉ tiêu mới" in told
    assert (
        "Dòng 2, cột Số giao: Kết nạp mới đoàn viên năm 2026: các đơn vị trực thuộc Công đoàn xã Than Uyên được giao "
        "cộng lại 22, chỉ tiêu của chính đơn vị đó là 30; thiếu 8; 1 đơn vị chưa được giao" in told
    )
    assert "Dòng 5, cột Số giao" in told
    even = listed("TU-03,,members,2026,8,,,,")
    assert "cộng lại" not in run("targets", "import", even).stdout
    more = run("targets", "import", listed("TU-02,,members,2026,20,,,,"), "--dry-run").stdout
    assert "Dòng 2, cột Số giao" in more
    assert "thừa 8" in more


def test_what_is_counted_another_way_is_not_compared(run: Run) -> None:
    """Net growth is no part of new members, and a goal that is not split yet is not uneven."""
    path = listed("TU,,members,2026,30,,,,", "TU-01,,members,2026,10,net,,,", "TU,,dialogues,2026,9,,,,")
    assert "cộng lại" not in run("targets", "import", path).stdout


def test_what_is_exported_can_be_imported(run: Run) -> None:
    """A workbook with real numbers and dates, and never a formula; taken over again it changes nothing."""
    path = listed('TU-01,,Thực tăng đoàn viên,2026,10,,"=SUM(1)",<b>&,5/1/2026', "TU-02,,dialogues,2026,0,,,,")
    assert run("targets", "import", path).exit_code == 0
    assert "Đã ghi 2 chỉ tiêu." in run("targets", "export", "out.xlsx", "--year", "2026").stdout
    page = load_workbook("out.xlsx").worksheets[0]
    first = [cell.value for cell in page[2]]
    assert first[:5] == ["TU-01", "CĐCS Chè Than Uyên", "Thực tăng đoàn viên", 2026, 10]
    assert first[6] == "=SUM(1)"
    assert str(first[8]) == "2026-01-05 00:00:00"
    assert "<f>" not in ZipFile("out.xlsx").read("xl/worksheets/sheet1.xml").decode()
    assert "0 chỉ tiêu mới, 0 giao lại, 2 giữ nguyên." in run("targets", "import", "out.xlsx").stdout


def test_a_book_of_settings_with_targets_says_where_they_go(run: Run) -> None:
    """Nobody looks for the sheet in vain."""
    assert run("targets", "import", listed("TU-01,,members,2026,10,,,,")).exit_code == 0
    assert run("targets", "export", "out.xlsx", "--year", "2026").exit_code == 0
    result = run("settings", "import", "out.xlsx")
    assert result.exit_code == 1
    assert "python -m bot targets import" in result.stderr
