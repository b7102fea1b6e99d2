from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator
from contextlib import ExitStack
from datetime import datetime

import pytest

from storage.store import SqlStore
from tests.databases import KINDS, SERVERS, Fresh
from tests.storage.people import NOW, lay_out


@pytest.fixture(scope="session")
def databases(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[str], Fresh]]:
    """Give fresh databases of either kind; a server is started when the first test needs it."""
    running: dict[str, Fresh] = {}
    with ExitStack() as servers:

        def of(kind: str) -> Fresh:
            if kind not in running:
                running[kind] = servers.enter_context(SERVERS[kind](tmp_path_factory.mktemp(kind)))
            return running[kind]

        yield of


@pytest.fixture(params=KINDS)
def url(request: pytest.FixtureRequest, databases: Callable[[str], Fresh]) -> Iterator[str]:
    """A migrated database, of each kind in turn."""
    fresh = databases(request.param)
    lent = fresh()
    yield lent
    fresh.give_back(lent)


@pytest.fixture(params=KINDS)
def empty_url(request: pytest.FixtureRequest, databases: Callable[[str], Fresh]) -> str:
    """A database with nothing in it, of each kind in turn."""
    return databases(request.param)(empty=True)


@pytest.fixture
def sqlite_url(databases: Callable[[str], Fresh]) -> str:
    """A migrated SQLite file, for what only SQLite does."""
    return databases("sqlite")()


@pytest.fixture
def postgres_url(databases: Callable[[str], Fresh]) -> str:
    """A migrated PostgreSQL database, for what only PostgreSQL does."""
    return databases("postgresql")()


@pytest.fixture
async def store(url: str) -> AsyncIterator[SqlStore]:
    """An open store at noon of the test's day, with an organisation in it."""
    store = await SqlStore.open(url, clock)
    await lay_out(store)
    yield store
    await store.close()


def clock() -> datetime:
    """The time of the test's day."""
    return NOW
