"""`export` as an operator uses it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx import Document

from tests.cli.test_commands import UNITS, Run, run

__all__ = ["run"]


@pytest.fixture
def ready(run: Run) -> Run:
    """A database with a list of units."""
    run("units", "import", str(UNITS))
    return run


def test_files_are_written(ready: Run) -> None:
    """The workbook, and the list of a kind as a spreadsheet and for machines."""
    for what, out in (("workbook", "a.xlsx"), ("mood", "m.xlsx"), ("dialogue", "b.xlsx"), ("dialogue", "c.csv")):
        made = ready("export", what, "2026-10", "--unit", "tu", "--out", f"out/{out}")
        assert made.exit_code == 0, made.output
        assert (Path("out") / out).stat().st_mode & 0o077 == 0
    assert Path("out/c.csv").read_text("utf-8-sig").startswith("unit,name,managed_by,number,version,day,filed,")
    for what, unit in (("official", "TU"), ("official", "TU-01"), ("nq43", "TU")):
        made = ready("export", what, "2026-10", "--unit", unit, "--out", "out/d.docx")
        assert made.exit_code == 0, made.output
        Path("out/d.docx").unlink()
    assert sorted(path.name for path in Path("out").iterdir()) == ["a.xlsx", "b.xlsx", "c.csv", "m.xlsx"]


@pytest.mark.parametrize(
    ("words", "why"),
    [
        (("dances", "2026-10", "--unit", "TU"), "dialogue"),
        (("workbook", "2099-10", "--unit", "TU"), "has not begun"),
        (("workbook", "soon", "--unit", "TU"), "2026-11"),
        (("workbook", "2026-10", "--unit", "NOWHERE"), "no unit"),
    ],
)
def test_what_cannot_be_written_is_said(ready: Run, words: tuple[str, ...], why: str) -> None:
    """With what can be typed instead, and no file."""
    refused = ready("export", *words, "--out", "a.xlsx")
    assert refused.exit_code == 1
    assert why in refused.stderr
    assert not Path("a.xlsx").exists()


def test_a_template_of_the_office(ready: Run) -> None:
    """A typo in it is named, and nothing is written."""
    paper = Document()
    paper.add_paragraph("{{ tuyen_truyn }}")
    paper.save("own.docx")
    Path("config.toml").write_text('[documents]\nofficial = "own.docx"\n')
    refused = ready("export", "official", "2026-10", "--unit", "TU", "--out", "d.docx")
    assert refused.exit_code == 1
    assert "tuyen_truyn; known are:" in refused.stderr
    assert not Path("d.docx").exists()


def test_the_ending_says_the_format(ready: Run) -> None:
    """A workbook is no CSV, and nothing is written as a picture."""
    assert ready("export", "workbook", "2026-10", "--unit", "TU", "--out", "a.csv").exit_code == 2
    assert ready("export", "dialogue", "2026-10", "--unit", "TU", "--out", "a.png").exit_code == 2


def test_a_sheet_of_invitations(ready: Run) -> None:
    """One card for each union that reports, in Word and as PDF; making it again takes the first codes back."""
    made = ready("invite", "--sheet", "out/sheet.docx", "--under", "LC")
    assert made.exit_code == 0, made.output
    words = _words_of(Path("out/sheet.docx"))
    codes = re.findall(r"/start ([A-Z0-9-]+)", words)
    assert len(set(codes)) == len(codes) == words.count("chủ tịch") == 5
    assert len(Document("out/sheet.docx").inline_shapes) == len(codes)
    again = ready("invite", "--sheet", "out/sheet.pdf", "--under", "TU")
    assert again.exit_code == 0, again.output
    assert Path("out/sheet.pdf").read_bytes().startswith(b"%PDF")
    assert sorted(path.name for path in Path("out").iterdir()) == ["sheet.docx", "sheet.pdf"]
    assert ready("invite", "--sheet", "out/sheet.png", "--under", "TU").exit_code == 2


def _words_of(path: Path) -> str:
    cells = (cell for table in Document(str(path)).tables for row in table.rows for cell in row.cells)
    return "\n".join(cell.text for cell in cells)
