"""Logs: one form for everybody's, and no secret in them."""

from __future__ import annotations

import json
import logging
from collections.abc import Iterator

import pytest
import structlog

from bot.logs import HIDDEN, set_up_logs

TOKEN = "123456789:AAH" + "x" * 32


@pytest.fixture(autouse=True)
def as_before() -> Iterator[None]:
    """Leave logging as it was."""
    root = logging.getLogger()
    handlers, level = root.handlers[:], root.level
    yield
    root.handlers[:], root.level = handlers, level
    structlog.reset_defaults()


def test_both_kinds_of_logger_speak_json(capsys: pytest.CaptureFixture[str]) -> None:
    """Our own lines and those of libraries come out alike, one JSON object each."""
    set_up_logs("info", as_json=True)
    structlog.get_logger("ours").info("sent", row=7)
    logging.getLogger("theirs").warning("slow: %s", "đĩa")
    ours, theirs = map(json.loads, capsys.readouterr().err.splitlines())
    assert (ours["event"], ours["row"], ours["level"]) == ("sent", 7, "info")
    assert (theirs["event"], theirs["level"]) == ("slow: đĩa", "warning")
    assert ours.keys() >= {"timestamp"}
    assert theirs.keys() >= {"timestamp"}


@pytest.mark.parametrize("as_json", [True, False])
def test_secrets_never_show(capsys: pytest.CaptureFixture[str], as_json: bool) -> None:
    """Tokens of any bot, and the secrets we know, are blanked wherever they stand."""
    set_up_logs("debug", as_json=as_json, secrets=['a"b/c secret', "short"])
    log = structlog.get_logger()
    log.info("calling", url=f"https://api.telegram.org/bot{TOKEN}/getMe")
    log.info(f"in the event {TOKEN}", nested={"password": ['a"b/c secret']})
    logging.getLogger("theirs").error("GET /bot%s/x?s=a%%22b%%2Fc%%20secret", TOKEN)
    try:
        raise ValueError(f"cannot reach {TOKEN}")
    except ValueError:
        log.exception("broken")
    lines = capsys.readouterr().err
    assert TOKEN not in lines
    assert "AAHxx" not in lines
    assert "c secret" not in lines
    assert "c%20secret" not in lines
    assert lines.count(HIDDEN) == 6
    assert "ValueError" in lines


def test_noisy_libraries_are_quiet(capsys: pytest.CaptureFixture[str]) -> None:
    """Lines about every call are not written, not even when everything else is."""
    set_up_logs("debug", as_json=True)
    for name in ("httpx", "httpcore.connection", "aiohttp.access", "apscheduler.scheduler"):
        logging.getLogger(name).info("a call")
    assert capsys.readouterr().err == ""


def test_the_level_is_kept(capsys: pytest.CaptureFixture[str]) -> None:
    """Below the level nothing is written."""
    set_up_logs("warning", as_json=True)
    structlog.get_logger("ours").info("hidden")
    logging.getLogger("theirs").info("hidden")
    structlog.get_logger("ours").warning("shown")
    assert capsys.readouterr().err.count("\n") == 1


def test_values_of_variables_are_not_shown(capsys: pytest.CaptureFixture[str]) -> None:
    """A traceback names lines, not what people wrote."""
    set_up_logs("info", as_json=False)
    answer = "what a chair wrote"
    try:
        answer.index("never")
    except ValueError:
        structlog.get_logger().exception("broken")
    err = capsys.readouterr().err
    assert "substring not found" in err
    assert "answer = 'what a chair wrote'" not in err
