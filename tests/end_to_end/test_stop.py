"""SIGTERM: what is under way is finished and written down, and nothing is lost or said twice."""

from __future__ import annotations

import pytest

from tests.end_to_end.chairs import invited_chairs
from tests.end_to_end.conftest import Run
from tests.end_to_end.killing import at_work
from tests.end_to_end.lost_nothing import Hardships, heard_by_now, nothing_is_lost
from tests.end_to_end.rows import rows_of
from tests.fake_telegram import FakeTelegram

CHAIRS = 5


@pytest.mark.parametrize("kind", ["sqlite", "postgresql"])
async def test_stop_while_people_write(kind: str, program: Run, fake: FakeTelegram, database_url: str) -> None:
    """Told to stop in the midst of the work, the program ends with 0; the next start goes on where it stopped."""
    house = program(database_url)
    chairs = await invited_chairs(house, fake, "47", CHAIRS)
    await house.start()
    async with at_work(chairs):
        await fake.until(lambda: len(fake.calls) >= 60, 60)
        assert await house.stop() == 0
        await house.start()
        await house.up()
        hardships = Hardships([heard_by_now(fake)], in_flight=0)
    await fake.all_taken()
    assert await house.stop() == 0
    house.assert_no_bug()
    async with rows_of(house.database) as rows:
        await nothing_is_lost(rows, chairs, house.folder / "data" / "attachments", hardships)


async def test_stop_while_the_messenger_hangs(program: Run, fake: FakeTelegram) -> None:
    """A messenger that does not answer holds up no stop; what it never confirmed is said again."""
    house = program()
    [chair] = await invited_chairs(house, fake, "47", 1)
    await house.start()
    fake.next_send_fails("slow")
    await chair.user.start(chair.code)
    await chair.reads(chair.book.unit)
    assert await house.stop() == 0
    fake.release()
    await house.start()
    await chair.reads(chair.book.unit)
    assert await house.stop() == 0
    house.assert_no_bug()
