"""Two officers who assign the same target at once: the second hears of the first, and writes over nobody unseen."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.records import Role
from storage.migrate import migrate
from tests.stage import Stage, stage


@pytest.fixture
async def desk(tmp_path: Path) -> AsyncIterator[Stage]:
    """A province with two officers."""
    await migrate(f"sqlite+aiosqlite:///{tmp_path / 'template.db'}")
    async with stage(tmp_path, tmp_path / "template.db") as ready:
        for name in ("Thương", "Hòa"):
            await ready.person(name, Role.PROV_OFFICER, "LC")
        yield ready


async def says(desk: Stage, chat: str, *typed: str) -> str:
    """Type one message after the other, a minute between; give the answer to the last."""
    said = ""
    for words in typed:
        desk.clock.now += timedelta(minutes=1)
        said = "\n".join(message.text for _address, message in await desk.gets(desk.text(chat, words)))
    return said


async def assigned(desk: Stage) -> list[int]:
    """Give the values of all versions, the latest first."""
    async with desk.store.reading() as reads:
        unit = await reads.unit_by_code("TU")
        assert unit is not None
        return [one.target.value for one in await reads.assignments(unit.id, "members", 2026)]


async def test_the_second_hears_of_the_first(desk: Stage) -> None:
    """Nothing of theirs is assigned; asked anew, knowing what is in force, it is."""
    begun = ("giao chi tieu", "cong doan xa than uyen", "1", "1", "1")
    await says(desk, "hòa", *begun)
    await says(desk, "thương", *begun, "100", "15/QĐ-LĐLĐ")
    told = await says(desk, "hòa", "80", "boqua")
    assert "Thương" in told
    assert "100" in told
    assert await assigned(desk) == [100]
    again = await says(desk, "hòa", *begun, "80", "boqua")
    assert "100" in again
    assert await assigned(desk) == [80, 100]


async def test_ones_own_is_written_over(desk: Stage) -> None:
    """Nobody is asked about what they assigned themselves, however often."""
    for value in ("100", "90"):
        await says(desk, "hòa", "giao chi tieu", "cong doan xa than uyen", "1", "1", "1", value, "boqua")
    assert await assigned(desk) == [90, 100]
