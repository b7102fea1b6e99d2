"""Importing the list of units: reading, planning and writing in one transaction, and what to tell the operator."""

from __future__ import annotations

import gc
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.i18n import Text, _, lines
from bot.units.changes import Plan
from bot.units.columns import UNITS
from bot.units.plan import plan
from bot.units.sheet import Sheet, read_sheet
from bot.units.summary import summary
from storage.store import SqlStore
from storage.units import UnitList

STEPS = (_("Reading the file"), _("Comparing it with the list of units"), _("Writing"))

Tell = Callable[[Text], None]


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an import: done, only tried (`dry_run`), or refused for the plan's problems."""

    sheet: Sheet
    plan: Plan
    dry_run: bool = False

    @property
    def refused(self) -> bool:
        """Tell whether nothing was written because of problems."""
        return bool(self.plan.problems)

    def words(self) -> Text:
        """Give what the operator reads."""
        if self.refused:
            problems = [problem.line(self.sheet.headings) for problem in self.plan.problems]
            return lines(*problems, _("Nothing was imported. Problems to mend: {count}.", count=len(problems)))
        end = _("This was a trial: nothing was written.") if self.dry_run else _("The list of units is up to date.")
        return lines(summary(self.plan), end)


def silent(step: Text) -> None:
    """Tell nobody which step is being taken."""


async def import_units(store: SqlStore, path: Path, dry_run: bool, tell: Tell = silent) -> Outcome:
    """Import a spreadsheet: everything it says, or nothing when anything in it is wrong."""
    with _nothing_collected():
        tell(STEPS[0])
        sheet = read_sheet(path, UNITS)
        async with store.reading() if dry_run else store.batch() as database:
            units = UnitList(database)
            tell(STEPS[1])
            planned = plan(sheet, await units.known(to_change=not dry_run), database.today)
            if not dry_run and not planned.problems:
                tell(STEPS[2])
                await units.apply(planned)
    return Outcome(sheet, planned, dry_run)


@contextmanager
def _nothing_collected() -> Iterator[None]:
    """Let the garbage collector rest: it would look through a million values again and again, none of them in circles.

    That is a quarter of the time of a list of 120,000 units.
    """
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()
