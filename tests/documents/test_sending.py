"""A document on its way into a chat: made by a process of its own, told when it cannot be made."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Mapping
from datetime import UTC, datetime
from functools import partial
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from bot.cli.making import make_document
from bot.cli.wiring import LOCALES
from bot.config import Settings, load_settings
from bot.documents.order import Order, Unwanted
from bot.documents.sending import SendDocument
from bot.effects import Speak
from bot.i18n import Voice, load_catalogues
from bot.messages import Address, Later, Message
from bot.worker import WorkerDied, in_process
from tests.cli.test_commands import UNITS, Run, run

__all__ = ["run"]

NOW = datetime(2026, 11, 23, 3, tzinfo=UTC)
CATALOGUES = load_catalogues(LOCALES)


async def _may(address: Address, unit: int) -> bool:
    return address.chat == "7" and unit > 0


def _job(folder: Path, make: Any) -> SendDocument:
    return SendDocument(folder, make, _may, lambda language: Voice(CATALOGUES[language]), lambda: NOW)


def _args(**changes: Any) -> Mapping[str, Any]:
    told = {"job": "j1", "what": "workbook", "period": "2026-10", "unit": 1, "code": "TU", "language": "vi"}
    return {**told, "channel": "telegram", "chat": "7", **changes}


def _said(effects: Any) -> Message:
    (effect,) = effects
    assert isinstance(effect, Speak)
    return effect.out.message


@pytest.fixture
def settings(run: Run) -> Settings:
    """Settings of a folder with a database and a list of units."""
    assert run("units", "import", str(UNITS)).exit_code == 0
    return load_settings(None, os.environ)


@pytest.mark.parametrize(("what", "name"), [("workbook", "SL"), ("official", "BC"), ("dialogue", "dialogue")])
def test_it_comes_into_the_chat(settings: Settings, tmp_path: Path, what: str, name: str) -> None:
    """With a name that says what it is, readable by its owner alone."""
    job = _job(tmp_path / "exports", partial(in_process, make_document, settings))
    (file,) = _said(asyncio.run(job(_args(what=what), 0))).attachments
    assert file.name.startswith(f"{name}_2026-10_TU_20261123.")
    path = Path(file.path)
    assert path.stat().st_mode & 0o077 == 0
    assert path.stat().st_size > 1000
    if path.suffix == ".xlsx":
        assert load_workbook(path).worksheets
    assert [one.name for one in path.parent.iterdir()] == [path.name]


def test_what_cannot_be_made_is_told(settings: Settings, tmp_path: Path) -> None:
    """The unit was deleted meanwhile, or the office's template has a typo."""
    job = _job(tmp_path, partial(in_process, make_document, settings))
    assert "not there any more" in _said(asyncio.run(job(_args(unit=4711), 0))).text


def test_it_is_not_sent_to_whom_it_is_not_for_any_more(tmp_path: Path) -> None:
    """Who asked is told that the unit is not theirs, and gets no file."""

    async def made(_order: Order) -> int:
        return 1

    said = _said(asyncio.run(_job(tmp_path, made)(_args(chat="8"), 0)))
    assert (said.attachments, "không thuộc" in said.text) == ((), True)


def test_a_full_disk_is_tried_again(tmp_path: Path) -> None:
    """A minute later, three times in all."""

    async def full(_order: Order) -> int:
        raise OSError(28, "No space left on device")

    with pytest.raises(Later):
        asyncio.run(_job(tmp_path, full)(_args(), 0))
    with pytest.raises(OSError, match="No space"):
        asyncio.run(_job(tmp_path, full)(_args(), 2))


def _dies() -> None:
    os._exit(3)


def _refuses() -> None:
    raise Unwanted("no such thing")


def _waits(path: Path) -> None:
    path.write_text(str(os.getpid()))
    while True:
        os.sched_yield()


async def test_a_worker_that_dies_or_refuses_is_told() -> None:
    """What it raised comes back; one that was killed leaves no answer."""
    with pytest.raises(Unwanted, match="no such thing"):
        await in_process(_refuses)
    with pytest.raises(WorkerDied, match="ended with 3"):
        await in_process(_dies)


async def test_a_worker_ends_with_whoever_waits_for_it(tmp_path: Path) -> None:
    """A program that is stopped leaves no process behind."""
    pipe = tmp_path / "pid"
    os.mkfifo(pipe)
    waiting = asyncio.create_task(in_process(_waits, pipe))
    process = await asyncio.to_thread(pipe.read_text)
    waiting.cancel()
    with pytest.raises(asyncio.CancelledError):
        await waiting
    assert not Path(f"/proc/{process}").exists()
