"""Import of a country's list of units by the real command: once into an empty database, once with nothing new.

    python -m benchmarks.imports [--units 120000] [--postgresql]

Beside it, what SQLite alone needs for as many rows from the same file, with nothing checked and no history kept.
"""

from __future__ import annotations

import csv
import sqlite3
import tempfile
import time
from pathlib import Path

import click

from benchmarks.bots import Finished, finished
from benchmarks.command import benchmark
from benchmarks.databases import fresh_database
from benchmarks.nation import list_of_units
from benchmarks.table import Outcome, Ratio, Row


@click.command()
@click.option("--units", default=120_000, show_default=True, help="Units in the file.")
@click.option("--postgresql", is_flag=True, help="On a PostgreSQL server of its own instead of a SQLite file.")
@benchmark
async def main(units: int, postgresql: bool) -> Outcome:
    """Measure the import of the list of units."""
    with tempfile.TemporaryDirectory() as place, fresh_database(Path(place), postgresql) as url:
        folder = Path(place)
        file = list_of_units(folder / "units.csv", units)
        first, again = [await imported(file, folder, url) for _time in range(2)]
        bare = bare_sqlite(file, folder / "bare.db")
    named = {"into an empty database": first, "again, nothing new": again}
    rows = [row(name, units, done) for name, done in named.items()]
    on = f"{units:,} units{' (PostgreSQL)' if postgresql else ''}"
    ratio = Ratio(f"CPU ÷ bare SQLite, {on}", first.processor / bare.processor, more_is_better=False)
    notes = (f"Target: at most 60 s, better 15 s; it took {first.seconds:.1f} s.",) if units >= 120_000 else ()
    settings = {"units": units, "database": "PostgreSQL" if postgresql else "SQLite"}
    return Outcome("imports", settings, [*rows, row("bare SQLite", units, bare)], (ratio,), notes)


def row(name: str, units: int, done: Finished) -> Row:
    """Show one import."""
    cells = {"seconds": done.seconds, "CPU s": done.processor, "units/s": units / done.seconds}
    return {"import": name, **cells, "memory MB": done.memory or None}


async def imported(file: Path, folder: Path, url: str) -> Finished:
    """Run the command."""
    return await finished(("units", "import", str(file)), folder, {"DATABASE_URL": url})


def bare_sqlite(file: Path, database: Path) -> Finished:
    """Insert the rows with nothing around it."""
    began, used = time.perf_counter(), time.process_time()
    connection = sqlite3.connect(database)
    connection.execute("PRAGMA synchronous=FULL")
    with file.open(encoding="utf-8", newline="") as lines, connection:
        connection.execute("CREATE TABLE units (code TEXT PRIMARY KEY, name, kind, parent, members, workers, since)")
        reader = csv.reader(lines)
        next(reader)
        connection.executemany("INSERT INTO units VALUES (?, ?, ?, ?, ?, ?, ?)", reader)
    connection.close()
    return Finished(time.perf_counter() - began, time.process_time() - used, 0.0)


if __name__ == "__main__":
    main()
