"""How a test takes the program through a trouble while chairs report."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import AbstractContextManager, asynccontextmanager

from tests.end_to_end.chairs import Chair, invited_chairs
from tests.end_to_end.killing import at_work
from tests.end_to_end.lost_nothing import Hardships, nothing_is_lost
from tests.end_to_end.program import Program
from tests.end_to_end.rows import rows_of
from tests.fake_telegram import FakeTelegram

CHAIRS = 8
CALLS = 120  # to the messenger, before and after


@asynccontextmanager
async def chairs_at_work(house: Program, fake: FakeTelegram) -> AsyncIterator[list[Chair]]:
    """Let chairs report before, meanwhile and afterwards; look for whatever may be lost."""
    chairs = await invited_chairs(house, fake, "47", CHAIRS)
    await house.start()
    async with at_work(chairs):
        await more_calls(fake)
        yield chairs
        await more_calls(fake)
    await fake.all_taken()
    assert await house.stop() == 0
    house.assert_no_bug()
    async with rows_of(house.database) as rows:
        await nothing_is_lost(rows, chairs, house.folder / "data" / "attachments", Hardships())


async def more_calls(fake: FakeTelegram) -> None:
    """Wait while some more work is done."""
    enough = len(fake.calls) + CALLS
    await fake.until(lambda: len(fake.calls) >= enough, 60)


async def passes(house: Program, fake: FakeTelegram, trouble: AbstractContextManager[None]) -> None:
    """Have a trouble with the database: it is told while it lasts, what people write waits, and it ends by itself."""
    await house.tells_of_itself(200)
    with trouble:
        await house.tells_of_itself(503)
        polls = len(fake.called("getUpdates"))
        await fake.until(lambda: len(fake.called("getUpdates")) >= polls + 2, 30)
        assert fake.updates.pending
        assert await house.health() == 503
    await house.tells_of_itself(200)
