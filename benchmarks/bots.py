"""Bots in processes of their own, talking with a fake Telegram: ours, and those that it is compared with."""

from __future__ import annotations

import asyncio
import os
import resource
import signal
import sys
import time
from asyncio.subprocess import PIPE, STDOUT, Process
from collections.abc import AsyncIterator, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import NamedTuple

from benchmarks.process import peak, processor_seconds, resident
from tests.end_to_end.program import free_port
from tests.fake_telegram import FakeTelegram
from tests.stage import ROOT

OURS = "ours"
THEIRS = Path(sys.prefix) / "bench" / "bin" / "python"  # `make bench` installs it: aiogram wants other versions than we
PEERS = {
    "python-telegram-bot echo": ("ptb_echo", Path(sys.executable)),
    "aiogram echo": ("aiogram_echo", THEIRS),
    "bare aiohttp echo": ("aiohttp_echo", Path(sys.executable)),
}
LOOK_EVERY = 0.05  # seconds between two looks at the memory of a command
START_SECONDS = 60.0
STOP_SECONDS = 30.0
AROUND = {"PATH": os.environ["PATH"], "PYTHONPATH": str(ROOT)}  # this program, not another that may be installed
CONFIG = '[office]\nname = "LĐLĐ tỉnh"\ncontact = "LĐLĐ tỉnh"\n[log]\nlevel = "warning"\n'


@dataclass
class RunningBot:
    """A bot that runs. `port` is where ours tells its metrics."""

    name: str
    process: Process
    log: Path
    port: int = 0
    largest: float = 0.0  # resident memory seen, in MB
    began: float = field(default=0.0)  # processor seconds when the measurement began

    @property
    def processor_seconds(self) -> float:
        """Give the processor time since the measurement began."""
        return processor_seconds(self.process.pid) - self.began

    @property
    def resident(self) -> float:
        """Give the memory now, in MB."""
        return resident(self.process.pid)

    @property
    def peak(self) -> float:
        """Give the largest memory ever, in MB."""
        return peak(self.process.pid)

    async def stop(self) -> None:
        """Tell it to stop; raises AssertionError when it does not, or broke."""
        self.process.send_signal(signal.SIGTERM if self.name == OURS else signal.SIGINT)
        async with asyncio.timeout(STOP_SECONDS):
            code = await self.process.wait()
        said = self.log.read_text(encoding="utf-8")
        assert self.name != OURS or (code == 0 and "Traceback" not in said), f"{self.name} broke:\n{said}"


class Finished(NamedTuple):
    """What a command took."""

    seconds: float
    processor: float  # seconds
    memory: float  # MB at most


async def finished(words: Sequence[str], folder: Path, environment: Mapping[str, str]) -> Finished:
    """Run a command of our program to its end; raises AssertionError when it fails."""
    began, used = time.perf_counter(), _children_seconds()
    process = await asyncio.create_subprocess_exec(
        sys.executable, "-m", "bot", *words, cwd=folder, env={**AROUND, **environment}, stdout=PIPE, stderr=STDOUT
    )
    largest = 0.0
    saying = asyncio.create_task(process.communicate())
    while not saying.done():
        largest = max(largest, _peak_or_none(process.pid))
        await asyncio.wait((saying,), timeout=LOOK_EVERY)
    out, _err = await saying
    assert process.returncode == 0, out.decode()
    return Finished(time.perf_counter() - began, _children_seconds() - used, largest)


def _children_seconds() -> float:
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    return used.ru_utime + used.ru_stime


def _peak_or_none(pid: int) -> float:
    try:
        return peak(pid)
    except (FileNotFoundError, StopIteration):  # it has just ended
        return 0.0


def peers() -> list[str]:
    """Name the bots that can be run here."""
    return [name for name, (_module, python) in PEERS.items() if python.exists()]


@asynccontextmanager
async def our_bot(
    folder: Path, fake: FakeTelegram, database_url: str, *, pace: float | None = None, profile: Path | None = None
) -> AsyncIterator[RunningBot]:
    """Run our program and give it once it polls.

    With another pace of sending than Telegram's, if one is given; with a file for a profile, looked at from within.
    """
    (folder / "config.toml").write_text(CONFIG, encoding="utf-8")
    port = free_port()
    own = {
        "DATABASE_URL": database_url,
        "TELEGRAM_TOKEN": fake.token,
        "TELEGRAM_BASE_URL": fake.base_url,
        "TELEGRAM_FILE_URL": fake.file_url,
        "PORT": str(port),
    }
    words: tuple[str, ...] = ("-m", "bot", "run")
    if pace or profile:
        words = (
            ("-m", "benchmarks.paced", str(pace), "run") if pace else ("-m", "benchmarks.profiled", str(profile), "run")
        )
    async with _running(OURS, (sys.executable, *words), folder, fake, own) as bot:
        bot.port = port
        yield bot


@asynccontextmanager
async def peer_bot(name: str, folder: Path, fake: FakeTelegram) -> AsyncIterator[RunningBot]:
    """Run one of the others and give it once it polls."""
    module, python = PEERS[name]
    words = (str(python), "-m", f"benchmarks.peers.{module}", fake.token, fake.base_url)
    async with _running(name, words, folder, fake, {}) as bot:
        yield bot


@asynccontextmanager
async def _running(
    name: str, words: tuple[str, ...], folder: Path, fake: FakeTelegram, environment: Mapping[str, str]
) -> AsyncIterator[RunningBot]:
    log = folder / "bot.log"
    around = {**AROUND, **environment}
    with log.open("wb") as out:
        process = await asyncio.create_subprocess_exec(*words, cwd=folder, env=around, stdout=out, stderr=out)
    bot = RunningBot(name, process, log)
    try:
        await _polls(bot, fake)
        bot.began = processor_seconds(process.pid)
        yield bot
    finally:
        if process.returncode is None:
            process.kill()
            await process.wait()


async def _polls(bot: RunningBot, fake: FakeTelegram) -> None:
    polling = asyncio.create_task(fake.until(lambda: fake.updates.polls > 0, START_SECONDS))
    ended = asyncio.create_task(bot.process.wait())
    await asyncio.wait((polling, ended), return_when=asyncio.FIRST_COMPLETED)
    ended.cancel()
    assert polling.done(), f"{bot.name} did not start:\n{bot.log.read_text(encoding='utf-8')}"
    await polling
