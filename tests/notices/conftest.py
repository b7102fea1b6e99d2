from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from storage.migrate import migrate
from tests.notices.office import Office
from tests.stage import stage


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("notices") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def office(template: Path, tmp_path: Path) -> AsyncIterator[Office]:
    """An officer of a commune, with a chair at each of its first two unions, on a real database."""
    async with stage(tmp_path, template) as on_stage:
        yield await Office.opened(on_stage)
