"""`python -m bot plan`: what will be said between two days, to whom, when and why."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from pathlib import Path
from typing import Final

import click

from bot.cli.main import config_option, settings_of, work
from bot.cli.wiring import LOCALES, build_house, open_store
from bot.config import Settings
from bot.i18n import DEFAULT_LANGUAGE, ZONE, Voice, load_catalogues
from bot.office.house import in_force
from bot.ports import Reads
from bot.records import Unit
from bot.reporting.kinds import REPORTING_KINDS
from bot.reporting.planning import EVERY_DAY, Area, Planned, asked_periods, plan

LONGEST: Final = timedelta(days=400)
ALL: Final = 1_000_000  # units
DAY: Final = click.DateTime(["%Y-%m-%d", "%d/%m/%Y"])


@click.command("plan")
@click.option("--from", "first", type=DAY, required=True, help="The first day, such as 2027-07-01.")
@click.option("--to", "last", type=DAY, required=True, help="The last day.")
@click.option("--unit", "code", default=None, help="Only what concerns this unit and those under it.")
@config_option
@click.option("--language", default=DEFAULT_LANGUAGE, show_default=True, help="The language to answer in.")
def plan_command(first: datetime, last: datetime, code: str | None, config: Path | None, language: str) -> None:
    """Tell what will be said, to whom, when and why, as far as it is known today."""
    if not timedelta() <= last - first <= LONGEST:
        raise click.BadParameter(f"must be from the first day on, at most {LONGEST.days} days", param_hint="--to")
    catalogues = load_catalogues(LOCALES)
    if language not in catalogues:
        raise click.BadParameter(f"choose one of {', '.join(sorted(catalogues))}", param_hint="--language")
    found, names = work(_plan(settings_of(config), first.date(), last.date(), code))
    voice = Voice(catalogues[language], names=names)
    for one in found:
        if not _daily(one):
            click.echo(_line(voice, one))
    for one in {_kind(one): one for one in found if _daily(one)}.values():
        click.echo(f"every day {_line(voice, one)[11:]}")
    if not found:
        click.echo("Nothing will be said.")


def _kind(one: Planned) -> str:
    return one.key.partition("/")[0]


def _daily(one: Planned) -> bool:
    """Tell whether it comes every day, so that once is enough to tell it."""
    return _kind(one) in EVERY_DAY


async def _plan(settings: Settings, first: date, last: date, code: str | None) -> tuple[list[Planned], dict[str, str]]:
    since = datetime.combine(first, time(), ZONE) - timedelta(seconds=1)
    until = datetime.combine(last, time.max, ZONE)
    async with open_store(settings) as store, store.reading() as reads:
        house = await in_force(build_house(settings, {}), reads, strict=True)
        units = await _units(reads, code, first)
        ids = [unit.id for unit in units]
        received = {
            period.code: frozenset(one.unit for one in await reads.receipts(ids, period))
            for period in asked_periods(house.rules, since, until)
        }
        return plan(house.rules, Area(units, received), since, until), dict(house.days.names)


async def _units(reads: Reads, code: str | None, on: date) -> list[Unit]:
    if code is None:
        return [unit for kind in sorted(REPORTING_KINDS) for unit in await reads.units_of_kind(kind, ALL)]
    unit = await reads.unit_by_code(code.upper()) or await reads.unit_by_code(code)
    if unit is None:
        raise click.ClickException(f"There is no unit {code}.")
    return await reads.subtree([unit.id], on)


def _line(voice: Voice, one: Planned) -> str:
    at, key = f"{one.at.astimezone(ZONE):%Y-%m-%d %H:%M}", _kind(one) if _daily(one) else one.key
    return f"{at}  {key}  {voice.speak(one.what)} -> {voice.speak(one.whom)} ({voice.speak(one.why)})"
