"""A store on each database, for tests that write the list of units."""

from __future__ import annotations

from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime

import pytest
import pytest_asyncio

from storage.store import SqlStore
from tests.databases import KINDS, SERVERS, Fresh
from tests.units.lists import TODAY

NOW = datetime(TODAY.year, TODAY.month, TODAY.day, 5, tzinfo=UTC)


@pytest.fixture(scope="session", params=KINDS)
def fresh(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Fresh]:
    """Make databases of one kind."""
    with SERVERS[request.param](tmp_path_factory.mktemp(request.param)) as make:
        yield make


@pytest_asyncio.fixture
async def store(fresh: Fresh) -> AsyncIterator[SqlStore]:
    """Give an empty, migrated database at noon of the tests' day."""
    opened = await SqlStore.open(fresh(), clock=lambda: NOW)
    yield opened
    await opened.close()
