"""`python -m bot targets …`: the targets of all units as a spreadsheet, in and out."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Final

import click

from bot.cli.main import config_option, settings_of, work
from bot.cli.settings import dry_run_option, language_option
from bot.cli.wiring import LOCALES, open_store, utc_now
from bot.effects import Assign, Audit
from bot.i18n import Text, Voice, _, _n, lines, load_catalogues, local_day
from bot.office.importing import OPERATOR
from bot.ports import Reads
from bot.records import Target
from bot.targets.columns import TARGETS
from bot.targets.reading import read_targets
from bot.targets.sums import uneven
from bot.targets.writing import write_targets
from bot.units.problem import Problem
from bot.units.sheet import Sheet, read_sheet
from storage.store import SqlStore

SHOWN: Final = 100  # problems told one by one


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an import. `uneven`: goals that their parts do not add up to, which stops nothing."""

    sheet: Sheet
    problems: tuple[Problem, ...] = ()
    uneven: tuple[Problem, ...] = ()
    new: int = 0
    changed: int = 0
    same: int = 0
    dry_run: bool = False

    def words(self) -> Text:
        """Give what the operator reads."""
        if self.problems:
            told = [problem.line(self.sheet.headings) for problem in self.problems[:SHOWN]]
            return lines(*told, _("Nothing was imported. Problems to mend: {count}.", count=len(self.problems)))
        counts = _(
            "{new} new targets, {changed} assigned anew, {same} as they were.",
            new=self.new,
            changed=self.changed,
            same=self.same,
        )
        trial = _("This was a trial: nothing was written.") if self.dry_run else None
        told = [problem.line(self.sheet.headings) for problem in self.uneven[:SHOWN]]
        rest = len(self.uneven) - len(told)
        more = _("Goals that do not add up, besides these: {count}.", count=rest) if rest else None
        return lines(counts, trial, *told, more)


@click.group("targets")
def targets_group() -> None:
    """The targets of the year."""


@targets_group.command("import")
@click.argument("file", type=click.Path(exists=True, dir_okay=False, path_type=Path))
@dry_run_option
@config_option
@language_option
def import_command(file: Path, dry_run: bool, config: Path | None, language: str) -> None:
    """Assign the targets of an XLSX or CSV FILE; nothing is written if anything in it is wrong."""
    voices = _voices()
    outcome = work(_import(file, dry_run, config, voices))
    click.echo(_voice(voices, language).speak(outcome.words()), err=bool(outcome.problems))
    if outcome.problems:
        sys.exit(1)


@targets_group.command("export")
@click.argument("file", type=click.Path(dir_okay=False, path_type=Path))
@click.option("--year", type=click.IntRange(2020, 2099), default=None, help="The year; this one by default.")
@config_option
@language_option
def export_command(file: Path, year: int | None, config: Path | None, language: str) -> None:
    """Write the targets in force into an XLSX FILE."""
    voice = _voice(_voices(), language)
    count = work(_export(file, year or local_day(utc_now()).year, config, voice))
    click.echo(voice.speak(_n("{count} target was written.", "{count} targets were written.", count)))


async def _import(file: Path, dry_run: bool, config: Path | None, voices: dict[str, Voice]) -> Outcome:
    async with open_store(settings_of(config)) as store:
        return await import_targets(store, file, voices, dry_run=dry_run)


async def import_targets(store: SqlStore, file: Path, voices: dict[str, Voice], *, dry_run: bool) -> Outcome:
    """Import a list: everything it says, or nothing when anything in it is wrong. What is in force stays as it is."""
    sheet = read_sheet(file, TARGETS)
    async with store.batch() as batch:
        listed = read_targets(sheet, await batch.unit_ids(), voices)
        if listed.problems:
            return Outcome(sheet, listed.problems)
        in_force = await _in_force(batch, listed.targets)
        changed = [one for one in listed.targets if _key(one) in in_force and in_force[_key(one)] != one]
        new = [one for one in listed.targets if _key(one) not in in_force]
        unequal = tuple(await uneven(batch, listed.targets, listed.rows, local_day(utc_now())))
        if not dry_run and (new or changed):
            audit = Audit(utc_now(), OPERATOR, "assign", file.name, f"{len(new)} new, {len(changed)} changed")
            await batch.write([Assign((*new, *changed), OPERATOR, utc_now()), audit])
    same = len(listed.targets) - len(new) - len(changed)
    return Outcome(sheet, (), unequal, len(new), len(changed), same, dry_run)


async def _in_force(reads: Reads, these: tuple[Target, ...]) -> dict[tuple[int, str, int], Target]:
    years = {one.year for one in these}
    units = sorted({one.unit for one in these})
    return {_key(one): one for year in years for one in await reads.targets(units, year)}


def _key(one: Target) -> tuple[int, str, int]:
    return one.unit, one.indicator, one.year


async def _export(file: Path, year: int, config: Path | None, voice: Voice) -> int:
    async with open_store(settings_of(config)) as store, store.reading() as reads:
        names = await reads.unit_names()
        rows = [(code, names.get(code, ""), one) for code, one in await reads.all_targets(year)]
    return write_targets(file, rows, voice)


def _voices() -> dict[str, Voice]:
    return {name: Voice(catalogue) for name, catalogue in load_catalogues(LOCALES).items()}


def _voice(voices: dict[str, Voice], language: str) -> Voice:
    if language not in voices:
        raise click.BadParameter(f"choose one of {', '.join(sorted(voices))}", param_hint="--language")
    return voices[language]
