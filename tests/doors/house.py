"""What the doors stand between in these tests: a real SQLite store, channels that record, time that we pass."""

from __future__ import annotations

import asyncio
import heapq
import sqlite3
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from typing import Any, Protocol

from bot.effects import Effect, Speak
from bot.messages import Address, Message, Outgoing, Priority
from bot.outbox import Outbox
from bot.ports import Claim, Deliver, Facts, StoreBusy
from bot.vitals import Vitals
from storage.batch import SqlBatch
from storage.reads import SqlReads
from storage.store import SqlStore

NOW = datetime(2026, 11, 16, 2, 0, tzinfo=UTC)
FAST = Facts(4096, buttons=True, edits=True, files=True, pace=float("inf"), pace_chat=float("inf"))
TELEGRAM = Facts(4096, buttons=True, edits=True, files=True, pace=30.0, pace_chat=1.0)


class House(SqlStore):
    """The real store. It knows whether it is at work, counts its write transactions, and can be made busy."""

    at_work = 0
    batches = 0
    busy_times = 0
    file = ""

    @asynccontextmanager
    async def batch(self) -> AsyncIterator[SqlBatch]:
        self.at_work += 1
        try:
            if self.busy_times:
                self.busy_times -= 1
                raise StoreBusy("database is locked")
            async with super().batch() as batch:
                yield batch
            self.batches += 1
        finally:
            self.at_work -= 1

    @asynccontextmanager
    async def reading(self) -> AsyncIterator[SqlReads]:
        self.at_work += 1
        try:
            async with super().reading() as reads:
                yield reads
        finally:
            self.at_work -= 1

    async def write(self, *effects: Effect) -> list[Claim]:
        """Commit effects; give the replies to send."""
        async with self.batch() as batch:
            return await batch.write(effects)

    def rows(self, sql: str, *values: Any) -> list[Any]:
        """Look into the file; rows of one column come as bare values."""
        connection = sqlite3.connect(self.file)
        try:
            rows = connection.execute(sql, values).fetchall()
        finally:
            connection.close()
        return [row[0] if len(row) == 1 else row for row in rows]

    def state(self, key: str) -> str:
        """Tell the state of an outbox row."""
        return str(self.rows("SELECT state FROM outbox WHERE key = ?", key)[0])

    def why(self, key: str) -> str:
        """Tell why it is in that state."""
        return str(self.rows("SELECT why FROM outbox WHERE key = ?", key)[0])


class AtWork(Protocol):
    """Something that may be working in another thread."""

    at_work: int


@dataclass
class Time:
    """A clock that stands still until it is told to go on."""

    now: datetime = NOW
    watched: AtWork | None = None
    sleepers: list[tuple[datetime, int, asyncio.Future[None]]] = field(default_factory=list)
    slept: int = 0

    def clock(self) -> datetime:
        """Tell the time."""
        return self.now

    async def sleep(self, seconds: float) -> None:
        """Sleep until somebody has let that much time pass."""
        self.slept += 1
        future = asyncio.get_running_loop().create_future()
        heapq.heappush(self.sleepers, (self.now + timedelta(seconds=seconds), self.slept, future))
        await future

    async def settle(self) -> None:
        """Let everybody do what can be done without time passing."""
        quiet = 0
        while quiet < 30:
            working = self.watched and self.watched.at_work
            await asyncio.sleep(0.0005 if working else 0)
            quiet = 0 if working else quiet + 1

    async def go(self, seconds: float) -> None:
        """Let time pass, waking each sleeper at its moment."""
        end = self.now + timedelta(seconds=seconds)
        await self.settle()
        while self.sleepers and self.sleepers[0][0] <= end:
            due, _number, future = heapq.heappop(self.sleepers)
            if future.done():
                continue
            self.now = max(self.now, due)
            future.set_result(None)
            await self.settle()
        self.now = end
        await self.settle()


class Recorder:
    """A channel that records what it sends. `fails` maps a text to the failures of its first tries."""

    def __init__(self, clock: Callable[[], datetime], name: str = "telegram", facts: Facts = FAST) -> None:
        self.name = name
        self.facts = facts
        self.trouble = ""
        self.said: list[tuple[str, str]] = []
        self.at: list[datetime] = []
        self.fails: dict[str, list[Exception]] = {}
        self.held: dict[str, asyncio.Event] = {}
        self._clock = clock

    async def run(self, deliver: Deliver) -> None:
        await asyncio.Event().wait()

    async def send(self, chat: str, message: Message) -> str:
        if chat in self.held:
            await self.held[chat].wait()
        if failures := self.fails.get(message.text):
            raise failures.pop(0)
        self.said.append((chat, message.text))
        self.at.append(self._clock())
        return f"m{len(self.said)}"

    async def fetch(self, remote: str, limit: int) -> bytes:
        raise AssertionError(remote)

    def link(self, code: str) -> str:
        return ""

    async def close(self) -> None:
        self.held.clear()

    @property
    def texts(self) -> list[str]:
        """The texts said, in order."""
        return [text for _chat, text in self.said]

    def seconds(self, text: str) -> float:
        """When a text was said, in seconds since the test began."""
        return (self.at[self.texts.index(text)] - NOW).total_seconds()


def say(
    text: str,
    chat: str = "1",
    priority: Priority = Priority.REPLY,
    channel: str = "telegram",
    not_before: datetime | None = None,
) -> Speak:
    """Something to say, with its text as key."""
    return Speak(Outgoing(text, Address(channel, chat), Message(text), priority, not_before))


def notices(texts: Sequence[str]) -> list[Speak]:
    """Notices to as many chats."""
    return [say(text, chat=f"chat {text}", priority=Priority.NOTICE) for text in texts]


@asynccontextmanager
async def working(store: House, time: Time, *channels: Recorder, vitals: Vitals | None = None) -> AsyncIterator[Outbox]:
    """An outbox at work."""
    outbox = Outbox(store, {c.name: c for c in channels}, time.clock, sleep=time.sleep, vitals=vitals)
    task = asyncio.create_task(outbox.run())
    await time.settle()
    try:
        yield outbox
    finally:
        task.cancel()
        with suppress(asyncio.CancelledError):
            await task
        await outbox.drain(1)
