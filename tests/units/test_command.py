"""The command `python -m bot units import`: exit codes, and what is said where."""

from __future__ import annotations

from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli.main import main
from tests.units.lists import PROVINCE, written

English = ("--language", "en")


@pytest.fixture(autouse=True)
def database(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Use a database that is not there yet, and no settings file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/bot.db")


def units_import(*words: str) -> Result:
    """Run the command."""
    return CliRunner().invoke(main, ["units", "import", *words])


def test_done(tmp_path: Path) -> None:
    """An import ends with 0 and a summary; its steps are plain lines where there is no terminal."""
    path = str(written(tmp_path / "a.csv", PROVINCE))
    trial, first, second = (units_import(path, *extra, *English) for extra in (["--dry-run"], [], []))
    assert [result.exit_code for result in (trial, first, second)] == [0, 0, 0]
    assert trial.stdout.startswith("5 new, ")
    assert trial.stdout.endswith("This was a trial: nothing was written.\n")
    assert first.stdout.startswith("5 new, ")
    assert "LC01-01 is new: CĐCS Chè Bản Hoa, managed by LC01." in first.stdout
    assert first.stderr.splitlines()[0] == "Reading the file …"
    assert "0 new, 0 renamed, 0 moved, 0 closed, 0 with other numbers, 5 unchanged." in second.stdout


def test_refused(tmp_path: Path) -> None:
    """A refusal ends with 1, every problem on stderr under the headings of the file, nothing on stdout."""
    path = written(tmp_path / "a.csv", "X,?,LC9\n", head="mã,loại,trực thuộc")
    result = units_import(str(path), *English)
    assert (result.exit_code, result.stdout) == (1, "")
    assert "Row 2, column loại: nobody knows the kind “?”." in result.stderr
    assert "Row 2, column trực thuộc: LC9 is neither in this file nor in the list of units." in result.stderr
    assert result.stderr.endswith("Nothing was imported. Problems to mend: 3.\n")


@pytest.mark.parametrize("words", [(), ("none.csv",), ("a.csv", "--language", "xx")])
def test_usage(tmp_path: Path, words: tuple[str, ...]) -> None:
    """A wrong command line ends with 2."""
    written(tmp_path / "a.csv", PROVINCE)
    assert units_import(*words).exit_code == 2
