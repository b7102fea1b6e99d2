"""The real program in a process of its own: its commands, its start, its sudden and its orderly ends."""

from __future__ import annotations

import asyncio
import json
import os
import signal
import socket
import sys
from asyncio.subprocess import PIPE, Process
from pathlib import Path
from typing import Any, NamedTuple

import aiohttp

from bot.cli.importing import import_units
from bot.cli.invite import make_invites, units_for
from bot.records import Role
from storage.migrate import migrate
from storage.store import SqlStore
from tests.fake_telegram import FakeTelegram
from tests.stage import ROOT

PYTHON = (sys.executable, "-W", "error", "-m")
BOT = "bot"
CONFIG = '[office]\nname = "LĐLĐ tỉnh Lai Châu"\ncontact = "LĐLĐ tỉnh Lai Châu, 0213 3876 000"\n'
SQLITE = "sqlite+aiosqlite:///data/bot.db"  # in the program's folder
COMMAND_SECONDS = 60
STOP_SECONDS = 10


class Finished(NamedTuple):
    """What a command ended with."""

    code: int
    out: str
    err: str


class Program:
    """The program in a folder of its own, talking with a fake Telegram. `environment` comes on top of the usual."""

    def __init__(self, folder: Path, fake: FakeTelegram, database_url: str, **environment: str) -> None:
        self.folder = folder
        self.fake = fake
        self.database = database_url.replace(":///data/", f":///{folder}/data/")  # seen from anywhere
        self.module = BOT  # what is run as the service
        self._calls_before = 0  # of the messenger, when this start began
        self.environment = {
            "PATH": os.environ["PATH"],
            "PYTHONPATH": str(ROOT),  # this program, not another that may be installed
            "DATABASE_URL": database_url,
            "TELEGRAM_TOKEN": fake.token,
            "TELEGRAM_BASE_URL": fake.base_url,
            "TELEGRAM_FILE_URL": fake.file_url,
            "PORT": "0",
            **environment,
        }
        self._log = folder / "run.log"
        self._process: Process | None = None
        (folder / "config.toml").write_text(CONFIG, encoding="utf-8")

    async def command(self, *words: str | Path) -> Finished:
        """Run a command to its end."""
        process = await asyncio.create_subprocess_exec(
            *PYTHON, BOT, *words, cwd=self.folder, env=self.environment, stdout=PIPE, stderr=PIPE
        )
        async with asyncio.timeout(COMMAND_SECONDS):
            out, err = await process.communicate()
        return Finished(process.returncode or 0, out.decode(), err.decode())

    async def furnish(self, units: Path, under: str) -> dict[str, str]:
        """Prepare the database quickly: migrated, with a list of units; give codes for the chairs under one of them."""
        await migrate(self.database)
        store = await SqlStore.open(self.database)
        try:
            assert not (await import_units(store, units, dry_run=False)).refused
            invites = await make_invites(store, await units_for(store, under, under=True), Role.CHAIR, days=14)
        finally:
            await store.close()
        return {one["unit"]: one["code"] for one in invites}

    async def units(self, file: Path) -> None:
        """Import a list of units."""
        done = await self.command("units", "import", file)
        assert done.code == 0, done.err

    async def invite(self, unit: str, role: str) -> str:
        """Make an invitation; give its code."""
        return str((await self._invited(unit, role))["code"])

    async def invite_under(self, unit: str, role: str) -> dict[str, str]:
        """Make an invitation for every unit below; give the codes by unit."""
        return {one["unit"]: one["code"] for one in await self._invited(unit, role, "--under")}

    async def _invited(self, *words: str) -> Any:
        done = await self.command("invite", *words, "--json")
        assert done.code == 0, done.err
        return json.loads(done.out)

    async def start(self) -> None:
        """Start the service. What people write meanwhile waits with the messenger."""
        assert self._process is None
        self._calls_before = len(self.fake.calls)
        with self._log.open("ab") as log:
            self._process = await asyncio.create_subprocess_exec(
                *PYTHON, self.module, "run", cwd=self.folder, env=self.environment, stdout=log, stderr=log
            )

    async def up(self, timeout: float = 30) -> None:  # noqa: ASYNC109
        """Wait until this start has signed in with the messenger."""
        since = self._calls_before
        await self.fake.until(lambda: any(call.method == "getMe" for call in self.fake.calls[since:]), timeout)

    async def is_up_within(self, seconds: float) -> bool:
        """Tell whether this start signs in so soon."""
        try:
            await self.up(seconds)
        except TimeoutError:
            return False
        return True

    async def kill(self) -> None:
        """Kill the service as a power cut would."""
        assert await self._end(signal.SIGKILL) == -signal.SIGKILL, self.log

    async def stop(self) -> int:
        """Tell the service to stop; give its exit code."""
        return await self._end(signal.SIGTERM)

    async def _end(self, how: signal.Signals) -> int:
        process, self._process = self._process, None
        assert process is not None
        assert process.returncode is None, self.log
        process.send_signal(how)
        async with asyncio.timeout(STOP_SECONDS):
            return await process.wait()

    @property
    def pid(self) -> int:
        """Give the process id of the service."""
        assert self._process is not None
        return self._process.pid

    async def health(self) -> int:
        """Ask how the service is; it must have been given a PORT."""
        page = f"http://127.0.0.1:{self.environment['PORT']}/healthz"
        async with aiohttp.ClientSession() as session, session.get(page) as answer:
            return answer.status

    async def tells_of_itself(self, status: int, seconds: float = 30) -> None:
        """Wait until the page for watchers answers with this status."""
        async with asyncio.timeout(seconds):
            while await self.health() != status:  # noqa: ASYNC110 - it calls nobody when it changes
                await asyncio.sleep(0.05)

    async def close(self) -> None:
        """End whatever still runs, and show the log in case the test failed."""
        if self._process is not None and self._process.returncode is None:
            self._process.kill()
            await self._process.wait()
        print(self.log)  # noqa: T201 - pytest shows it with a failure

    @property
    def log(self) -> str:
        """What the service logged, all starts together."""
        return self._log.read_text(encoding="utf-8") if self._log.exists() else ""

    def assert_no_bug(self) -> None:
        """Nothing broke inside, whatever people were told."""
        assert "Traceback" not in self.log, self.log


def hooked() -> dict[str, str]:
    """Let the messenger call."""
    port = free_port()
    return {"PUBLIC_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "WEBHOOK_SECRET": "kill-minus-nine"}


def free_port() -> int:
    """Find a port where a server can listen."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])
