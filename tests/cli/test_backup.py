"""`backup` and `restore` as an operator uses them."""

from __future__ import annotations

import sqlite3
from pathlib import Path

from tests.cli.test_commands import UNITS, Run, run

__all__ = ["run"]


def test_there_and_back(run: Run, tmp_path: Path) -> None:
    """A backup is noted with its age; restored over what came later only when one says so."""
    run("units", "import", str(UNITS))
    assert "Backup: none yet" in run("check").stdout
    made = run("backup", "kept/one.backup")
    assert made.exit_code == 0, made.output
    assert "restored for a trial" in made.stdout
    assert "the last was made 0 hours ago" in run("check").stdout
    again = run("restore", "kept/one.backup")
    assert (again.exit_code, "--replace" in again.stderr) == (1, True)
    with sqlite3.connect(tmp_path / "test.db") as database:
        database.execute("UPDATE units SET members = 999")
    database.close()
    assert run("restore", "kept/one.backup", "--replace").exit_code == 0
    with sqlite3.connect(tmp_path / "test.db") as database:
        assert database.execute("SELECT count(*) FROM units WHERE members = 999").fetchone() == (0,)
    database.close()


def test_a_restore_into_an_empty_folder(run: Run, tmp_path: Path) -> None:
    """The database is made, and the program can use it."""
    run("units", "import", str(UNITS))
    run("backup", "one.backup")
    for file in tmp_path.glob("test.db*"):
        file.unlink()
    restored = run("restore", "one.backup")
    assert restored.exit_code == 0, restored.output
    assert "up to date" in run("migrate").stdout
    assert run("invite", "TU-01", "chair").exit_code == 0


def test_half_a_backup_is_refused(run: Run) -> None:
    """With the reason, and nothing is changed."""
    run("units", "import", str(UNITS))
    run("backup", "one.backup")
    whole = Path("one.backup").read_bytes()
    Path("one.backup").write_bytes(whole[: len(whole) // 2])
    refused = run("restore", "one.backup", "--replace")
    assert refused.exit_code == 1
    assert "Nothing was changed" in refused.stderr
    assert run("invite", "TU-01", "chair").exit_code == 0


def test_a_program_that_runs_is_not_pulled_away_from_under_itself(run: Run, tmp_path: Path) -> None:
    """It was alive a moment ago: one is told to stop it first."""
    run("units", "import", str(UNITS))
    run("backup", "one.backup")
    with sqlite3.connect(tmp_path / "test.db") as database:
        database.execute("INSERT INTO clock_marks VALUES ('alive', strftime('%Y-%m-%d %H:%M:%f000', 'now'))")
    database.close()
    refused = run("restore", "one.backup", "--replace")
    assert refused.exit_code == 1
    assert "stop it" in refused.stderr


def test_a_backup_of_a_database_that_is_behind(run: Run) -> None:
    """It has to be brought up to date first."""
    refused = run("backup", "one.backup")
    assert (refused.exit_code, "migrate" in refused.stderr) == (1, True)
