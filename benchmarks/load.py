"""Chairs filling in a form, as fast as they are answered: our program beside bots that only echo.

    python -m benchmarks.load [--chairs 200 --chairs 2000] [--reports 1000] [--rounds 1] [--postgresql] [--no-peers]

Every bot runs in a process of its own against the same fake Telegram, which answers here, as do the chairs. They send
the same number of updates to each. Ours keeps every answer (with `synchronous=FULL`), confirms after the commit, and
fetches the photos; afterwards each report must be in the database exactly once. On a machine that does other things
too, several short rounds say more than a long one: all bots then meet the same weather.
"""

from __future__ import annotations

import asyncio
import re
import tempfile
import time
from collections.abc import AsyncIterator, Iterator, Sequence
from contextlib import asynccontextmanager, suppress
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from itertools import product
from pathlib import Path

import aiohttp
import click

from benchmarks.bots import OURS, PEERS, RunningBot, our_bot, peer_bot, peers
from benchmarks.chairs import FIRST_CHAT, Chair, EchoChair, Measured, last_days
from benchmarks.command import benchmark
from benchmarks.databases import fresh_database
from benchmarks.process import many_files, processor_seconds
from benchmarks.table import Outcome, Ratio, Row
from benchmarks.town import everything_is_there, found
from bot.i18n import local_day
from bot.reporting.calendar import Calendar
from tests.fake_telegram import FakeTelegram

LOOK_EVERY = 0.2  # seconds between two looks at a bot's memory
PHOTOS_SECONDS = 120.0
NUMBER = re.compile(r"^(bot_\S+) ([\d.e+]+)$", re.MULTILINE)
FETCHED = 'bot_jobs_tried_total{kind="fetch",outcome="done"}'
PTB, AIOGRAM, BARE = PEERS


@dataclass(frozen=True, slots=True)
class Run:
    """What came of one bot with so many chairs."""

    bot: str
    chairs: int
    measured: Measured
    took: float  # seconds
    processor: float  # seconds of the bot
    driver: float  # seconds of the fake and the chairs
    memory: float  # MB, the most that was seen
    commits: float | None = None

    def __add__(self, other: Run) -> Run:
        """Pool two rounds of the same bot."""
        return replace(
            self,
            measured=self.measured + other.measured,
            took=self.took + other.took,
            processor=self.processor + other.processor,
            driver=self.driver + other.driver,
            memory=max(self.memory, other.memory),
            commits=None if self.commits is None or other.commits is None else self.commits + other.commits,
        )

    @property
    def pace(self) -> float:
        """Give updates a second."""
        return self.measured.updates / self.took

    @property
    def cost(self) -> float:
        """Give milliseconds of processor time for an update."""
        return 1000 * self.processor / self.measured.updates

    def row(self) -> Row:
        """Show it."""
        return {
            "bot": self.bot,
            "chairs": self.chairs,
            "updates": self.measured.updates,
            "updates/s": self.pace,
            "CPU ms/update": self.cost,
            "p50 ms": 1000 * self.measured.percentile(0.5),
            "p99 ms": 1000 * self.measured.percentile(0.99),
            "memory MB": self.memory,
            "commits/update": None if self.commits is None else self.commits / self.measured.updates,
            "fake busy %": 100 * self.driver / self.took,
        }


