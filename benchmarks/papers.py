"""Documents of a nation by the real command: a list of 120,000 reports, workbooks, a report in Word.

    python -m benchmarks.papers [--unions 134000] [--folder DIR]

The country is invented once and kept in the folder. Beside the list: what xlsxwriter alone needs for as many cells.
And while the worker of the chat makes a workbook, an officer of an area asks for digests: how long one waits for the
answer then, and with nothing else to do.
"""

from __future__ import annotations

import asyncio
import statistics
import tempfile
import time
from dataclasses import replace
from pathlib import Path

import click

from benchmarks.bots import Finished, finished
from benchmarks.command import benchmark
from benchmarks.country import NATION, NOW
from benchmarks.digest import asked, invented
from benchmarks.table import Outcome, Ratio, Row
from bot.cli.making import make_document
from bot.config import load_settings
from bot.documents.order import WORKBOOK, Order
from bot.i18n import DEFAULT_LANGUAGE
from bot.worker import in_process
from storage.store import SqlStore

PERIOD = "2026-11"
AT_ONCE = 20  # digests asked for in a row
COLUMNS = 22  # of the list


@click.command()
@click.option("--unions", default=134_000, show_default=True, help="Grassroots unions: nine of ten report a session.")
@click.option("--folder", type=click.Path(path_type=Path), help="Where invented countries are kept.")
@benchmark
async def main(unions: int, folder: Path | None) -> Outcome:
    """Measure what documents of very many units cost."""
    country = replace(NATION, months=1, unions=unions)
    folder = folder or Path(tempfile.gettempdir()) / "tieng-co-so-countries"
    with invented(country, "sqlite", folder) as url, tempfile.TemporaryDirectory() as place:
        turns = await _disturbed(url, 2 + country.provinces, Path(place))
        lines, listed = await _exported(Path(place), url, "propaganda", "VN", "xlsx")
        bare = _bare(Path(place), lines, COLUMNS)
        rows: list[Row] = [row("list of a kind, XLSX", lines, listed), row("(xlsxwriter alone)", lines, bare)]
        for name, what, unit, ending in (
            ("list of a kind, CSV", "propaganda", "VN", "csv"),
            ("workbook of a province", "workbook", "P00", "xlsx"),
            ("workbook of the nation", "workbook", "VN", "xlsx"),
            ("official report of the nation", "official", "VN", "docx"),
        ):
            rows.append(row(name, *await _exported(Path(place), url, what, unit, ending)))
    ratios = (
        Ratio(f"CPU ÷ xlsxwriter alone, a list of {lines:,}", listed.processor / bare.processor, more_is_better=False),
        Ratio("turn while a workbook is made ÷ alone", turns, more_is_better=False),
    )
    took = f"{lines:,} took {listed.seconds:.1f} s, {listed.processor:.1f} s of them on a processor"
    notes = (f"Target: a list of 120,000 lines in at most 60 s; {took}.",)
    settings = {"unions": unions, "database": "SQLite"}
    return Outcome("papers", settings, rows, ratios, notes if lines >= 120_000 else ())


def row(name: str, lines: int, done: Finished) -> Row:
    """Show one document."""
    cells = {"lines": lines or None, "seconds": done.seconds, "CPU s": done.processor}
    return {"document": name, **cells, "memory MB": done.memory or None}


async def _disturbed(url: str, area: int, folder: Path) -> float:
    """Tell how much longer turns take while the worker of the chat makes the workbook of a province."""
    settings = load_settings(None, {"DATABASE_URL": url})
    order = Order(WORKBOOK, PERIOD, 2, folder / "worker.xlsx", DEFAULT_LANGUAGE)
    alone = await _turns(url, area)
    making = asyncio.create_task(in_process(make_document, settings, order))
    during = []
    while not making.done():
        during.append(await _turns(url, area, 1))
    await making
    return statistics.median(during) / alone


async def _exported(folder: Path, url: str, what: str, unit: str, ending: str) -> tuple[int, Finished]:
    """Run the command; give the lines that it says it wrote, and what it took."""
    out = folder / f"{what}.{ending}"
    done = await finished(("export", what, PERIOD, "--unit", unit, "--out", str(out)), folder, {"DATABASE_URL": url})
    return _lines(out), done


def _lines(path: Path) -> int:
    """Count the lines of the table in a list; 0 in documents of several tables."""
    if path.suffix == ".csv":
        with path.open(encoding="utf-8-sig") as file:
            return sum(1 for _line in file) - 1
    if path.name != "propaganda.xlsx":
        return 0
    from openpyxl import load_workbook

    (page,) = load_workbook(path, read_only=True).worksheets
    return (page.max_row or 0) - 5  # the lines above the table, and its headings


async def _turns(url: str, unit: int, times: int = AT_ONCE) -> float:
    """Let an officer ask for digests; give the median of the seconds until the answer."""
    store = await SqlStore.open(url, lambda: NOW)
    try:
        return statistics.median(seconds for seconds, _held, _busy in await asked(store, "paper", unit, times))
    finally:
        await store.close()


def _bare(folder: Path, lines: int, columns: int) -> Finished:
    """Write as many numbers and words with nothing around it."""
    from xlsxwriter import Workbook

    began, used = time.perf_counter(), time.process_time()
    with Workbook(str(folder / "bare.xlsx"), {"constant_memory": True}) as book:
        page = book.add_worksheet()
        look = book.add_format({"border": 1})
        for line in range(lines):
            for column in range(0, columns, 2):
                page.write_number(line, column, line, look)
                page.write_string(line, column + 1, "Công đoàn", look)
    return Finished(time.perf_counter() - began, time.process_time() - used, 0.0)


if __name__ == "__main__":
    main()
