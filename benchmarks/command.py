"""What all benchmarks have in common on the command line: `--json`, `--check` and `--record`."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Awaitable, Callable
from datetime import date
from functools import wraps
from pathlib import Path
from typing import Any

import click

from benchmarks.record import RECORDED, fallen_behind, read_record, write_record
from benchmarks.table import Outcome

Measure = Callable[..., Awaitable[Outcome]]


def benchmark(measure: Measure) -> Callable[..., None]:
    """Make a command's body of a measurement: it is run, shown, compared with the record.

    Put it under `@click.command()` and the options that the measurement takes:

        @click.command()
        @click.option("--units", default=1000)
        @benchmark
        async def main(units: int) -> Outcome: ...
    """

    @click.option("--json", "out", type=click.Path(path_type=Path), help="Write the numbers here too.")
    @click.option("--check", is_flag=True, help="Exit 1 if a ratio fell behind the recorded one by more than 20 %.")
    @click.option("--record", is_flag=True, help="Record the ratios of this run.")
    @wraps(measure)
    def body(*, out: Path | None, check: bool, record: bool, **options: Any) -> None:
        async def measured() -> Outcome:
            return await measure(**options)

        behind = tell(asyncio.run(measured()), out, record=record)
        if check and behind:
            sys.exit(1)

    return body


def tell(outcome: Outcome, out: Path | None, *, record: bool) -> bool:
    """Show an outcome, write it, compare and record it as wanted; tell whether a ratio fell behind."""
    click.echo(outcome.as_text())
    if out:
        out.write_text(json.dumps(outcome.as_json(), indent=2, ensure_ascii=False) + "\n", encoding="utf-8")
    behind = fallen_behind(outcome, read_record(RECORDED))
    for one in behind:
        click.echo(str(one), err=True)
    if record:
        write_record(outcome, date.today(), RECORDED)  # noqa: DTZ011 - the day on which somebody ran it
    return bool(behind)
