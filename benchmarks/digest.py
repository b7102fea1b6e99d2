"""An officer asks for the digest of the month: how long the whole answer takes, from the message to the commit.

    python -m benchmarks.digest [--country province|nation] [--unions N] [--months 12] [--postgresql] [--folder DIR]

The country is invented once and kept in the folder. The digest is asked for by officers of an area, a province and the
root, each through the real inbox. "turn" is how long the write transaction lasted: what covers many units is answered
by a job after it. "CPU" is what this process used of it (not a PostgreSQL server). Beside it: the bare sum over all
figures of the same two months.
"""

from __future__ import annotations

import asyncio
import os
import statistics
import tempfile
import time
from collections.abc import Coroutine, Iterator
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from itertools import count
from pathlib import Path
from typing import Any

import click
from sqlalchemy import Date, bindparam, text
from sqlalchemy.ext.asyncio import AsyncEngine, create_async_engine

from benchmarks.command import benchmark
from benchmarks.country import NATION, NOW, PROVINCE, Country, build
from benchmarks.databases import fresh_database
from benchmarks.process import peak
from benchmarks.table import Outcome, Ratio
from bot.effects import GrantRole, LinkAddress, NewPerson
from bot.inbox.door import Inbox
from bot.jobs import Answer
from bot.messages import Address, Incoming
from bot.ports import SentMark
from bot.records import Person, Role
from bot.reporting.periods import Period
from storage.engine import sqlite_engine, understood
from storage.migrate import migrate
from storage.store import SqlStore, transaction
from storage.threads import ThreadEngine
from tests.stage import Paper, house

BARE = text(
    "SELECT form, field, choice, sum(value) FROM figures"
    " WHERE day BETWEEN :since AND :until GROUP BY form, field, choice"
).bindparams(bindparam("since", type_=Date), bindparam("until", type_=Date))
COUNTRIES = {"province": PROVINCE, "nation": NATION}


@click.command()
@click.option("--country", type=click.Choice(list(COUNTRIES)), default="province", show_default=True)
@click.option("--unions", type=int, help="Grassroots unions, instead of the country's own number.")
@click.option("--months", default=12, show_default=True, help="Months of reports behind it.")
@click.option("--postgresql", is_flag=True, help="On a PostgreSQL server of its own instead of a SQLite file.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where invented countries are kept.")
@click.option("--times", default=7, show_default=True, help="Digests asked for, of each officer.")
@benchmark
async def main(
    country: str, unions: int | None, months: int, postgresql: bool, folder: Path | None, times: int
) -> Outcome:
    """Measure the digest."""
    chosen = COUNTRIES[country]
    chosen = replace(chosen, months=months, unions=unions or chosen.unions)
    folder = folder or Path(tempfile.gettempdir()) / "tieng-co-so-countries"
    database = "postgresql" if postgresql else "sqlite"
    with invented(chosen, database, folder) as url:
        rows, ratio = await measure(chosen, url, times)
    of = f"{chosen.name} of {chosen.unions:,} unions, {months} months"
    settings = {"country": of, "database": database}
    notes = (f"{peak():.0f} MB of memory at most.",)
    # Whoever else uses the machine only ever adds to the time, so the smallest is the one to compare.
    least = Ratio(f"digest of the whole ÷ bare sum, {of}", ratio, more_is_better=False)
    return Outcome("digest", settings, rows, (least,), notes)


@contextmanager
def invented(country: Country, database: str, folder: Path) -> Iterator[str]:
    """Give the address of a database with a country in it; a SQLite file is kept for the next time."""
    folder.mkdir(parents=True, exist_ok=True)
    if database == "postgresql":
        with fresh_database(folder, postgresql=True) as url:
            _build(country, url)
            yield url
        return
    path = folder / f"{country.name}-{country.unions}-{country.months}.db"
    if not path.exists():
        making = path.with_suffix(".making")
        making.unlink(missing_ok=True)
        _build(country, f"sqlite+aiosqlite:///{making}")
        os.replace(making, path)
    url = f"sqlite+aiosqlite:///{path}"
    _aside(migrate(url))  # one that was kept may be older than this program
    yield url


def _aside(work: Coroutine[Any, Any, object]) -> None:
    with ThreadPoolExecutor(1) as aside:  # a loop is running here already
        aside.submit(asyncio.run, work).result()


