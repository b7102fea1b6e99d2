"""Lets chairs report for so many updates and so many days, and measures what that leaves behind."""

from __future__ import annotations

import gc
import os
import time
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from itertools import count
from pathlib import Path
from random import Random

from bot.messages import Incoming
from tests.end_to_end.chairs import factories
from tests.soak.chairs import Chair
from tests.soak.house import Fast, fast_house

BATCH = 50  # chairs who report at the same time, each one thing; then time leaps
PAUSE = 2.0  # seconds between two messages of a chair
LONGEST = 200  # pauses until the slowest is done
TURNS = 10  # about so many messages make a report
REPEATED = 0.05  # of the batches, so many are brought twice
WARM = 0.3  # of the updates, after which nothing should grow any more
MINUTE = 60.0
LAST_MINUTES = 180  # in which everything that waits must be done
TABLES = ("seen_updates", "outbox", "jobs", "drafts", "submissions", "figures", "attachments", "failures")


@dataclass(frozen=True, slots=True)
class Plan:
    """How much, and over how long."""

    updates: int
    days: float = 60.0
    chairs: int = 1000
    seed: str = "47"

    def leap(self) -> float:
        """Give the seconds between the reports of some chairs and those of the next."""
        return self.days * 86400 * BATCH * TURNS / self.updates


@dataclass(frozen=True, slots=True)
class Weight:
    """What the process holds. Read from /proc, so on Linux only."""

    memory: int  # bytes that are resident
    handles: int  # open files and sockets

    @classmethod
    def now(cls) -> Weight:
        """Measure."""
        gc.collect()
        pages = int(Path("/proc/self/statm").read_text(encoding="ascii").split()[1])
        return cls(pages * os.sysconf("SC_PAGE_SIZE"), len(list(Path("/proc/self/fd").iterdir())))


@dataclass(slots=True)
class Outcome:
    """What came of it. Ages are in days, at the end."""

    updates: int = 0
    repeats: int = 0
    filed: int = 0  # versions of reports, as the chairs remember
    photos: int = 0
    sent: int = 0
    failed_sends: int = 0
    seconds: float = 0.0
    warm: Weight = field(default_factory=lambda: Weight(0, 0))
    end: Weight = field(default_factory=lambda: Weight(0, 0))
    most: Weight = field(default_factory=lambda: Weight(0, 0))  # since it was warm
    largest_wal: int = 0  # bytes
    database: int = 0  # bytes
    rows: dict[str, int] = field(default_factory=dict)
    with_body: int = 0  # rows of the outbox
    oldest_seen: float = 0.0
    oldest_body: float = 0.0
    waiting: int = 0  # messages and jobs
    photos_kept: int = 0
    folder_files: int = 0


async def soak(plan: Plan, folder: Path) -> Outcome:
    """Run a plan in an empty folder."""
    numbers, chance = count(1), Random(plan.seed)
    names = [name for _code, name in factories(plan.chairs)]
    chairs = [Chair(str(at), name, Random(f"{plan.seed}/{at}"), numbers) for at, name in enumerate(names)]
    outcome = Outcome()
    async with fast_house(folder, {chair.chat: chair for chair in chairs}) as house:
        began = time.perf_counter()
        while outcome.updates < plan.updates:
            await _reports(house, chance.sample(chairs, min(BATCH, len(chairs))), chance, outcome)
            await house.time.leap(plan.leap())
            _weigh(house, plan, outcome)
        outcome.seconds = time.perf_counter() - began
        await _everything_done(house, outcome)
        _count(house, outcome)
    outcome.filed, outcome.photos = sum(chair.filed for chair in chairs), sum(chair.photos for chair in chairs)
    outcome.sent, outcome.failed_sends = house.edge.sent, house.edge.failed
    return outcome


async def _reports(house: Fast, chairs: list[Chair], chance: Random, outcome: Outcome) -> None:
    """Let each of these chairs do one thing from beginning to end."""
    for chair in chairs:
        chair.sits_down(house.time.now)
    for _pause in range(LONGEST):
        said = [incoming for chair in chairs if chair.may_speak for incoming in chair.says(house.time.now)]
        await _delivered(house, said)
        outcome.updates += len(said)
        if chance.random() < REPEATED:
            await _delivered(house, said)
            outcome.repeats += len(said)
        await house.time.leap(PAUSE)
        if not any(chair.busy for chair in chairs):
            return
    raise AssertionError([chair.waits_for for chair in chairs if chair.busy])


async def _delivered(house: Fast, said: list[Incoming]) -> None:
    await house.inbox.deliver(said)
    await house.time.settle()


def _weigh(house: Fast, plan: Plan, outcome: Outcome) -> None:
    outcome.largest_wal = max(outcome.largest_wal, Path(f"{house.store.file}-wal").stat().st_size)
    if outcome.updates < plan.updates * WARM:
        return
    now = Weight.now()
    outcome.warm = outcome.warm if outcome.warm.memory else now
    outcome.most = Weight(max(now.memory, outcome.most.memory), max(now.handles, outcome.most.handles))


async def _everything_done(house: Fast, outcome: Outcome) -> None:
    for _minute in range(LAST_MINUTES):
        await house.time.leap(MINUTE)
        outcome.waiting = sum(house.store.rows(WAITING))
        if not outcome.waiting:
            break
    outcome.end = Weight.now()


WAITING = """SELECT count(*) FROM outbox WHERE state <> 'sent'
    UNION ALL SELECT count(*) FROM jobs WHERE state <> 'done'"""


def _count(house: Fast, outcome: Outcome) -> None:
    rows = house.store.rows
    outcome.rows = {table: rows(f"SELECT count(*) FROM {table}")[0] for table in TABLES}
    outcome.with_body = rows("SELECT count(*) FROM outbox WHERE chat <> ''")[0]
    outcome.oldest_seen = _age(house, "SELECT min(seen_at) FROM seen_updates")
    outcome.oldest_body = _age(house, "SELECT min(created_at) FROM outbox WHERE chat <> ''")
    outcome.photos_kept = rows("SELECT count(*) FROM attachments WHERE state = 'kept'")[0]
    outcome.folder_files = len(list((Path(house.store.file).parent / "attachments").glob("*")))
    outcome.database = Path(house.store.file).stat().st_size


def _age(house: Fast, sql: str) -> float:
    [moment] = house.store.rows(sql)
    if moment is None:  # all is forgotten
        return 0.0
    return (house.time.now - datetime.fromisoformat(moment).replace(tzinfo=UTC)) / timedelta(days=1)
