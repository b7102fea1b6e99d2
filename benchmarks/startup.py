"""From the start of the process to its first question for updates: with an empty database, and with a whole country's.

    python -m benchmarks.startup [--units 120000] [--times 3] [--postgresql] [--no-peers]

The quickest of several starts counts: the others tell of what else the machine was doing.
"""

from __future__ import annotations

import tempfile
import time
from collections.abc import Callable
from contextlib import AbstractAsyncContextManager
from pathlib import Path
from typing import NamedTuple

import click

from benchmarks.bots import RunningBot, finished, our_bot, peer_bot, peers
from benchmarks.command import benchmark
from benchmarks.databases import fresh_database
from benchmarks.nation import list_of_units
from benchmarks.table import Outcome, Ratio, Row
from tests.fake_telegram import FakeTelegram

EMPTY = "ours, empty database"
PTB = "python-telegram-bot echo"


class Start(NamedTuple):
    """How long a start took, and what the process weighed then."""

    seconds: float
    processor: float
    memory: float


Run = Callable[[FakeTelegram], AbstractAsyncContextManager[RunningBot]]


@click.command()
@click.option("--units", default=120_000, show_default=True, help="Units in the large database.")
@click.option("--times", default=3, show_default=True, help="Starts of each.")
@click.option("--postgresql", is_flag=True, help="On a PostgreSQL server of its own instead of a SQLite file.")
@click.option("--peers/--no-peers", "beside", default=True, help="Start the bots that only echo too.")
@benchmark
async def main(units: int, times: int, postgresql: bool, beside: bool) -> Outcome:
    """Measure how long a start takes."""
    starts: dict[str, Start] = {}
    with tempfile.TemporaryDirectory() as place, fresh_database(Path(place), postgresql) as url:
        folder, full = Path(place), f"ours, {units:,} units"
        starts["ours, no database yet"] = await quickest(1, lambda fake: our_bot(folder, fake, url))
        starts[EMPTY] = await quickest(times, lambda fake: our_bot(folder, fake, url))
        file = list_of_units(folder / "units.csv", units)
        await finished(("units", "import", str(file)), folder, {"DATABASE_URL": url})
        starts[full] = await quickest(times, lambda fake: our_bot(folder, fake, url))
        for name in peers() if beside else ():
            starts[name] = await quickest(times, lambda fake, name=name: peer_bot(name, folder, fake))  # type: ignore[misc]
    on = " (PostgreSQL)" if postgresql else ""
    ratios = [Ratio(f"CPU, {full} ÷ empty{on}", starts[full].processor / starts[EMPTY].processor, False, most=1.33)]
    if PTB in starts:
        ratios.append(Ratio(f"CPU, empty ÷ {PTB}{on}", starts[EMPTY].processor / starts[PTB].processor, False))
        ratios.append(Ratio(f"memory, empty ÷ {PTB}{on}", starts[EMPTY].memory / starts[PTB].memory, False))
    settings = {"units": units, "database": "PostgreSQL" if postgresql else "SQLite"}
    return Outcome("startup", settings, [row(name, start) for name, start in starts.items()], ratios)


def row(name: str, start: Start) -> Row:
    """Show one kind of start."""
    cells = {"until the first poll s": start.seconds, "CPU s": start.processor, "memory MB": start.memory}
    return {"start": name, **cells}


async def quickest(times: int, run: Run) -> Start:
    """Start so often, and give the quickest."""
    return min([await once(run) for _time in range(times)])


async def once(run: Run) -> Start:
    """Start and stop."""
    async with FakeTelegram(remembers=False) as fake:
        began = time.perf_counter()
        async with run(fake) as bot:
            start = Start(time.perf_counter() - began, bot.began, bot.resident)
            await bot.stop()
    return start


if __name__ == "__main__":
    main()