def _build(country: Country, url: str) -> None:
    began = time.perf_counter()
    _aside(_filled(country, url))
    click.echo(f"built in {time.perf_counter() - began:.0f} s", err=True)


async def _filled(country: Country, url: str) -> None:
    await migrate(url)
    # Nothing here has to outlive a power cut.
    pragmas = ("journal_mode=OFF", "synchronous=OFF", "cache_size=-500000")
    parsed = understood(url)
    if parsed.get_backend_name() == "sqlite":
        engine: AsyncEngine | ThreadEngine = sqlite_engine(parsed, "BEGIN IMMEDIATE", pragmas, pool_size=1)
    else:
        engine = create_async_engine(parsed)
    async with transaction(engine) as connection:
        await connection.run_sync(build, country)
    await engine.dispose()


async def measure(country: Country, url: str, times: int) -> tuple[list[dict[str, Any]], float]:
    roots = {"area": 2 + country.provinces, "province": 2 if country.provinces else 1, "whole": 1}
    rows: list[dict[str, Any]] = []
    store = await SqlStore.open(url, lambda: NOW)
    try:
        bare = await _bare(store, times)
        for name, unit in roots.items():
            seconds, held, busy = zip(*await asked(store, name, unit, times), strict=True)
            rows.append(
                {
                    "digest of": name,
                    "smallest ms": min(seconds) * 1000,
                    "median ms": statistics.median(seconds) * 1000,
                    "turn ms": statistics.median(held) * 1000,
                    "CPU ms": min(busy) * 1000,
                }
            )
    finally:
        await store.close()
    rows.append({"digest of": "(a bare sum of two months)", "smallest ms": bare * 1000})
    return rows, rows[-2]["smallest ms"] / (bare * 1000)


async def _bare(store: SqlStore, times: int) -> float:
    """Sum all figures of the month and the one before, with nothing prepared; give the seconds it takes at least."""
    periods = [period := house(count()).calendar.open(NOW), house(count()).calendar.previous(period)]
    taken = []
    for _time in range(times + 1):
        began = time.perf_counter()
        async with store.reading() as reads:
            for one in periods:
                await reads.run(lambda connection, one: connection.execute(BARE, days_of(one)).all(), one)
        taken.append(time.perf_counter() - began)
    return min(taken)


def days_of(period: Period) -> dict[str, date]:
    return {"since": period.since, "until": period.until}


async def asked(store: SqlStore, name: str, unit: int, times: int) -> list[tuple[float, float, float]]:
    """Let an officer of a unit ask; give the seconds to the answer, to the commit of the turn, and of our processor."""
    address = Address("telegram", f"{name}-{time.time_ns()}")
    person = Person(address.chat, "Mai", "chi", "0900", "vi")
    async with store.batch() as batch:
        role = GrantRole(person.id, unit, Role.PROV_OFFICER, NOW.date())
        await batch.write([NewPerson(person), LinkAddress(address, person.id, NOW), role])
    paper = Paper()
    inbox = Inbox(store, house(count(time.time_ns())), paper, lambda: NOW)
    answer = Answer(store, inbox.house, lambda: NOW)
    taken: list[tuple[float, float, float]] = []
    for n in range(times + 1):
        message = Incoming(f"{address.chat}-{n}", address, NOW, text="/tonghop", message_id=str(n))
        began, busy = time.perf_counter(), time.process_time()
        await inbox.take_batch([message])
        held = time.perf_counter() - began
        for job in await store.due_jobs(NOW, 8):
            await _sent(store, paper)
            await store.jobs_done([(job.job.id, await answer(job.job.args, 0))])
            paper.claims += await store.due_messages(NOW, 8)
        taken.append((time.perf_counter() - began, held, time.process_time() - busy))
        claim = paper.claims[-1]
        await _sent(store, paper)
        if "Đối thoại" not in claim.out.message.text:
            raise SystemExit(f"this is no digest:\n{claim.out.message.text}")
    if os.environ.get("SHOW"):
        click.echo(claim.out.message.title + "\n" + claim.out.message.text, err=True)
    return taken[1:]  # the first one warms up


async def _sent(store: SqlStore, paper: Paper) -> None:
    """Let what was said be sent: nothing is said in a chat before it."""
    async with store.batch() as batch:
        await batch.sent([SentMark(one.id, "sent") for one in paper.claims])
    paper.claims = []


if __name__ == "__main__":
    main()
