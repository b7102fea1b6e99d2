"""Where the time of our program goes while chairs fill in forms: by file of ours, and by library.

    python -m benchmarks.profile [--chairs 200] [--reports 400] [--postgresql]

The program is looked at from within whenever it used up some milliseconds of a processor; waiting is left out.
"""

from __future__ import annotations

import json
import signal
import tempfile
from collections import Counter
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import click

from benchmarks.bots import our_bot
from benchmarks.chairs import Chair
from benchmarks.command import benchmark
from benchmarks.databases import fresh_database
from benchmarks.load import measured, people
from benchmarks.process import many_files
from benchmarks.table import Outcome, Row, drawn
from benchmarks.town import found
from tests.fake_telegram import FakeTelegram

SHOWN = 16


@click.command()
@click.option("--chairs", default=200, show_default=True, help="Virtual chairs.")
@click.option("--reports", default=400, show_default=True, help="Reports in all, at least one of each chair.")
@click.option("--postgresql", is_flag=True, help="On a PostgreSQL server of its own instead of a SQLite file.")
@benchmark
async def main(chairs: int, reports: int, postgresql: bool) -> Outcome:
    """Look where the time goes."""
    many_files()
    each = max(1, reports // chairs)
    with tempfile.TemporaryDirectory() as place, fresh_database(Path(place), postgresql) as url:
        folder, out = Path(place), Path(place) / "profile.json"
        await found(url, folder, chairs)
        async with FakeTelegram(remembers=False) as fake, our_bot(folder, fake, url, profile=out) as bot:
            bot.process.send_signal(signal.SIGUSR1)
            run = await measured(bot, fake, people(Chair, fake, chairs, each), photos=chairs * each)
            await bot.stop()
        seen = json.loads(out.read_text(encoding="utf-8"))
    by_room = [(thread, room(file), library, count) for thread, file, library, count in seen]
    tables = [
        shares(loop(by_room), 1, "room, and what it called"),
        shares(loop(seen), 2, "library"),
        shares(loop(seen), 1, "file of ours, and what it called"),
    ]
    settings = {"chairs": chairs, "database": "PostgreSQL" if postgresql else "SQLite"}
    cost = f"{run.cost:.2f} ms of processor time for an update. Of the event loop:"
    return Outcome("profile", settings, shares(seen, 0, "thread"), notes=(cost, *map(drawn, tables)))


def room(file: str) -> str:
    """Name the room of a file."""
    parts = file.split("/")
    return "/".join(parts[:2] if parts[0] == "bot" else parts[:1])


def loop(seen: Iterable[Sequence[Any]]) -> list[Sequence[Any]]:
    """Give what was seen of the event loop."""
    return [one for one in seen if one[0] == "event loop"]


def shares(seen: Iterable[Sequence[Any]], by: int, what: str) -> list[Row]:
    """Add up what was seen, and give the largest shares."""
    sums: Counter[str] = Counter()
    for one in seen:
        sums[one[by]] += one[3]
    return [{what: name, "%": 100 * count / sums.total()} for name, count in sums.most_common(SHOWN)]


if __name__ == "__main__":
    main()
