from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator

import pytest

from bot.vitals import Vitals
from tests.databases import sqlite_files
from tests.doors.house import House, Recorder, Time


@pytest.fixture(scope="session")
def fresh_file(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Callable[[], str]]:
    """Make fresh SQLite files."""
    with sqlite_files(tmp_path_factory.mktemp("doors")) as fresh:
        yield fresh


@pytest.fixture
def time() -> Time:
    """Time that we pass."""
    return Time()


@pytest.fixture
async def store(fresh_file: Callable[[], str], time: Time) -> AsyncIterator[House]:
    """A real store on a fresh file."""
    url = fresh_file()
    store = await House.open(url, time.clock)
    assert isinstance(store, House)
    store.file = url.removeprefix("sqlite+aiosqlite:///")
    time.watched = store
    yield store
    await store.close()


@pytest.fixture
def telegram(time: Time) -> Recorder:
    """A channel without limits of pace."""
    return Recorder(time.clock)


@pytest.fixture
def vitals() -> Vitals:
    """Counters at zero."""
    return Vitals()
