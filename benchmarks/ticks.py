"""The clock over a nation: reminding everybody of a period, and a minute in which nothing is due.

    python -m benchmarks.ticks [--units 120000]

The reminder is planned by a tick and expanded by its jobs into one message for each person, committed in chunks; beside
it, what SQLite alone needs for as many messages with as much in them. The quiet minute is measured in a database of
that size and in one of a thousandth of it.
"""

from __future__ import annotations

import json
import sqlite3
import statistics
import tempfile
import time
from dataclasses import dataclass
from datetime import datetime, timedelta
from pathlib import Path

import click

from benchmarks.command import benchmark
from benchmarks.process import peak
from benchmarks.table import Outcome, Ratio
from bot.cli.run import spare_the_collector
from bot.i18n import ZONE
from storage.migrate import migrate
from tests.clock.province import lay_out
from tests.clock.world import Clockwork

T7 = datetime(2026, 11, 9, 8, tzinfo=ZONE)
QUIET_TICKS = 50


@dataclass(frozen=True, slots=True)
class Reminded:
    """What reminding everybody took: seconds in all, of the processor, and of the longest job."""

    seconds: float
    processor: float
    longest: float


@click.command()
@click.option("--units", default=120_000, show_default=True, help="Grassroots unions.")
@benchmark
async def main(units: int) -> Outcome:
    """Measure the clock."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        few = await opened(folder / "few.db", max(20, units // 1000))
        quiet_few = await quiet(few)
        await few.store.close()
        many = await opened(folder / "many.db", units)
        quiet_many, before = await quiet(many), peak()
        spare_the_collector()  # as the program does
        took = await reminded(many)
        messages = (await many.store.counts())["outbox"]["pending"]
        await many.store.close()
        bare = bare_sqlite(folder / "bare.db", messages)
    rows = [
        {"what": "reminding everybody", "seconds": took.seconds, "CPU s": took.processor},
        {"what": "its longest job", "seconds": took.longest},
        {"what": "as many rows in bare SQLite", "CPU s": bare},
        {"what": "a quiet tick, few units", "seconds": quiet_few},
        {"what": "a quiet tick, many units", "seconds": quiet_many},
    ]
    ratios = (
        Ratio(f"CPU, reminding {messages:,} people ÷ bare SQLite", took.processor / bare, more_is_better=False),
        Ratio(f"quiet tick, {units:,} units ÷ a thousandth of them", quiet_many / quiet_few, more_is_better=False),
    )
    targets = "Targets: 10 s, better 3 s; no job longer than 0.2 s. " if units >= 120_000 else ""
    notes = (f"{targets}{messages:,} messages; {peak() - before:.0f} MB more memory while reminding.",)
    return Outcome("ticks", {"units": units}, rows, ratios, notes)


def bare_sqlite(file: Path, messages: int) -> float:
    """Insert as many messages with nothing around it; give the seconds of the processor."""
    began = time.process_time()
    connection = sqlite3.connect(file)
    connection.execute("CREATE TABLE said (key TEXT PRIMARY KEY, chat TEXT, body TEXT)")
    body = json.dumps({"text": "x" * 300, "buttons": [["label", "data", "key"]] * 4})
    with connection:
        connection.executemany("INSERT INTO said VALUES (?, ?, ?)", ((f"p{n}", str(n), body) for n in range(messages)))
    connection.close()
    return time.process_time() - began


async def opened(path: Path, units: int) -> Clockwork:
    """Make a database with so many units, and a clock that has ticked once over it."""
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url)
    clock = await Clockwork.open(url, T7 - timedelta(hours=2))
    await lay_out(clock.store, units)
    await clock.planner(T7 - timedelta(hours=2))
    return clock


async def quiet(clock: Clockwork) -> float:
    """Give the median of ticks with nothing due, in seconds."""
    took = []
    for minute in range(1, QUIET_TICKS + 1):
        start = time.perf_counter()
        await clock.planner(T7 - timedelta(hours=1) + minute * timedelta(seconds=1))
        took.append(time.perf_counter() - start)
    return statistics.median(took)


async def reminded(clock: Clockwork) -> Reminded:
    """Remind everybody of the year."""
    clock.time.now = T7
    began, used, longest = time.perf_counter(), time.process_time(), 0.0
    await clock.planner(T7)
    while claims := await clock.store.due_jobs(T7, 8):
        for claim in claims:
            start = time.perf_counter()
            if claim.job.kind == "remind":  # the Monday's digests are another matter
                await clock.do(claim)
            longest = max(longest, time.perf_counter() - start)
    return Reminded(time.perf_counter() - began, time.process_time() - used, longest)


if __name__ == "__main__":
    main()
