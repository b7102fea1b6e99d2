"""`python -m bot settings …`: the office's book of settings as a workbook, in and out, and its versions."""

from __future__ import annotations

import sys
from collections.abc import Coroutine
from dataclasses import dataclass
from pathlib import Path
from typing import Any, Final

import click

from bot.cli.main import config_option, settings_of, work
from bot.cli.wiring import LOCALES, base_book, open_store, utc_now
from bot.i18n import DEFAULT_LANGUAGE, ZONE, Text, Voice, _, lines, load_catalogues
from bot.office.book import BookError, stored_book
from bot.office.differences import told
from bot.office.importing import OPERATOR, Current, Proposal, bring_back, current
from bot.office.reading import propose
from bot.office.writing import write_book
from bot.ports import Batch
from bot.records import BookVersion

NAMED: Final = 100  # differences that are told one by one
LISTED: Final = 50  # versions

language_option = click.option(
    "--language", default=DEFAULT_LANGUAGE, show_default=True, help="The language to answer in."
)
dry_run_option = click.option("--dry-run", is_flag=True, help="Say what would change, write nothing.")


@dataclass(frozen=True, slots=True)
class Asked:
    """What every command of the group is asked with."""

    config: Path | None
    voice: Voice

    def tell(self, text: Text, *, err: bool = False) -> None:
        """Say something to the operator."""
        click.echo(self.voice.speak(text), err=err)


@click.group("settings")
def settings_group() -> None:
    """The office's book of settings: cycles, days and rules, as a workbook."""


@settings_group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--version", type=click.IntRange(0), default=None, help="An earlier version; 0 is what ships.")
@config_option
@language_option
def export_command(file: Path, version: int | None, config: Path | None, language: str) -> None:
    """Write the book in force into an XLSX FILE."""
    asked = Asked(config, _voice(language))
    book = work(_find(asked, version))
    if book is None:
        raise click.ClickException(f"There is no version {version}. `settings versions` lists them.")
    try:
        write_book(book.book, file, asked.voice, book.version)
    except OSError as trouble:
        raise click.ClickException(f"{file} cannot be written: {trouble.strerror}.") from None
    asked.tell(_("Version {version} stands in {file}.", version=str(book.version), file=str(file)))


@settings_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@dry_run_option
@config_option
@language_option
def import_command(file: Path, dry_run: bool, config: Path | None, language: str) -> None:
    """Take over an XLSX FILE; nothing is written if anything in it is wrong."""
    asked = Asked(config, _voice(language))
    _refusing(asked, _import(asked, file, dry_run))


@settings_group.command("undo")
@click.option(
    "--to", type=click.IntRange(0), default=None, help="The version to bring back; the one before by default."
)
@dry_run_option
@config_option
@language_option
def undo_command(to: int | None, dry_run: bool, config: Path | None, language: str) -> None:
    """Bring an earlier version back, as a new one."""
    asked = Asked(config, _voice(language))
    _refusing(asked, _undo(asked, to, dry_run))


@settings_group.command("versions")
@config_option
@language_option
def versions_command(config: Path | None, language: str) -> None:
    """List the versions of the book, the latest first."""
    asked = Asked(config, _voice(language))
    found = work(_versions(asked))
    asked.tell(lines(*map(_line, found)) if found else _("No book was stored yet: what ships is in force."))


def _refusing(asked: Asked, doing: Coroutine[Any, Any, Text]) -> None:
    """Do it and tell; exit code 1 with every problem when the book is refused."""
    try:
        asked.tell(work(doing))
    except BookError as error:
        problems = [problem.line() for problem in error.problems]
        asked.tell(
            lines(*problems, _("Nothing was written. Problems to mend: {count}.", count=len(problems))), err=True
        )
        sys.exit(1)


async def _import(asked: Asked, file: Path, dry_run: bool) -> Text:
    settings = settings_of(asked.config)
    async with open_store(settings) as store, store.batch() as database:
        proposal = propose(file, await current(database, base_book(settings)))
        return await _take_over(proposal, database, file.name, dry_run=dry_run)


async def _undo(asked: Asked, to: int | None, dry_run: bool) -> Text:
    settings = settings_of(asked.config)
    async with open_store(settings) as store, store.batch() as database:
        now = await current(database, base_book(settings))
        if now.version == 0:
            raise click.ClickException("No book was stored yet, so there is nothing to undo.")
        wanted = now.version - 1 if to is None else to
        proposal = await bring_back(database, base_book(settings), now, wanted)
        if proposal is None:
            raise click.ClickException(f"There is no version {wanted}. `settings versions` lists them.")
        return await _take_over(proposal, database, f"undo: {wanted}", dry_run=dry_run)


async def _take_over(proposal: Proposal, batch: Batch, note: str, *, dry_run: bool) -> Text:
    """Write what is different and tell it; a trial only tells."""
    found = proposal.differences
    words = told(found, NAMED)
    if not found:
        return words
    if dry_run:
        return lines(words, _("This was a trial: nothing was written."))
    await batch.write(proposal.effects(utc_now(), OPERATOR, note))
    return lines(words, _("Version {version} is in force.", version=str(proposal.current.version + 1)))


async def _find(asked: Asked, version: int | None) -> Current | None:
    settings = settings_of(asked.config)
    async with open_store(settings) as store, store.reading() as reads:
        now = await current(reads, base_book(settings))
        if version is None or version == now.version:
            return now
        stored = await reads.book(version) if version else None
        if version and stored is None:
            return None
        return Current(version, stored_book(base_book(settings), stored.sheets if stored is not None else {}))


async def _versions(asked: Asked) -> list[BookVersion]:
    async with open_store(settings_of(asked.config)) as store, store.reading() as reads:
        return await reads.books(LISTED)


def _line(one: BookVersion) -> Text:
    day = one.at.astimezone(ZONE)
    return _("{version}: {moment}, by {who}: {note}", version=str(one.version), moment=day, who=one.by, note=one.note)


def _voice(language: str) -> Voice:
    catalogues = load_catalogues(LOCALES)
    if language not in catalogues:
        raise click.BadParameter(f"choose one of {', '.join(sorted(catalogues))}", param_hint="--language")
    return Voice(catalogues[language])
