from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from tests.cases.province import Province
from tests.stage import stage


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("cases") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def province(tmp_path: Path, template: Path) -> AsyncIterator[Province]:
    """A province with its people, at nine in the morning."""
    async with stage(tmp_path, template) as on_stage:
        yield await Province.peopled(on_stage)
