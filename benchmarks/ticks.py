"""The clock over a nation: reminding everybody of a period, and a minute in which nothing is due.

    python benchmarks/ticks.py [--units 120000] [--json FILE]

The reminder is planned by a tick and expanded by its jobs into one message for each person, committed in chunks; the
quiet minute is measured in a database of that size and in one of a thousandth of it.
"""

from __future__ import annotations

import asyncio
import json
import resource
import statistics
import sys
import tempfile
import time
from datetime import datetime, timedelta
from pathlib import Path

import click

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from bot.i18n import ZONE
from storage.migrate import migrate
from tests.clock.province import lay_out
from tests.clock.world import Clockwork

T7 = datetime(2026, 11, 9, 8, tzinfo=ZONE)
MINUTE = timedelta(minutes=1)
QUIET_TICKS = 50


@click.command()
@click.option("--units", default=120_000, show_default=True, help="Grassroots unions.")
@click.option("--json", "out", type=click.Path(path_type=Path), help="Write the numbers here too.")
def main(units: int, out: Path | None) -> None:
    """Measure the clock."""
    with tempfile.TemporaryDirectory() as folder:
        numbers = asyncio.run(measure(Path(folder), units))
    for name, number in numbers.items():
        click.echo(f"{name:<42} {number:>12,.3f}")
    if out is not None:
        out.write_text(json.dumps(numbers, indent=2), encoding="utf-8")


async def measure(folder: Path, units: int) -> dict[str, float]:
    """Give the numbers: seconds, milliseconds, rows, megabytes."""
    few = await opened(folder / "few.db", max(20, units // 1000))
    quiet_few = await quiet(few)
    await few.store.close()
    many = await opened(folder / "many.db", units)
    before = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    quiet_many = await quiet(many)
    seconds, longest = await reminded(many)
    after = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    waiting = (await many.store.counts())["outbox"]["pending"]
    await many.store.close()
    return {
        "units": units,
        "messages": waiting,
        "remind everybody, s": seconds,
        "longest job, s": longest,
        "more memory while reminding, MB": (after - before) / 1024,
        "quiet tick, few units, ms": quiet_few,
        "quiet tick, many units, ms": quiet_many,
    }


async def opened(path: Path, units: int) -> Clockwork:
    """Make a database with so many units, and a clock that has ticked once over it."""
    url = f"sqlite+aiosqlite:///{path}"
    await migrate(url)
    clock = await Clockwork.open(url, T7 - timedelta(hours=2))
    await lay_out(clock.store, units)
    await clock.planner(T7 - timedelta(hours=2))
    return clock


async def quiet(clock: Clockwork) -> float:
    """Give the median of ticks with nothing due, in milliseconds."""
    took = []
    for minute in range(1, QUIET_TICKS + 1):
        start = time.perf_counter()
        await clock.planner(T7 - timedelta(hours=1) + minute * timedelta(seconds=1))
        took.append((time.perf_counter() - start) * 1000)
    return statistics.median(took)


async def reminded(clock: Clockwork) -> tuple[float, float]:
    """Remind everybody of the year; give the seconds in all, and those of the longest job."""
    clock.time.now = T7
    begin, longest = time.perf_counter(), 0.0
    await clock.planner(T7)
    while claims := await clock.store.due_jobs(T7, 8):
        for claim in claims:
            start = time.perf_counter()
            if claim.job.kind == "remind":  # the Monday's digests are another matter
                await clock.do(claim)
            longest = max(longest, time.perf_counter() - start)
    return time.perf_counter() - begin, longest


if __name__ == "__main__":
    main()
