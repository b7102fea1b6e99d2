"""Settings that cannot work: every command says all that is wrong, and ends with 1."""

from __future__ import annotations

from tests.end_to_end.conftest import Run

WRONG = """
[reports]
due_day = 32
due_time = 17

[server]
prot = 8080
"""


async def test_three_mistakes_at_once(program: Run) -> None:
    """Three mistakes are named at once, each with its line; nothing is started, nothing is made."""
    house = program(TELEGRAM_TOKEN="")
    (house.folder / "config.toml").write_text(WRONG, encoding="utf-8")
    done = await house.command("run")
    assert done.code == 1
    assert not done.out
    for line, name in ((3, "due_day"), (4, "due_time"), (7, "prot")):
        assert f"line {line}" in done.err
        assert name in done.err
    assert "Did you mean port?" in done.err
    assert "Traceback" not in done.err
    assert not (house.folder / "data").exists()


async def test_a_token_that_nobody_knows(program: Run) -> None:
    """A token that the messenger refuses is named by its setting, never by its value."""
    token = "99999:AAF4k3-t0ken_of_another_bot_that_is_not_real"
    done = await program(TELEGRAM_TOKEN=token).command("run")
    assert done.code == 1
    assert "TELEGRAM_TOKEN" in done.err
    assert token not in done.err
    assert "Traceback" not in done.err
