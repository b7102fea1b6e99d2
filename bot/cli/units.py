"""`python -m bot units import FILE`: the list of units from a spreadsheet into the database."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import click

from bot.cli.importing import STEPS, Outcome, Tell, import_units
from bot.cli.main import config_option, settings_of, work
from bot.cli.wiring import LOCALES, open_store
from bot.i18n import DEFAULT_LANGUAGE, Voice, load_catalogues

__all__ = ["Outcome", "import_units", "units_group"]


@click.group("units")
def units_group() -> None:
    """The list of union units."""


@units_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--dry-run", is_flag=True, help="Say what would change, write nothing.")
@config_option
@click.option("--language", default=DEFAULT_LANGUAGE, show_default=True, help="The language to answer in.")
def import_command(file: Path, dry_run: bool, config: Path | None, language: str) -> None:
    """Import a CSV or XLSX FILE of units; nothing is written if anything in it is wrong."""
    voice = _voice(language)
    outcome = work(_import(file, dry_run, config, voice))
    click.echo(voice.speak(outcome.words()), err=outcome.refused)
    if outcome.refused:
        sys.exit(1)


async def _import(file: Path, dry_run: bool, config: Path | None, voice: Voice) -> Outcome:
    with _progress(voice) as tell:
        async with open_store(settings_of(config)) as store:
            return await import_units(store, file, dry_run, tell)


@contextmanager
def _progress(voice: Voice) -> Iterator[Tell]:
    """Show the steps: as a bar on a terminal, as plain lines elsewhere."""
    if not sys.stderr.isatty():
        yield lambda step: click.echo(f"{voice.speak(step)} …", err=True)
        return
    with click.progressbar(length=len(STEPS), file=sys.stderr, item_show_func=lambda step: step) as bar:
        yield lambda step: bar.update(1, voice.speak(step))


def _voice(language: str) -> Voice:
    catalogues = load_catalogues(LOCALES)
    if language not in catalogues:
        raise click.BadParameter(f"choose one of {', '.join(sorted(catalogues))}", param_hint="--language")
    return Voice(catalogues[language])
