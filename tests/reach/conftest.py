"""A stage in a made-up country, for as many countries as a test draws."""

from __future__ import annotations

import asyncio
import tempfile
from collections.abc import AsyncIterator, Callable
from contextlib import AbstractAsyncContextManager, asynccontextmanager
from pathlib import Path

import pytest

from storage.migrate import migrate
from tests.reach.country import Country
from tests.reach.people import settled
from tests.stage import Stage, stage

Staged = Callable[[Country], AbstractAsyncContextManager[Stage]]


@pytest.fixture(scope="session")
def staged(tmp_path_factory: pytest.TempPathFactory) -> Staged:
    """Give what sets the stage in a country."""
    template = tmp_path_factory.mktemp("reach") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{template}"))

    @asynccontextmanager
    async def in_country(country: Country) -> AsyncIterator[Stage]:
        with tempfile.TemporaryDirectory() as folder:
            async with stage(Path(folder), template, listed=None) as on_stage:
                await settled(on_stage, country, Path(folder))
                yield on_stage

    return in_country
