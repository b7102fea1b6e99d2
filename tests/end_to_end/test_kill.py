"""`kill -9` at any moment loses no accepted message and repeats no report."""

from __future__ import annotations

import asyncio
import os
from random import Random

import pytest

from tests.end_to_end.chairs import invited_chairs
from tests.end_to_end.conftest import Run
from tests.end_to_end.lost_nothing import (
    Heard,
    everything_is_there,
    everything_was_said,
    heard_by_now,
    no_photo_is_lost,
)
from tests.end_to_end.program import Program, free_port
from tests.end_to_end.rows import rows_of
from tests.fake_telegram import FakeTelegram

KILLS = int(os.environ.get("TCS_KILLS", "6"))
SEED = os.environ.get("TCS_SEED", "47")
CHAIRS = 20
IN_FLIGHT = 3  # messages to a chat whose sending had not been written down when the program was killed


@pytest.mark.timeout(60 + 20 * KILLS)
@pytest.mark.parametrize(("kind", "way"), [("sqlite", "polling"), ("postgresql", "webhook")])
async def test_kill(kind: str, way: str, program: Run, fake: FakeTelegram, database_url: str) -> None:
    """Chairs report while the program is killed again and again: every report is there once, every draft as left."""
    print(f"TCS_SEED={SEED} TCS_KILLS={KILLS}")  # noqa: T201 - pytest shows it with a failure
    house = program(database_url, **(hooked(free_port()) if way == "webhook" else {}))
    chairs = await invited_chairs(house, fake, SEED, CHAIRS)
    bell = asyncio.Event()
    await house.start()
    async with asyncio.TaskGroup() as group:
        for chair in chairs:
            group.create_task(chair.works(bell))
        starts = [await killed(house, fake, chance) for chance in [Random(SEED)] for _time in range(KILLS)]
        bell.set()
    await fake.all_taken()
    assert await house.stop() == 0
    house.assert_no_bug()
    async with rows_of(house.database) as rows:
        await everything_is_there(rows, chairs)
        await no_photo_is_lost(rows, chairs, house.folder / "data" / "attachments")
        await everything_was_said(rows, chairs, starts, IN_FLIGHT)


def hooked(port: int) -> dict[str, str]:
    """Let the messenger call."""
    return {"PUBLIC_URL": f"http://127.0.0.1:{port}", "PORT": str(port), "WEBHOOK_SECRET": "kill-minus-nine"}


async def killed(house: Program, fake: FakeTelegram, chance: Random) -> Heard:
    """Kill in the midst of the work and start again; tell what had arrived by then."""
    enough = len(fake.calls) + chance.randint(5, 150)
    await fake.until(lambda: len(fake.calls) >= enough, 60)
    await asyncio.sleep(chance.random() / 50)  # between two calls as well as at one
    await house.kill()
    await house.start()
    await house.up()
    return heard_by_now(fake)
