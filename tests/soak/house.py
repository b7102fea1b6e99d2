"""The real house on a real SQLite file, with everything that costs time in fast motion, and chairs at its edge."""

from __future__ import annotations

import asyncio
import heapq
from collections.abc import AsyncIterator, Awaitable, Callable, Coroutine, Mapping, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random
from typing import Any, ParamSpec, TypeVar

from bot.cli.importing import import_units
from bot.clock import Clock, Heartbeat, Housekeeping
from bot.effects import Effect, GrantRole, LinkAddress, NewPerson
from bot.inbox.door import Inbox
from bot.jobs import FetchFile, Jobs, Sweep
from bot.messages import Address, Later, Message, Uncertain
from bot.outbox import Outbox
from bot.ports import Deliver, Facts
from bot.records import Person, Role
from storage.migrate import migrate
from tests.doors.house import TELEGRAM, House, Time
from tests.end_to_end.chairs import factories, list_of_units
from tests.fake_telegram.users import JPEG
from tests.soak.chairs import CHANNEL, Chair
from tests.stage import house as house_rules

P = ParamSpec("P")
T = TypeVar("T")

TROUBLES = 0.002  # of the sends, so many fail: half of them have arrived all the same
MEGABYTE = 1024 * 1024
FILES = "attachments"
KEPT_BODIES, KEPT_SEEN = 30, 14  # days, as by default


class FastTime(Time):
    """Time that leaps: whoever would have woken several times meanwhile wakes once, at the end."""

    async def leap(self, seconds: float) -> None:
        """Let so much time pass at once."""
        self.now += timedelta(seconds=seconds)
        while self.sleepers and self.sleepers[0][0] <= self.now:
            _due, _number, future = heapq.heappop(self.sleepers)
            if not future.done():
                future.set_result(None)
        await self.settle()


class Edge:
    """The channel: hands what is said to its chair, at times with trouble."""

    name = CHANNEL
    facts: Facts = TELEGRAM
    trouble = ""

    def __init__(self, chairs: Mapping[str, Chair], chance: Random) -> None:
        self._chairs = chairs
        self._chance = chance
        self.sent = self.failed = 0

    async def run(self, deliver: Deliver) -> None:
        await asyncio.Event().wait()

    async def send(self, chat: str, message: Message) -> str:
        luck = self._chance.random()
        self.failed += luck < TROUBLES
        if luck < TROUBLES / 2:
            raise Later(1.0, "too much")
        self.sent += 1
        self._chairs[chat].hears(message)
        if luck < TROUBLES:
            raise Uncertain("the line was cut")
        return str(self.sent)

    async def fetch(self, remote: str, limit: int) -> bytes:
        return JPEG + remote.encode()

    def link(self, code: str) -> str:
        return ""

    async def close(self) -> None:
        """Nothing is held."""


def watched(store: House, work: Callable[P, Awaitable[T]]) -> Callable[P, Coroutine[Any, Any, T]]:
    """Let time wait for work on files as it waits for the store."""

    async def counted(*args: P.args, **kwargs: P.kwargs) -> T:
        store.at_work += 1
        try:
            return await work(*args, **kwargs)
        finally:
            store.at_work -= 1

    return counted


@dataclass(frozen=True, slots=True)
class Fast:
    """The house at work: what comes in goes through `inbox`."""

    store: House
    inbox: Inbox
    edge: Edge
    time: FastTime


@asynccontextmanager
async def fast_house(folder: Path, chairs: Mapping[str, Chair]) -> AsyncIterator[Fast]:
    """Open a house where these are the chairs, the one of the first unit first; at the end everything is closed."""
    time = FastTime()
    store = await _store(folder, time)
    await _appoint(store, list(chairs), time.now)
    edge = Edge(chairs, Random("edge"))
    outbox = Outbox(store, {CHANNEL: edge}, time.clock, sleep=time.sleep)
    house = house_rules(count(1), file_path=lambda sha256: str(folder / FILES / sha256))
    fetch = FetchFile({CHANNEL: edge}, folder / FILES, MEGABYTE, lambda language: house.voice(Person("", language)))
    jobs = Jobs(store, {"fetch": watched(store, fetch)}, time.clock, sleep=time.sleep, spoke=outbox.wake)
    inbox = Inbox(store, house, outbox, time.clock, wake_jobs=jobs.wake)
    clock = Clock(_ticks(store, folder), time.clock, sleep=time.sleep)
    doors = [asyncio.create_task(door) for door in (inbox.run(), outbox.run(), jobs.run(), clock.run())]
    await time.settle()
    try:
        yield Fast(store, inbox, edge, time)
    finally:
        for door in doors:
            door.cancel()
        await asyncio.gather(*doors, return_exceptions=True)
        await outbox.drain(1)
        await store.close()


async def _store(folder: Path, time: FastTime) -> House:
    file = folder / "bot.db"
    url = f"sqlite+aiosqlite:///{file}"
    await migrate(url)
    store = await House.open(url, time.clock)
    assert isinstance(store, House)
    store.file, time.watched = str(file), store
    return store


async def _appoint(store: House, chats: Sequence[str], now: datetime) -> None:
    """Make the units, and put somebody with such a chat at the head of each."""
    assert not (await import_units(store, list_of_units(Path(store.file).parent, len(chats)), dry_run=False)).refused
    async with store.reading() as reads:
        units = [await reads.unit_by_code(code) for code, _name in factories(len(chats))]
    people: list[Effect] = []
    for chat, unit in zip(chats, units, strict=True):
        assert unit is not None
        person = Person(f"p-{chat}", chat, "anh", "0912345678")
        people += [NewPerson(person), LinkAddress(Address(CHANNEL, chat), person.id, now)]
        people.append(GrantRole(person.id, unit.id, Role.CHAIR, now.date()))
    await store.write(*people)


def _ticks(store: House, folder: Path) -> dict[str, Callable[[datetime], Any]]:
    sweep = Sweep(store, folder / FILES, folder / "exports")
    return {
        "heartbeat": Heartbeat(store),
        "housekeeping": Housekeeping(store, KEPT_BODIES, KEPT_SEEN),
        "sweep": watched(store, sweep),
    }
