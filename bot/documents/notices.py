"""The job "notice_sheet": how each unit stands with a notice, as a workbook with one row for each."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.effects import Effect, Speak
from bot.i18n import ZONE, Text, Voice, _
from bot.messages import Address, Attachment, Outgoing, Reader, Say
from bot.notices.notice import Notice, Step
from bot.notices.standing import Standing, standings
from bot.notices.wording import named
from bot.ports import Contact, Reads, Store
from bot.records import OFFICERS, Person, Unit
from bot.worker import in_process

CHUNK: Final = 500
WIDTHS: Final = (12, 40, 32, 18, 26, 16, 18, 18, 14, 18, 10)
MOMENTS: Final = frozenset({6, 7, 9})  # columns that hold one
HEADINGS: Final = (
    _("Code"),
    _("Unit"),
    _("Area"),
    _("Reached"),
    _("Contact"),
    _("Phone"),
    _("Confirmed at"),
    _("Passed on at"),
    _("To people"),
    _("Done at"),
    _("Report"),
)


class NoticeSheet:
    """Makes the workbook, and sends it to whoever asked. The sweep deletes the copy a day later."""

    def __init__(self, store: Store, exports: Path, voice: Callable[[Person], Voice]) -> None:
        """Take where to read, where to write, and in which words."""
        self._store = store
        self._exports = exports
        self._voice = voice

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Write up `args["notice"]` for the chat that asked: of the units that it is an officer over now."""
        del attempts
        address = Address(args["channel"], args["chat"])
        voice = self._voice(Person("", language=args["language"]))
        path = self._exports / f"{args['job']}.xlsx"
        rows = path.with_suffix(".rows")
        path.parent.mkdir(parents=True, exist_ok=True)
        try:
            async with self._store.reading() as reads:
                notice = await reads.notice(args["notice"])
                if notice is None or not await _gathered(reads, notice, address, (voice, rows)):
                    return []
            title, headings = voice.speak(named(notice)), [voice.speak(one) for one in HEADINGS]
            await in_process(write_rows, path, Heads(f"TB{notice.number}", title, headings), rows)
        finally:
            rows.unlink(missing_ok=True)
        file = Attachment(str(path), f"TB{notice.number}.xlsx", reader=Reader(address, (notice.unit,)))
        say = Say(_("{notice}: one row for each unit.", notice=named(notice)), attachments=(file,))
        return [Speak(Outgoing(f"sheet/{args['job']}", address, say.spoken(voice)))]


@dataclass(frozen=True, slots=True)
class Heads:
    """What stands above the rows: the name of the sheet, its title, the headings."""

    name: str
    title: str
    columns: Sequence[str]


async def _gathered(reads: Reads, notice: Notice, address: Address, into: tuple[Voice, Path]) -> bool:
    """Lay the rows down in a file, some hundred units at a time; false where the notice is not for these eyes."""
    person = await reads.person_at(address)
    under = [unit.id for unit in person.units(OFFICERS)] if person is not None else []
    if not under or not await reads.within(under, [notice.unit]):
        return False
    (voice, path), areas, after = into, dict[int, str](), 0
    path.touch(mode=0o600)
    with path.open("w", encoding="utf-8") as file:
        while page := await reads.copies_of(notice.id, after, CHUNK):
            after = page[-1].unit
            units = {unit.id: unit for unit in await reads.within(under, sorted({copy.unit for copy in page}))}
            heard = await reads.heard_at(notice.id, list(units))
            found = standings([copy for copy in page if copy.unit in units], heard)
            await _know_areas(reads, areas, units.values())
            contacts = {one.unit: one for one in reversed(await reads.contacts(list(units)))}
            for one in found:
                unit = units[one.unit]
                area = areas.get(unit.parent or 0, "")
                file.write(json.dumps([*_row(one, unit, area, contacts.get(one.unit), voice)]) + "\n")
    return True


async def _know_areas(reads: Reads, known: dict[int, str], units: Iterable[Unit]) -> None:
    for parent in {unit.parent for unit in units if unit.parent is not None} - known.keys():
        above = await reads.unit(parent)
        known[parent] = above.name if above is not None else ""


def _row(one: Standing, unit: Unit, area: str, contact: Contact | None, voice: Voice) -> Iterator[Any]:
    yield from (unit.code, unit.name, area, voice.speak(_reached(one)))
    yield from (contact.name, contact.phone) if contact is not None else ("", "")
    received, spread, done = (one.steps.get(step) for step in Step)
    yield _moment(received or spread or done)
    yield _moment(spread)
    yield spread.people if spread is not None else ""
    yield _moment(done)
    yield f"BC{done.report}" if done is not None and done.report is not None else ""


def _reached(one: Standing) -> Text:
    if one.reached:
        return _("yes")
    return _("not certain") if one.uncertain else _("no")


def _moment(step: Any) -> str:
    return step.at.astimezone(ZONE).replace(tzinfo=None).isoformat() if step is not None else ""


def write_rows(path: Path, heads: Heads, rows: Path) -> None:
    """Make a workbook of the rows in a file, whole under a name of its own, for nobody but us to read."""
    import xlsxwriter

    unfinished = path.with_suffix(".part")
    unfinished.touch(mode=0o600)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(unfinished), options) as book, rows.open(encoding="utf-8") as file:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        page = book.add_worksheet(heads.name)
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)
        page.freeze_panes(2, 0)
        page.write_string(0, 0, heads.title, bold)
        for column, heading in enumerate(heads.columns):
            page.write_string(1, column, heading, bold)
        for line, row in enumerate(file, 2):
            for column, value in enumerate(json.loads(row)):
                _cell(page, (line, column), value, moment if column in MOMENTS else None)
    unfinished.replace(path)


def _cell(page: Any, at: tuple[int, int], value: Any, moment: Any) -> None:
    if isinstance(value, int):
        page.write_number(*at, value)
    elif moment is not None and value:
        page.write_datetime(*at, datetime.fromisoformat(value), moment)
    else:
        page.write_string(*at, value)
