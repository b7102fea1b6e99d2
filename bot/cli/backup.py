"""`python -m bot backup FILE` and `restore FILE`: everything in one file, and back."""

from __future__ import annotations

import asyncio
from datetime import timedelta
from pathlib import Path
from typing import Final

import click

from bot.backup.archive import BrokenBackup, Manifest, Reader
from bot.backup.making import Sources, fill, make_backup
from bot.backup.nightly import MARK
from bot.cli.main import config_option, settings_of, work
from bot.cli.wiring import utc_now
from bot.config import Settings
from bot.i18n import ZONE
from storage.copying import OccupiedError, UnknownRevisionError, last_alive
from storage.migrate import pending
from storage.store import SqlStore

STILL_ALIVE: Final = timedelta(seconds=90)  # the program notes every minute that it runs


@click.command("backup")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@config_option
def backup(file: Path, config: Path | None) -> None:
    """Copy database, attachments and settings into FILE, also while the program runs, and try whether it restores."""
    settings = settings_of(config)
    url = settings.database_url.get_secret_value()
    if work(pending(url)):
        raise click.ClickException("The database is not up to date. Run first: python -m bot migrate")
    now = utc_now()
    try:
        told = make_backup(Sources(url, settings.files.folder, settings.file), file, now)
    except OSError as trouble:
        raise click.ClickException(f"{file} cannot be written ({trouble.strerror or trouble}).") from None
    except BrokenBackup as broken:
        raise click.ClickException(f"No backup was made: {broken}. Is the disk well? See also: check") from None
    work(_note(url))
    click.echo(
        f"{file}: {sum(told.rows.values()):,} rows, {told.files:,} attachments; restored for a trial, all there."
    )


@click.command("restore")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--replace", is_flag=True, help="Throw away what the database holds now.")
@config_option
def restore(file: Path, replace: bool, config: Path | None) -> None:
    """Bring back what FILE holds. Stop the program first."""
    settings = settings_of(config)
    try:
        told = work(_restore(settings, Reader(file), replace=replace))
    except (BrokenBackup, UnknownRevisionError, OccupiedError) as trouble:
        raise click.ClickException(f"Nothing was changed: {trouble}.") from None
    click.echo(f"Restored as of {told.made_at.astimezone(ZONE):%d/%m/%Y %H:%M}: {sum(told.rows.values()):,} rows.")
    click.echo("What came in since then is gone; what waited to be sent then is not sent any more.")


async def _restore(settings: Settings, reader: Reader, *, replace: bool) -> Manifest:
    url = settings.database_url.get_secret_value()
    alive = await last_alive(url)
    if alive is not None and (ago := utc_now() - alive) < STILL_ALIVE:
        wait = (STILL_ALIVE - ago).total_seconds()
        raise OccupiedError(f"the program ran {ago.total_seconds():.0f} s ago; stop it, and try again in {wait:.0f} s")
    try:
        await fill(url, reader, replace=replace)
    except OccupiedError as occupied:
        raise OccupiedError(f"{occupied}; with --replace they are thrown away") from None
    await asyncio.to_thread(reader.put_attachments, settings.files.folder)
    await asyncio.to_thread(reader.put_config, settings.file)
    return reader.manifest


async def _note(url: str) -> None:
    store = await SqlStore.open(url)
    try:
        await store.mark(MARK, utc_now())
    finally:
        await store.close()
