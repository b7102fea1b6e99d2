"""A notice to many chats through the outbox: at what share of the allowed pace, and who waits meanwhile.

    python -m benchmarks.broadcast [--messages 10000] [--pace 100] [--recipients 120000]

First so many recipients are written into the outbox, in chunks, as a job would: seconds and memory. Then the real
program sends messages against a fake Telegram that answers 429 to whatever goes beyond its limits; `--pace` scales
these (Telegram's are 30 a second), so that one need not wait for hours. Meanwhile other people press buttons.
"""

from __future__ import annotations

import asyncio
import json
import sqlite3
import tempfile
import time
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, field
from datetime import UTC, datetime
from functools import partial
from itertools import islice
from pathlib import Path

import click

from benchmarks.bots import our_bot
from benchmarks.chairs import FIRST_CHAT, VOICE
from benchmarks.command import benchmark
from benchmarks.databases import fresh_database
from benchmarks.process import many_files, resident
from benchmarks.table import Outcome, Ratio, Row
from benchmarks.town import found
from bot.effects import Speak
from bot.i18n import Code, _
from bot.messages import Address, Message, Outgoing, Priority
from storage.store import SqlStore
from storage.tables import outbox
from tests.end_to_end.rows import rows_of
from tests.fake_telegram import FakeTelegram, FakeUser
from tests.fake_telegram.state import Chat

FIRST_RECIPIENT = 1_000_000
AT_ONCE = 1000  # rows in one transaction
CHAIRS = 5  # people who talk meanwhile
THINKING = 1.2  # seconds between two messages of one of them: Telegram lets one a second through
BROADCAST_SECONDS = 3600.0


@click.command()
@click.option("--messages", default=10_000, show_default=True, help="Messages to send.")
@click.option("--pace", default=100.0, show_default=True, help="Messages a second that the fake allows in all.")
@click.option("--recipients", default=120_000, show_default=True, help="Recipients to write into the outbox.")
@click.option("--idle", default=10.0, show_default=True, help="Seconds to talk on afterwards, for comparison.")
@click.option("--postgresql", is_flag=True, help="On a PostgreSQL server of its own instead of a SQLite file.")
@benchmark
async def main(messages: int, pace: float, recipients: int, idle: float, postgresql: bool) -> Outcome:
    """Measure a broadcast."""
    many_files()
    rows: list[Row] = []
    with tempfile.TemporaryDirectory() as place, fresh_database(Path(place), postgresql) as url:
        written = await enqueued(url, Path(place), recipients)
        bare = bare_sqlite(Path(place) / "bare.db", recipients)
        rows.append({"what": "written into the outbox", "messages": recipients, **written.cells()})
        rows.append({"what": "the same rows, bare SQLite", "messages": recipients, **bare.cells()})
    with tempfile.TemporaryDirectory() as place, fresh_database(Path(place), postgresql) as url:
        sent = await broadcast(Path(place), url, messages, pace, idle)
    cost = 1000 * sent.processor / sent.delivered
    rows.append({"what": "sent", "messages": messages, "seconds": sent.seconds, "CPU ms/message": cost})
    rows += [_replies("meanwhile", sent.waits), _replies("afterwards", sent.idle_waits)]
    on = " (PostgreSQL)" if postgresql else ""
    ratios = [
        Ratio(f"delivered ÷ allowed pace of {pace:g}/s{on}", sent.pace / pace, least=0.95),
        Ratio(f"CPU, writing {recipients:,} recipients ÷ bare SQLite{on}", written.processor / bare.processor, False),
        Ratio(f"memory after ÷ before writing them{on}", written.memory_after / written.memory_before, False, most=1.2),
    ]
    settings = {"messages": messages, "pace": pace, "database": "PostgreSQL" if postgresql else "SQLite"}
    return Outcome("broadcast", settings, rows, ratios, tuple(_notes(sent, written)))


@dataclass(frozen=True, slots=True)
class Written:
    """What writing recipients took: seconds, those on a processor, and MB of memory after the first chunk and all."""

    seconds: float
    processor: float
    memory_before: float = 0.0
    memory_after: float = 0.0

    def cells(self) -> Row:
        """Show it."""
        return {"seconds": self.seconds, "CPU s": self.processor}


@dataclass(slots=True)
class Sent:
    """What came of sending. `waits` are of replies to other people, while it went on and afterwards."""

    messages: int
    delivered: int = 0  # from the first message to the last, replies too: they have the same pace
    seconds: float = 0.0
    processor: float = 0.0
    too_many: int = 0
    waits: list[float] = field(default_factory=list)
    idle_waits: list[float] = field(default_factory=list)

    @property
    def pace(self) -> float:
        """Give what was delivered a second, from the first message to the last."""
        return self.delivered / self.seconds


def _notes(sent: Sent, written: Written) -> Iterator[str]:
    memory = f"{written.memory_before:.0f} MB after the first of them, {written.memory_after:.0f} MB at the end"
    yield f"Each of {sent.messages:,} chats got its message exactly once; 429 was answered {sent.too_many} times."
    yield f"Memory while recipients were written: {memory}."


