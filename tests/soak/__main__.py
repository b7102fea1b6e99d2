"""`python -m tests.soak`: run it, show what came of it, and fail if anything grew, stayed or was lost."""

from __future__ import annotations

import asyncio
import json
import sys
from collections.abc import Iterator
from dataclasses import asdict
from pathlib import Path
from tempfile import TemporaryDirectory

import click

from bot.logs import set_up_logs
from tests.soak.checks import problems
from tests.soak.run import Outcome, Plan, soak

MEGABYTE = 1024 * 1024


@click.command()
@click.option("--updates", default=1_000_000, show_default=True, help="Messages to take in.")
@click.option("--days", default=60.0, show_default=True, help="Days that pass meanwhile, in fast motion.")
@click.option("--chairs", default=1_000, show_default=True, help="People who write.")
@click.option("--seed", default="47", show_default=True, help="What decides who writes what.")
@click.option("--json", "as_json", is_flag=True, help="Print numbers for programs.")
def main(updates: int, days: float, chairs: int, seed: str, *, as_json: bool) -> None:
    """Let the program work for months in fast motion, and look whether anything piles up."""
    set_up_logs("error", as_json=False)
    plan = Plan(updates, days, chairs, seed)
    with TemporaryDirectory(prefix="tieng-co-so-soak-") as folder:
        outcome = asyncio.run(soak(plan, Path(folder)))
    found = problems(plan, outcome)
    click.echo(json.dumps(asdict(outcome) | {"problems": found}) if as_json else "\n".join(table(plan, outcome)))
    for problem in found:
        click.echo(f"PROBLEM: {problem}", err=True)
    sys.exit(bool(found))


def table(plan: Plan, outcome: Outcome) -> Iterator[str]:
    """Give the lines of a table."""
    pace = outcome.updates / outcome.seconds
    rows: dict[str, str] = {
        "messages in": f"{outcome.updates:,} of {plan.chairs:,} chairs, {plan.days:g} days, {outcome.repeats:,} again",
        "pace": f"{outcome.seconds:,.0f} s, {pace:,.0f} a second",
        "messages out": f"{outcome.sent:,}; {outcome.failed_sends:,} sends failed at first",
        "reports, photos": f"{outcome.filed:,} versions, {outcome.photos:,}",
        "memory, warm / most / end": " / ".join(
            f"{weight.memory / MEGABYTE:.0f} MB" for weight in (outcome.warm, outcome.most, outcome.end)
        ),
        "open files, warm / most / end": " / ".join(
            str(weight.handles) for weight in (outcome.warm, outcome.most, outcome.end)
        ),
        "database, largest WAL": f"{outcome.database / MEGABYTE:.0f} MB, {outcome.largest_wal / MEGABYTE:.1f} MB",
        "ids kept": f"{outcome.rows['seen_updates']:,}, the oldest for {outcome.oldest_seen:.1f} days",
        "texts kept": f"{outcome.with_body:,}, the oldest for {outcome.oldest_body:.1f} days",
        "rows": ", ".join(f"{name} {count:,}" for name, count in outcome.rows.items()),
    }
    for name, value in rows.items():
        yield f"{name:30} {value}"


if __name__ == "__main__":
    main()
