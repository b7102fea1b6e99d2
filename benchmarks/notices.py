"""A notice to a nation: previewed, put into the outbox for everybody, counted, stopped; seconds and memory.

python -m benchmarks.notices [--units 120000] [--json FILE]
"""

from __future__ import annotations

import asyncio
import itertools
import json
import tempfile
import time
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path
from typing import Any, Final

import click

from benchmarks.process import resident
from bot.channels.draw import draw
from bot.effects import GrantRole, KeepNotice, LinkAddress, NewPerson, NoticeState
from bot.jobs.notices import Notifying, notice_jobs
from bot.messages import Address
from bot.notices.errands import EXPAND, PREVIEW, SETTLE
from bot.notices.notice import Notice, State, digest_of
from bot.notices.standing import standings, tally
from bot.ports import Facts
from bot.records import Person, Role
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


@click.command()
@click.option("--units", default=120_000, show_default=True, help="Grassroots unions, each with a chair.")
@click.option("--json", "out", type=click.Path(path_type=Path), help="Write the numbers here too.")
def main(units: int, out: Path | None) -> None:
    """Measure a notice."""
    with tempfile.TemporaryDirectory() as folder:
        numbers = asyncio.run(measure(Path(folder), units))
    for name, number in numbers.items():
        click.echo(f"{name:<42} {number:>12,.3f}")
    if out is not None:
        out.write_text(json.dumps(numbers, indent=2), encoding="utf-8")


async def measure(folder: Path, units: int) -> dict[str, float]:
    """Give the numbers: seconds, rows, megabytes."""
    url = f"sqlite+aiosqlite:///{folder / 'nation.db'}"
    await migrate(url)
    store = await SqlStore.open(url, lambda: MORNING)
    try:
        await lay_out(store, units)
        notice = await composed(store)
        at_home = house(itertools.count(1))
        jobs = notice_jobs(Notifying(store, lambda: at_home, {"telegram": TELEGRAM}, lambda: MORNING, draw))
        args = {"notice": notice.id, "mark": "1", "channel": "telegram", "chat": "officer"}
        before = resident()
        previewed = await took(jobs[PREVIEW], args)
        await write(store, NoticeState(notice.id, State.PLANNED, (State.COMPOSED,)))
        memory = resident()
        expanded = await took(jobs[EXPAND], args)
        grown = resident() - memory
        async with store.reading() as reads:
            counts = await reads.copy_counts(notice.drop_key)
        counted = await took_counting(store, notice)
        await write(store, NoticeState(notice.id, State.CANCELLED, (State.SENDING,)))
        stopped = await took(jobs[SETTLE], args)
    finally:
        await store.close()
    return {
        "units": units,
        "copies in the outbox": counts.get("pending", 0),
        "preview, CPU s": previewed,
        "all copies into the outbox, CPU s": expanded,
        "more memory for the preview, MB": memory - before,
        "more memory for the copies, MB": grown,
        "how units stand, s": counted,
        "stopped and all copies deleted, CPU s": stopped,
    }


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


async def took_counting(store: SqlStore, notice: Notice) -> float:
    """Count how all units stand; give the seconds."""
    began = time.perf_counter()
    async with store.reading() as reads:
        tally(standings(await reads.copies_of(notice.id, 0, 200_000), await reads.heard(notice.id)))
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
