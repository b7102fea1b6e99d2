"""`python -m bot migrate`: bring the database up to date. `run` does it by itself."""

from __future__ import annotations

from pathlib import Path

import click

from bot.cli.main import config_option, settings_of, work
from bot.logs import set_up_logs
from storage.migrate import migrate


@click.command("migrate")
@config_option
def migrate_command(config: Path | None) -> None:
    """Bring the database up to date."""
    set_up_logs("warning", as_json=False)
    applied = work(migrate(settings_of(config).database_url.get_secret_value()))
    click.echo(f"Applied: {', '.join(applied)}." if applied else "The database is up to date.")
