"""`kill -9` at any moment loses no accepted message and repeats no report."""

from __future__ import annotations

import os

import pytest

from tests.end_to_end.chairs import invited_chairs
from tests.end_to_end.conftest import Run
from tests.end_to_end.killing import Killing, at_work
from tests.end_to_end.lost_nothing import nothing_is_lost
from tests.end_to_end.program import hooked
from tests.end_to_end.rows import rows_of
from tests.fake_telegram import FakeTelegram

KILLS = int(os.environ.get("TCS_KILLS", "2"))
CHAIRS = int(os.environ.get("TCS_CHAIRS", "20"))
SEED = os.environ.get("TCS_SEED", "47")
WAYS = [
    ("sqlite", "polling"),
    ("postgresql", "webhook"),
    pytest.param("sqlite", "webhook", marks=pytest.mark.nightly),
    pytest.param("postgresql", "polling", marks=pytest.mark.nightly),
]


@pytest.mark.nightly_too
@pytest.mark.timeout(180 + 30 * KILLS)
@pytest.mark.parametrize(("kind", "way"), WAYS)
async def test_kill(kind: str, way: str, program: Run, fake: FakeTelegram, database_url: str) -> None:
    """Chairs report while the program is killed again and again: every report is there once, every draft as left.

    The network cuts answers off all the while, and at times the messenger brings every message twice.
    """
    print(f"TCS_SEED={SEED} TCS_KILLS={KILLS} TCS_CHAIRS={CHAIRS}")  # noqa: T201 - pytest shows it with a failure
    house = program(database_url, **(hooked() if way == "webhook" else {}))
    chairs = await invited_chairs(house, fake, SEED, CHAIRS)
    killing = Killing(house, fake, SEED)
    await house.start()
    async with at_work(chairs):
        for _time in range(KILLS):
            await killing.once()
    await fake.all_taken()
    assert await house.stop() == 0
    house.assert_no_bug()
    async with rows_of(house.database) as rows:
        await nothing_is_lost(rows, chairs, house.folder / "data" / "attachments", killing.hardships)
    print(killing.told(chairs))  # noqa: T201 - the night's record
