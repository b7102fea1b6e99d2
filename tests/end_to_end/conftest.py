from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import AsyncExitStack
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from storage.migrate import migrate
from tests.databases import Fresh, PostgresDatabases, postgres_server, started
from tests.end_to_end.program import SQLITE, Program
from tests.end_to_end.rows import Rows, rows_of
from tests.fake_telegram import FakeTelegram
from tests.stage import Stage, stage

Run = Callable[..., Program]


@pytest.fixture(scope="session")
def postgres(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """A PostgreSQL server, started when the first test needs it."""
    with postgres_server(tmp_path_factory.mktemp("postgresql")) as fresh:
        yield fresh


@pytest.fixture
def own_server() -> Iterator[PostgresDatabases]:
    """A PostgreSQL server that nobody else needs."""
    with TemporaryDirectory(prefix="tieng-co-so-pg-") as place:
        server = started(Path(place))
        try:
            yield PostgresDatabases(server)
        finally:
            server.cleanup()


@pytest.fixture
def database_url(kind: str, request: pytest.FixtureRequest) -> str:
    """A database of the kind that the test names, with nothing in it."""
    return str(request.getfixturevalue("postgres")(empty=True)) if kind == "postgresql" else SQLITE


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    """A Telegram of our own."""
    async with FakeTelegram() as fake:
        yield fake


@pytest.fixture
async def program(tmp_path: Path, fake: FakeTelegram) -> AsyncIterator[Run]:
    """Make the program in an empty folder, on a database that is not there yet; it is ended after the test."""
    async with AsyncExitStack() as stack:

        def make(database_url: str = SQLITE, **environment: str) -> Program:
            made = Program(tmp_path, fake, database_url, **environment)
            stack.push_async_callback(made.close)
            return made

        yield make


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("stage") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def on_stage(tmp_path: Path, template: Path) -> AsyncIterator[Stage]:
    """The house with its units, and a clock that stands."""
    async with stage(tmp_path, template) as set_up:
        yield set_up


@pytest.fixture
async def rows(tmp_path: Path, on_stage: Stage) -> AsyncIterator[Rows]:
    """What stands in the database of the stage."""
    async with rows_of(f"sqlite+aiosqlite:///{tmp_path / 'stage.db'}") as rows:
        yield rows
