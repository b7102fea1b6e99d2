"""The commands of whoever runs the program, in a fresh folder with a fresh database."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Callable
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from bot.cli import main
from bot.reporting.kinds import REPORT_KINDS

UNITS = Path(__file__).parents[1] / "units.csv"
Run = Callable[..., Result]


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    """Run a command as an operator would, in an empty folder, with nothing in the environment."""
    monkeypatch.chdir(tmp_path)
    for name in ("TELEGRAM_TOKEN", "PUBLIC_URL", "WEBHOOK_SECRET", "PORT"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/test.db")
    return lambda *words, **more: CliRunner().invoke(main, words, **more)


def test_run_without_a_channel_says_how_to_add_one(run: Run) -> None:
    """Nobody is left before a silent program: it names BotFather and the variable, and ends with 1."""
    Path("config.toml").write_text("[web]\nenabled = false\n")
    result = run("run")
    assert result.exit_code == 1
    assert "BotFather" in result.stderr
    assert "TELEGRAM_TOKEN" in result.stderr


def test_help_names_every_command(run: Run) -> None:
    """All commands are listed, each with a sentence."""
    result = run("--help")
    assert result.exit_code == 0
    for name in ("run", "talk", "demo", "units", "invite", "forms", "migrate", "check"):
        assert f"\n  {name} " in result.stdout


def test_unknown_commands_are_wrong_usage(run: Run) -> None:
    """Exit code 2 is for usage."""
    assert run("dance").exit_code == 2
    assert run("invite", "TU-01", "king").exit_code == 2


def test_three_errors_in_the_settings_are_told_at_once(run: Run) -> None:
    """Whoever mends the file mends it once."""
    Path("config.toml").write_text("[reports]\ndue_day = 42\n[files]\nmax_mb = 'much'\n[offise]\nname = 'x'\n")
    result = run("check")
    assert result.exit_code == 1
    for piece in ("due_day", "max_mb", "offise"):
        assert piece in result.stderr


def test_forms_as_json(run: Run) -> None:
    """The kinds of report are machine readable: codes, types, choices, figures, sensitivity."""
    kinds = {kind["name"]: kind for kind in json.loads(run("forms", "--json").stdout)}
    assert set(kinds) == {*REPORT_KINDS, "nil"}
    assert list(kinds)[:3] == ["membership", "dialogue", "propaganda"]
    fields = {field["code"]: field for field in kinds["dialogue"]["fields"]}
    assert fields["resolved"]["relevant"] == ["opinions"]
    assert fields["dialogue_type"]["choices"] == ["dinh_ky", "theo_yeu_cau", "vu_viec"]
    assert (fields["attendees"]["type"], fields["attendees"]["figure"]) == ("integer", "total")
    assert fields["photo"]["sensitivity"] == "personal"


def test_forms_for_people(run: Run) -> None:
    """The same as a list, in either language."""
    assert "Đối thoại" in run("forms").stdout
    assert "Workplace dialogue" in run("forms", "--language", "en").stdout
    assert run("forms", "--language", "xx").exit_code == 2


def test_migrate_twice(run: Run) -> None:
    """The second time there is nothing to do."""
    assert "Applied" in run("migrate").stdout
    assert "up to date" in run("migrate").stdout


def test_invitations(run: Run) -> None:
    """One code for a unit; one for each unit below with --under; JSON as documented."""
    assert run("units", "import", str(UNITS)).exit_code == 0
    one = json.loads(run("invite", "TU-01", "chair", "--json").stdout)
    assert set(one) == {"unit", "code", "telegram", "web"}
    assert one["unit"] == "TU-01"
    below = json.loads(run("invite", "TU", "chair", "--under", "--json").stdout)
    assert [made["unit"] for made in below] == ["TU-01", "TU-02", "TU-03"]
    assert len({made["code"] for made in (one, *below)}) == 4
    assert "/start" in run("invite", "tu-01", "deputy").stdout
    assert run("invite", "TU-01", "chair", "--revoke").exit_code == 0


def test_an_invitation_for_a_unit_that_is_not_there(run: Run) -> None:
    """The reason is on stderr, with what to do."""
    result = run("invite", "NOWHERE", "chair")
    assert result.exit_code == 1
    assert "units import" in result.stderr


def test_check_before_and_after_the_first_migration(run: Run) -> None:
    """It says what is wrong and how to mend it, and what the office should confirm."""
    before = run("check")
    assert before.exit_code == 1
    assert "migrate" in before.stderr
    run("migrate")
    after = run("check")
    assert (after.exit_code, after.stderr) == (0, "")
    assert "To confirm with the office" in after.stdout


def test_check_tells_of_wrong_totals_and_mends_them(run: Run, tmp_path: Path) -> None:
    """What no report adds up to is told, and gone when asked for."""
    run("migrate")
    run("units", "import", str(UNITS))
    with sqlite3.connect(tmp_path / "test.db") as database:
        database.execute("INSERT INTO totals VALUES (1, '2026-11-01', 'dialogue', 'attendees', '', 5, 1)")
    database.close()
    told = run("check")
    assert told.exit_code == 1
    assert "Totals: 1 " in told.stderr
    mended = run("check", "--mend")
    assert (mended.exit_code, mended.stderr) == (0, "")


def test_check_names_a_folder_that_cannot_be_written(run: Run) -> None:
    """A file stands where the folder of attachments should be."""
    run("migrate")
    Path("data").mkdir(exist_ok=True)
    Path("data/attachments").write_text("in the way")
    result = run("check")
    assert result.exit_code == 1
    assert "Attachments" in result.stderr
