"""The job "register_table": a register of an officer's area as a workbook, sent into the chat."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.effects import Effect, Speak
from bot.forms.facts import Facts
from bot.i18n import _
from bot.messages import Address, Attachment, Outgoing, Reader, Say
from bot.ports import Reads, Store
from bot.records import OFFICERS, Person
from bot.registers import Sheet, seen_by, sheet
from bot.reporting.periods import local_day
from bot.talk import House

MOST: Final = 20_000
WIDTH: Final = 24


@dataclass(frozen=True, slots=True)
class RegisterTable:
    """Makes the table. `house` tells what registers there are; the sweep deletes the copy a day later."""

    store: Store
    house: House
    exports: Path
    clock: Callable[[], datetime]

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Make the table of `args["register"]` for whoever asked, by what they may see now."""
        address = Address(args["channel"], args["chat"])
        async with self.store.reading() as reads:
            person = await reads.person_at(address)
            if person is None or not person.holds(OFFICERS):
                return []
            table = await self._table(reads, person, args["register"])
        path = self.exports / f"{args['job']}.xlsx"
        await asyncio.to_thread(write, path, table)
        reader = Reader(address, tuple(unit.id for unit in person.units(OFFICERS)))
        file = Attachment(str(path), f"{args['register']}.xlsx", reader=reader)
        say = Say(_("Here is the table."), attachments=(file,))
        message = say.spoken(self.house.voice(person))
        return [Speak(Outgoing(f"register/{args['job']}", address, message))]

    async def _table(self, reads: Reads, person: Person, register: str) -> Sheet:
        now = self.clock()
        under = [unit.id for unit in person.units(OFFICERS)]
        entries = seen_by(person, register, await reads.entries(under, register, MOST))
        units = {unit.id: unit.name for unit in await reads.subtree(under, local_day(now))}
        facts = Facts(now, self.house.voice(person), self.house.calendar)
        return sheet(self.house.forms[register], entries, units, facts)


def write(path: Path, table: Sheet) -> None:
    """Write a table as a workbook; what begins like a formula stays text."""
    import xlsxwriter  # its start-up is for whoever needs a workbook

    path.parent.mkdir(parents=True, exist_ok=True)
    options = {"strings_to_formulas": False, "strings_to_urls": False, "strings_to_numbers": False}
    with xlsxwriter.Workbook(str(path), options) as book:
        page = book.add_worksheet()
        bold = book.add_format({"bold": True, "text_wrap": True, "border": 1})
        cell = book.add_format({"text_wrap": True, "border": 1, "valign": "top"})
        page.write_row(0, 0, table.headings, bold)
        for place, row in enumerate(table.rows, 1):
            page.write_row(place, 0, row, cell)
        page.set_column(0, len(table.headings) - 1, WIDTH)
        page.freeze_panes(1, 0)
        page.repeat_rows(0)
        page.set_landscape()
        page.fit_to_pages(1, 0)
