"""`python -m bot export WHAT PERIOD --unit CODE --out FILE`: tables and documents as files."""

from __future__ import annotations

import sys
from pathlib import Path

import click

from bot.cli.main import config_option, settings_of, work
from bot.cli.making import make_document, ordered
from bot.documents.order import ENDINGS, LISTS, Order, Unwanted
from bot.documents.progress import Stage, Step
from bot.i18n import DEFAULT_LANGUAGE
from storage.migrate import pending


@click.command("export")
@click.argument("what")
@click.argument("period")
@click.option("--unit", "code", required=True, help="The unit, with everything under it.")
@click.option("--out", type=click.Path(dir_okay=False, path_type=Path), required=True, help="The file to write.")
@click.option("--language", default=DEFAULT_LANGUAGE, show_default=True, help="The language of headings.")
@config_option
def export(what: str, period: str, code: str, out: Path, language: str, config: Path | None) -> None:
    """Write a document: "workbook" (all tables), "official", "nq43", or a report kind as a list."""
    ending = out.suffix[1:].lower()
    takes = ENDINGS.get(what, LISTS)
    if ending not in takes:
        raise click.BadParameter(f"{what} is written as .{' or .'.join(takes)}", param_hint="--out")
    settings = settings_of(config)
    if work(pending(settings.database_url.get_secret_value())):
        raise click.ClickException("The database is not up to date. Run first: python -m bot migrate")
    try:
        found, unit = work(ordered(settings, what, period, code))
        order = Order(what, found, unit.id, out, language)
        lines = make_document(settings, order, _tell)
    except Unwanted as why:
        raise click.ClickException(f"Nothing was written: {why}.") from None
    except OSError as trouble:
        raise click.ClickException(f"{out} cannot be written ({trouble.strerror or trouble}).") from None
    click.echo(f"{out}: {unit.name}, {found}, {lines:,} lines.")


def _tell(step: Step) -> None:
    """Say how far it is: one line that changes on a terminal, plain ones elsewhere."""
    told = {Stage.SHEETS: f"{step.done} of {step.of} sheets", Stage.LINES: f"{step.done:,} lines"}.get(
        Stage(step.stage)
    )
    if told is None:
        return
    if sys.stderr.isatty():
        click.echo(f"\r{told}", nl=False, err=True)
    elif step.stage == Stage.SHEETS or not step.done % 10_000:
        click.echo(told, err=True)
