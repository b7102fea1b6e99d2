"""/trangthai: whether all is well, in everyday words: what waits, the last backup and reminders, who got nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.i18n import Plain, Text, _, _n, lines
from bot.messages import Choice
from bot.ports import Reads
from bot.records import INVITERS, OFFICERS, REPORTERS, Unit
from bot.talk import Command, Talk
from handlers.large import put_off
from handlers.pages import page_in, paged

LOOKED_BACK: Final = timedelta(days=7)
TOO_OLD: Final = timedelta(days=2)  # a backup
STOPPED: Final = timedelta(minutes=15)  # the clock looks every minute
BACKUP: Final = "backup"
REMINDERS: Final = "planned"


async def status(talk: Talk, words: str) -> None:
    """Say how things stand; the units that were not reached can be opened."""
    under = [unit.id for unit in talk.known.units(INVITERS)]
    if await put_off(talk, under, COMMAND.name, words):
        return
    reads = await talk.read()
    waiting = await reads.waiting_messages(talk.now)
    units = await _unreached(talk, reads, under)
    text = lines(
        _n("{count} message waits to be sent.", "{count} messages wait to be sent.", waiting)
        if waiting
        else _("No message waits: everything has been sent."),
        _backup(talk, await reads.marked(BACKUP)),
        _reminders(talk, await reads.marked(REMINDERS)),
        _n(
            "{count} unit has somebody who did not get a message in the last 7 days, or who cannot be written to:",
            "{count} units have somebody who did not get a message in the last 7 days, or who cannot be written to:",
            len(units),
        )
        if units
        else _("Everybody got what was sent in the last 7 days."),
    )
    talk.audit("status")
    talk.offer("status", text, *_choices(talk, units, page_in(words)))


def _backup(talk: Talk, made: datetime | None) -> Text:
    if made is None:
        return _("No backup has been made yet: please tell whoever runs the machine.")
    if talk.now - made > TOO_OLD:
        return _("Last backup: {moment}. That is long ago: please tell whoever runs the machine.", moment=made)
    return _("Last backup: {moment}.", moment=made)


def _reminders(talk: Talk, looked: datetime | None) -> Text:
    if looked is None:
        return _("Reminders have not run yet.")
    if talk.now - looked > STOPPED:
        return _(
            "Reminders last ran {moment} and seem to have stopped: please tell whoever runs the machine.", moment=looked
        )
    return _("Reminders last ran {moment}.", moment=looked)


async def _unreached(talk: Talk, reads: Reads, under: Sequence[int]) -> list[Unit]:
    """Give the units with somebody whom a message did not reach, or who has no open address any more."""
    units = {unit.id: unit for unit in await reads.subtree(under, talk.today)}
    failed = {one.unit for one in await reads.unreached(under, talk.now - LOOKED_BACK)}
    closed = {one.unit for one in await reads.holders(list(units), sorted(INVITERS | REPORTERS)) if not one.reachable}
    return [unit for id_, unit in units.items() if id_ in failed | closed]


def _choices(talk: Talk, units: Sequence[Unit], page: int) -> list[Choice]:
    """Let officers open a unit; whoever only keeps the machine running sees its name."""
    opens = talk.known.holds(OFFICERS)
    items: list[tuple[Text, str]] = [
        (Plain(unit.name), f"/donvi {unit.code}" if opens else "/trangthai") for unit in units
    ]
    return paged(items, page, "/trangthai")


COMMAND: Final = Command(
    "trangthai", _("Is all well?"), status, words=("trang thai",), roles=INVITERS, takes_words=True
)