def _replies(when: str, waits: Sequence[float]) -> Row:
    ordered = [1000 * seconds for seconds in sorted(waits)]
    slow = {"p50 ms": ordered[len(ordered) // 2], "slowest ms": ordered[-1]} if ordered else {}
    return {"what": f"replies {when}", "messages": len(ordered), **slow}


def notices(count: int) -> Iterator[Speak]:
    """Compose a notice for each of so many chats, worded for its person."""
    now = datetime.now(UTC)
    for number in range(count):
        text = VOICE.speak(_("Received report BC{number} at {time}. Thank you, {you}.", number=Code(number), time=now))
        address = Address("telegram", str(FIRST_RECIPIENT + number))
        yield Speak(Outgoing(f"notice/1/{number}", address, Message(text), Priority.NOTICE))


async def enqueued(url: str, folder: Path, count: int) -> Written:
    """Write so many recipients."""
    await found(url, folder, 1)
    store = await SqlStore.open(url)
    try:
        made = notices(count)
        await _write(store, islice(made, AT_ONCE))
        before, began, used = resident(), time.perf_counter(), time.process_time()
        await _write(store, made)
        return Written(time.perf_counter() - began, time.process_time() - used, before, resident())
    finally:
        await store.close()


async def _write(store: SqlStore, effects: Iterable[Speak]) -> None:
    left = iter(effects)
    while lot := list(islice(left, AT_ONCE)):
        async with store.batch() as batch:
            await batch.write(lot)


def bare_sqlite(database: Path, count: int) -> Written:
    """Insert such rows with nothing around it, in as many transactions."""
    began, used = time.perf_counter(), time.process_time()
    connection = sqlite3.connect(database)
    connection.executescript("PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL;")
    connection.execute("CREATE TABLE outbox (id INTEGER PRIMARY KEY, key TEXT UNIQUE, chat, body, priority, state)")
    rows = ((f"notice/1/{n}", str(n), json.dumps({"text": "x" * 60}), "3-notice", "pending") for n in range(count))
    while lot := list(islice(rows, AT_ONCE)):
        with connection:
            connection.executemany("INSERT INTO outbox (key, chat, body, priority, state) VALUES (?, ?, ?, ?, ?)", lot)
    connection.close()
    return Written(time.perf_counter() - began, time.process_time() - used)


async def broadcast(folder: Path, url: str, messages: int, pace: float, idle: float) -> Sent:
    """Let the program send the messages that wait for it, while others talk with it."""
    await found(url, folder, CHAIRS)
    sent = Sent(messages)
    async with FakeTelegram(remembers=False) as fake:
        recipients = [fake.user(FIRST_RECIPIENT + number).chat for number in range(messages)]
        store = await SqlStore.open(url)
        await _write(store, notices(messages))
        await store.close()
        fake.keep_pace(pace, burst=1.0)
        async with our_bot(folder, fake, url, pace=pace) as bot:
            await _arrived(recipients[:1])
            began, before = time.perf_counter(), fake.counts["sendMessage", 200]
            talking = asyncio.create_task(_talk(fake, sent.waits))
            await _arrived(recipients)
            sent.seconds, sent.processor = time.perf_counter() - began, bot.processor_seconds
            sent.delivered = fake.counts["sendMessage", 200] - before
            await _ended(talking)
            with suppress(TimeoutError):
                await asyncio.wait_for(_talk(fake, sent.idle_waits), idle)
            sent.too_many = fake.counts["sendMessage", 429]
            await bot.stop()
        assert all(len(chat.inbox) == 1 for chat in recipients), "somebody got the message twice, or not at all"
    async with rows_of(url) as rows:
        assert len(await rows.of(outbox, priority=Priority.NOTICE, state="sent")) == messages
    return sent


async def _arrived(chats: Sequence[Chat]) -> None:
    """Wait until each of these got something."""
    for chat in chats:
        await chat.bell.until(partial(bool, chat.inbox), BROADCAST_SECONDS)


async def _talk(fake: FakeTelegram, waits: list[float]) -> None:
    async with asyncio.TaskGroup() as group:
        for number in range(CHAIRS):
            group.create_task(_asks(fake.user(FIRST_CHAT + number), number / CHAIRS, waits))


async def _asks(user: FakeUser, later: float, waits: list[float]) -> None:
    """Ask for the menu again and again, and note how long the answers take."""
    await asyncio.sleep(later * THINKING)
    while True:
        user.inbox.clear()
        began = time.perf_counter()
        await user.send("menu")
        await user.chat.bell.until(lambda: bool(user.inbox), 600)
        waits.append(time.perf_counter() - began)
        await asyncio.sleep(THINKING)


async def _ended(task: asyncio.Task[None]) -> None:
    task.cancel()
    with suppress(asyncio.CancelledError):
        await task


if __name__ == "__main__":
    main()
