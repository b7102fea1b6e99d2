"""The job "notice_sheet": how each unit stands with a notice, as a workbook with one row for each."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.documents.readers import within_reach
from bot.effects import Effect, Speak
from bot.i18n import ZONE, Text, Voice, _
from bot.messages import Address, Attachment, Outgoing, Say
from bot.notices.notice import PLENTY, Notice, Step
from bot.notices.standing import Standing, standings
from bot.notices.wording import named
from bot.ports import Contact, Reads, Store
from bot.records import Person, Unit

CHUNK: Final = 500
WIDTHS: Final = (12, 40, 32, 18, 26, 16, 18, 18, 14, 18, 10)
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
        async with self._store.reading() as reads:
            notice = await reads.notice(args["notice"])
            if notice is None:
                return []
            every = standings(await reads.copies_of(notice.id, 0, PLENTY), await reads.heard(notice.id))
            mine = await within_reach(reads, address, [notice.unit, *(one.unit for one in every)])
            if notice.unit not in mine:
                return []
            found = [one for one in every if one.unit in mine]
            rows = await _rows(reads, found, voice)
        path = self._exports / f"{args['job']}.xlsx"
        await asyncio.to_thread(_write, path, voice, notice, rows)
        name = f"TB{notice.number}.xlsx"
        say = Say(
            _("{notice}: one row for each unit.", notice=named(notice)), attachments=(Attachment(str(path), name),)
        )
        return [Speak(Outgoing(f"sheet/{args['job']}", address, say.spoken(voice)))]


async def _rows(reads: Reads, found: Sequence[Standing], voice: Voice) -> list[tuple[Any, ...]]:
    rows: list[tuple[Any, ...]] = []
    areas: dict[int, str] = {}
    for start in range(0, len(found), CHUNK):
        some = found[start : start + CHUNK]
        contacts = {one.unit: one for one in reversed(await reads.contacts([one.unit for one in some]))}
        for one in some:
            unit = await reads.unit(one.unit)
            if unit is not None:
                rows.append(tuple(_row(one, unit, await _area(reads, areas, unit), contacts.get(one.unit), voice)))
    return rows


async def _area(reads: Reads, known: dict[int, str], unit: Unit) -> str:
    if unit.parent is None:
        return ""
    if unit.parent not in known:
        above = await reads.unit(unit.parent)
        known[unit.parent] = above.name if above is not None else ""
    return known[unit.parent]


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


def _moment(step: Any) -> Any:
    return step.at.astimezone(ZONE).replace(tzinfo=None) if step is not None else ""


def _write(path: Path, voice: Voice, notice: Notice, rows: Sequence[Sequence[Any]]) -> None:
    """Write the workbook whole under a name of its own, for nobody but us to read."""
    import xlsxwriter

    path.parent.mkdir(parents=True, exist_ok=True)
    unfinished = path.with_suffix(".part")
    unfinished.touch(mode=0o600)
    options = {"constant_memory": True, "strings_to_formulas": False, "strings_to_urls": False}
    with xlsxwriter.Workbook(str(unfinished), options) as book:
        bold, moment = book.add_format({"bold": True}), book.add_format({"num_format": "dd/mm/yyyy hh:mm"})
        page = book.add_worksheet(f"TB{notice.number}")
        for column, width in enumerate(WIDTHS):
            page.set_column(column, column, width)
        page.freeze_panes(2, 0)
        page.write_string(0, 0, voice.speak(named(notice)), bold)
        for column, heading in enumerate(HEADINGS):
            page.write_string(1, column, voice.speak(heading), bold)
        for line, row in enumerate(rows, 2):
            for column, value in enumerate(row):
                _cell(page, (line, column), value, moment)
    unfinished.replace(path)


def _cell(page: Any, at: tuple[int, int], value: Any, moment: Any) -> None:
    if isinstance(value, str):
        page.write_string(*at, value)
    elif isinstance(value, int):
        page.write_number(*at, value)
    else:
        page.write_datetime(*at, value, moment)
