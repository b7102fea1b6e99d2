"""A notice to a nation: previewed, put into the outbox for everybody, counted, stopped; seconds and memory.

python -m benchmarks.notices [--units 120000]
"""

from __future__ import annotations

import itertools
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any, Final

import click

from benchmarks.command import benchmark
from benchmarks.process import children_seconds, resident
from benchmarks.table import Outcome, Ratio
from benchmarks.ticks import bare_sqlite
from bot.channels.draw import draw
from bot.documents.notices import NoticeSheet
from bot.effects import GrantRole, KeepNotice, LinkAddress, NewPerson, NoticeState
from bot.jobs.notices import Notifying, notice_jobs
from bot.messages import Address
from bot.notices.errands import EXPAND, PREVIEW, SETTLE
from bot.notices.notice import Notice, State, digest_of
from bot.notices.standing import standings, tally
from bot.ports import Facts
from bot.records import Person, Role
from bot.talk import House
from storage.migrate import migrate
from storage.store import SqlStore
from tests.clock.province import lay_out
from tests.stage import MORNING, house

ANSWERS: Final[Mapping[str, Any]] = {
    "title": "Tháng Công nhân 2027",
    "text": "Các công đoàn cơ sở phát động Tháng Công nhân, tổ chức đối thoại và gặp mặt đoàn viên. " * 6,
    "todo": "1) Treo băng rôn; 2) Tổ chức gặp mặt; 3) Báo cáo kết quả.",
    "whom": "all",
}
TELEGRAM: Final = Facts(4096, buttons=True, edits=True, files=True, pace=30.0)


@dataclass(frozen=True, slots=True)
class Took:
    """What the steps of a notice took: seconds of the processor (`counted`: by the clock), megabytes, rows."""

    previewed: float
    expanded: float
    counted: float
    stopped: float
    copies: int
    grown: float
    listed: float


@click.command()
@click.option("--units", default=120_000, show_default=True, help="Grassroots unions, each with a chair.")
@benchmark
async def main(units: int) -> Outcome:
    """Measure a notice."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place)
        took = await measure(folder, units)
        bare = bare_sqlite(folder / "bare.db", took.copies)
    rows = [
        {"what": "preview with everybody counted", "CPU s": took.previewed},
        {"what": "all copies into the outbox", "CPU s": took.expanded},
        {"what": "as many rows in bare SQLite", "CPU s": bare},
        {"what": "how units stand", "seconds": took.counted},
        {"what": "a workbook with a row for each", "CPU s": took.listed},
        {"what": "stopped, and all copies deleted", "CPU s": took.stopped},
    ]
    name = f"CPU, putting {took.copies:,} copies into the outbox ÷ bare SQLite"
    ratios = (Ratio(name, took.expanded / bare, more_is_better=False),)
    targets = "Target for preview and copies together: 10 s, better 4 s. " if units >= 120_000 else ""
    note = f"{targets}{took.copies:,} copies; {took.grown:.0f} MB more memory while they and the workbook were written."
    return Outcome("notices", {"units": units}, rows, ratios, (note,))


async def measure(folder: Path, units: int) -> Took:
    """Preview, send, count and stop one notice to everybody."""
    url = f"sqlite+aiosqlite:///{folder / 'nation.db'}"
    await migrate(url)
    store = await SqlStore.open(url, lambda: MORNING)
    try:
        await lay_out(store, units)
        return await steps(store, await composed(store), folder)
    finally:
        await store.close()


async def steps(store: SqlStore, notice: Notice, folder: Path) -> Took:
    """Take a notice through its steps."""
    at_home = house(itertools.count(1))
    jobs = notice_jobs(Notifying(store, lambda: at_home, {"telegram": TELEGRAM}, lambda: MORNING, draw))
    args = {"notice": notice.id, "mark": "1", "channel": "telegram", "chat": "officer"}
    previewed = await took(jobs[PREVIEW], args)
    await write(store, NoticeState(notice.id, State.PLANNED, (State.COMPOSED,)))
    memory = resident()
    expanded = await took(jobs[EXPAND], args)
    listed = await took_listing(store, at_home, notice, folder)
    grown = resident() - memory
    async with store.reading() as reads:
        copies = (await reads.copy_counts(notice.drop_key)).get("pending", 0)
    counted = await took_counting(store, notice)
    await write(store, NoticeState(notice.id, State.CANCELLED, (State.SENDING,)))
    stopped = await took(jobs[SETTLE], args)
    return Took(previewed, expanded, counted, stopped, copies, grown, listed)


async def composed(store: SqlStore) -> Notice:
    """Keep a notice of an officer of the whole nation."""
    async with store.reading() as reads:
        root = (await reads.units_of_kind("ldld_tinh", 1))[0]
    person = Person("officer", "Mai", "co")
    link = LinkAddress(Address("telegram", "officer"), person.id, MORNING)
    post = GrantRole(person.id, root.id, Role.PROV_OFFICER, root.valid_from)
    notice = Notice("n1", 1, person.id, root.id, root.name, ANSWERS, "", digest_of(ANSWERS), State.COMPOSED, MORNING)
    await write(store, NewPerson(person), link, post, KeepNotice(replace(notice, copies=1)))
    return notice


async def write(store: SqlStore, *effects: Any) -> None:
    """Commit effects."""
    async with store.batch() as batch:
        await batch.write(effects)


async def took(job: Any, args: Mapping[str, Any]) -> float:
    """Do a job; give the seconds on a processor, which other programs do not change."""
    began = time.process_time()
    await job(args, 0)
    return time.process_time() - began


async def took_listing(store: SqlStore, at_home: House, notice: Notice, folder: Path) -> float:
    """Make the workbook; give the seconds on a processor, those of the worker included."""
    sheet = NoticeSheet(store, folder, at_home.voice)
    args = {"notice": notice.id, "job": "list", "channel": "telegram", "chat": "officer", "language": "vi"}
    before = children_seconds()
    return await took(sheet, args) + children_seconds() - before


async def took_counting(store: SqlStore, notice: Notice) -> float:
    """Count how all units stand; give the seconds."""
    began = time.perf_counter()
    async with store.reading() as reads:
        tally(standings(await reads.copies_of(notice.id, 0, 200_000), await reads.heard(notice.id)))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