@click.command()
@click.option("--chairs", multiple=True, default=(200, 2000), show_default=True, help="Virtual chairs; repeatable.")
@click.option("--reports", default=1000, show_default=True, help="Reports in all, at least one of each chair.")
@click.option("--rounds", default=1, show_default=True, help="So often, all bots in turn; the sum counts.")
@click.option("--postgresql", is_flag=True, help="On a PostgreSQL server of its own instead of a SQLite file.")
@click.option("--peers/--no-peers", "beside", default=True, help="Run the bots that only echo too.")
@benchmark
async def main(chairs: Sequence[int], reports: int, rounds: int, postgresql: bool, beside: bool) -> Outcome:
    """Measure the whole program under load."""
    many_files()
    single: list[Run] = []
    notes: list[str] = []
    for count, _round in product(chairs, range(rounds)):
        each = max(1, reports // count)
        single.append(await ours(count, each, postgresql, notes))
        single += [await echo(name, count, each) for name in (peers() if beside else ())]
    runs = pooled(single)
    missing = sorted(PEERS.keys() - set(peers()))
    notes += (
        [f"Not installed here (make bench does that), so not measured: {', '.join(missing)}."]
        if beside and missing
        else []
    )
    settings = {"chairs": " and ".join(map(str, chairs)), "database": "PostgreSQL" if postgresql else "SQLite"}
    return Outcome("load", settings, [run.row() for run in runs], list(ratios(runs, postgresql)), notes)


def pooled(runs: Sequence[Run]) -> list[Run]:
    """Put the rounds of each bot together."""
    together: dict[tuple[str, int], Run] = {}
    for run in runs:
        key = run.bot, run.chairs
        together[key] = together[key] + run if key in together else run
    return list(together.values())


async def ours(count: int, each: int, postgresql: bool, notes: list[str]) -> Run:
    """Measure our program, and look afterwards whether everything is there."""
    with tempfile.TemporaryDirectory() as place, fresh_database(Path(place), postgresql) as url:
        folder = Path(place)
        await found(url, folder, count)
        async with FakeTelegram(remembers=False) as fake, our_bot(folder, fake, url) as bot:
            chairs = people(Chair, fake, count, each)
            run = await measured(bot, fake, chairs, photos=count * each)
            await bot.stop()
        notes.append(f"{count:,} chairs: {await everything_is_there(url, chairs)}")
    return run


async def echo(name: str, count: int, each: int) -> Run:
    """Measure a bot that echoes."""
    with tempfile.TemporaryDirectory() as folder:
        async with FakeTelegram(remembers=False) as fake, peer_bot(name, Path(folder), fake) as bot:
            run = await measured(bot, fake, people(EchoChair, fake, count, each))
            await bot.stop()
    return run


def people(kind: type[Chair], fake: FakeTelegram, count: int, each: int) -> list[Chair]:
    """Give the chairs, each with as many days of dialogues as it has to report."""
    now, together = datetime.now(UTC), Measured()
    since = Calendar().open(now).since
    days = last_days(local_day(now), since, each)
    return [kind(fake.user(FIRST_CHAT + number), together, days) for number in range(count)]


async def measured(bot: RunningBot, fake: FakeTelegram, chairs: Sequence[Chair], photos: int = 0) -> Run:
    """Let all chairs work, and see what it costs."""
    began, driver = time.perf_counter(), processor_seconds()
    async with looking(bot):
        async with asyncio.TaskGroup() as group:
            for chair in chairs:
                group.create_task(chair.works())
        took, driver = time.perf_counter() - began, processor_seconds() - driver
        await fake.all_taken(PHOTOS_SECONDS)
        commits = await settled(bot, photos) if bot.port else None
    return Run(bot.name, len(chairs), chairs[0].measured, took, bot.processor_seconds, driver, bot.largest, commits)


@asynccontextmanager
async def looking(bot: RunningBot) -> AsyncIterator[None]:
    """Look at a bot's memory now and then: the chairs are in the midst of their forms."""

    async def look() -> None:
        while True:
            bot.largest = max(bot.largest, bot.resident)
            await asyncio.sleep(LOOK_EVERY)

    looks = asyncio.create_task(look())
    yield
    looks.cancel()
    with suppress(asyncio.CancelledError):
        await looks


async def settled(bot: RunningBot, photos: int) -> float:
    """Wait until all photos are fetched; tell how often our program committed."""
    async with asyncio.timeout(PHOTOS_SECONDS), aiohttp.ClientSession() as session:
        while True:
            async with session.get(f"http://127.0.0.1:{bot.port}/metrics") as response:
                numbers: dict[str, str] = dict(NUMBER.findall(await response.text()))
            waiting = sum(float(number) for name, number in numbers.items() if name.startswith("bot_jobs{"))
            if float(numbers.get(FETCHED, 0)) >= photos and not waiting:  # the one is counted before it is committed
                return float(numbers["bot_commits_total"])
            await asyncio.sleep(LOOK_EVERY)


def ratios(runs: Sequence[Run], postgresql: bool) -> Iterator[Ratio]:
    """Divide what is ours by what is the others', and by the targets that we set ourselves."""
    where = " (PostgreSQL)" if postgresql else ""
    for mine in (run for run in runs if run.bot == OURS):
        others = {run.bot: run for run in runs if run.chairs == mine.chairs}
        on = f"{mine.chairs:,} chairs{where}"
        for name, least in ((PTB, 3.0), (AIOGRAM, 1.5), (BARE, 0.5)):
            if other := others.get(name):
                yield Ratio(f"updates/s ÷ {name}, {on}", mine.pace / other.pace, least=least)
                yield Ratio(f"CPU per update ÷ {name}, {on}", mine.cost / other.cost, more_is_better=False)
        if other := others.get(PTB):
            slowest = mine.measured.percentile(0.99) / other.measured.percentile(0.99)
            yield Ratio(f"p99 ÷ {PTB}, {on}", slowest, more_is_better=False, most=0.5)
            yield Ratio(f"memory ÷ {PTB}, {on}", mine.memory / other.memory, more_is_better=False)
        if mine.commits is not None:
            yield Ratio(f"commits per update, {on}", mine.commits / mine.measured.updates, False, most=0.1)


if __name__ == "__main__":
    main()
