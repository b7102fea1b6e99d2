"""The program is ended again and again while chairs report, now suddenly, now in good order, on a bad network."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from random import Random

from tests.end_to_end.chairs import Chair
from tests.end_to_end.lost_nothing import Hardships, heard_by_now
from tests.end_to_end.program import Program
from tests.fake_telegram import FakeTelegram

IN_ORDER = 0.15  # of the ends, so many are a SIGTERM
IN_THE_BEGINNING = 0.3  # of the starts, so many are killed before they have signed in
LONGEST_RUN = 125  # calls to the messenger before the lines are cut, and again before the next end
START_SECONDS = 120


@asynccontextmanager
async def at_work(chairs: Sequence[Chair]) -> AsyncIterator[None]:
    """Let chairs report meanwhile; at the end each finishes, or leaves, what is under way."""
    bell = asyncio.Event()
    async with asyncio.TaskGroup() as group:
        for chair in chairs:
            group.create_task(chair.works(bell))
        yield
        bell.set()


class Killing:
    """Ends the program and starts it again. The seed says when and how."""

    def __init__(self, house: Program, fake: FakeTelegram, seed: str) -> None:
        self.house = house
        self.fake = fake
        self.hardships = Hardships()
        self.kills = self.stops = 0
        self._twice = False  # whether every message is brought twice, now and then
        self._chance = Random(seed)

    async def once(self) -> None:
        """End the program in the midst of the work, at some call to the messenger, and start it again."""
        self._twice = not self._twice
        self.fake.duplicate_delivery(self._twice)
        await self._some_calls()
        # Not at once: what comes first is what the last run left, and after six such tries a reply is given up.
        self._cut_off()
        await self._some_calls()
        await asyncio.sleep(self._chance.random() / 50)  # between two calls as well as at one
        if self._chance.random() < IN_ORDER:
            assert await self.house.stop() == 0
            self.stops += 1
        else:
            await self._kill()
        await self._start()
        self.hardships.starts.append(heard_by_now(self.fake))

    async def _some_calls(self) -> None:
        enough = len(self.fake.calls) + self._chance.randint(5, LONGEST_RUN)
        await self.fake.until(lambda: len(self.fake.calls) >= enough, START_SECONDS)

    async def _start(self) -> None:
        await self.house.start()
        if self._chance.random() < IN_THE_BEGINNING and not await self.house.is_up_within(self._chance.random()):
            await self._kill()
            await self.house.start()
        await self.house.up(START_SECONDS)

    async def _kill(self) -> None:
        await self.house.kill()
        self.kills += 1

    def _cut_off(self) -> None:
        """Let connections break before and after the messenger has taken a call."""
        times = self._chance.randint(1, 3)
        self.hardships.cut_off += times
        self.fake.next_send_fails("reset after", times=times)
        self.fake.next_send_fails("reset before", times=self._chance.randint(1, 3))
        self.fake.next_fails("getUpdates", "reset after")

    def told(self, chairs: Sequence[Chair]) -> str:
        """Tell how much was done and gone through."""
        versions = sum(len(chair.book.versions) for chair in chairs)
        photos, drafts = sum(chair.photos for chair in chairs), sum(chair.open is not None for chair in chairs)
        return (
            f"{self.kills} kills, {self.stops} stops, {self.hardships.cut_off} answers cut off; "
            f"{versions} versions of reports, {photos} photos, {drafts} drafts open, {len(self.fake.calls)} calls"
        )
