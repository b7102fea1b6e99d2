"""/trangthai: whether all is well, in everyday words: what waits, the last backup and reminders, who got nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from typing import Final

from bot.i18n import Plain, Text, _, _n, lines
from bot.messages import SILENT, Choice
from bot.ports import Reads, Unreached, channel_title
from bot.records import INVITERS, OFFICERS, REPORTERS, Unit
from bot.reporting.periods import month_start
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
    failed = await reads.unreached(under, talk.now - LOOKED_BACK)
    units = await _unreached(talk, reads, under, failed)
    text = lines(
        _n("{count} message waits to be sent.", "{count} messages wait to be sent.", waiting)
        if waiting
        else _("No message waits: everything has been sent."),
        _backup(talk, await reads.marked(BACKUP)),
        _reminders(talk, await reads.marked(REMINDERS)),
        *await _months(talk, reads),
        _n(
            "{count} unit has somebody who did not get a message in the last 7 days, or who cannot be written to:",
            "{count} units have somebody who did not get a message in the last 7 days, or who cannot be written to:",
            len(units),
        )
        if units
        else _("Everybody got what was sent in the last 7 days."),
        _silent(len({one.person for one in failed if one.why.startswith(SILENT)})),
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


async def _months(talk: Talk, reads: Reads) -> list[Text]:
    """Say how much of this month is used, of each channel that has only so many messages, or that costs money."""
    since, monthly, money = month_start(talk.now), talk.house.monthly, talk.house.money
    told: list[Text] = []
    for channel in sorted({*monthly, *money}):
        spent, name = await reads.sent_since(channel, since), channel_title(channel)
        if channel in monthly:
            used = _(
                "{channel}: {spent} of the {monthly} messages of this month are used.",
                channel=name,
                spent=spent.parts,
                monthly=monthly[channel],
            )
            told.append(used)
        if money.get(channel):
            told.append(
                _(
                    "{channel}: about {spent} of the {monthly} đồng of this month are spent.",
                    channel=name,
                    spent=spent.cost,
                    monthly=money[channel],
                )
            )
        elif spent.cost:
            told.append(_("{channel}: about {spent} đồng are spent this month.", channel=name, spent=spent.cost))
    return told


def _silent(people: int) -> Text | None:
    """Say what helps whoever may not be written to."""
    if not people:
        return None
    return _n(
        "{count} of these people was silent on Zalo for more than 7 days, so that Zalo carries nothing to them: one "
        "message from them opens it again.",
        "{count} of these people were silent on Zalo for more than 7 days, so that Zalo carries nothing to them: one "
        "message from them opens it again.",
        people,
    )


async def _unreached(talk: Talk, reads: Reads, under: Sequence[int], failed: Sequence[Unreached]) -> list[Unit]:
    """Give the units with somebody whom a message did not reach, or who has no open address any more."""
    units = {unit.id: unit for unit in await reads.subtree(under, talk.today)}
    missed = {one.unit for one in failed}
    closed = {one.unit for one in await reads.holders(list(units), sorted(INVITERS | REPORTERS)) if not one.reachable}
    return [unit for id_, unit in units.items() if id_ in missed | closed]


def _choices(talk: Talk, units: Sequence[Unit], page: int) -> list[Choice]:
    """Let officers open a unit; whoever only keeps the machine running sees its name."""
    opens = talk.known.holds(OFFICERS)
    items: list[tuple[Text, str]] = [
        (Plain(unit.name), f"/donvi {unit.code}" if opens else "/trangthai") for unit in units
    ]
    return paged(talk, items, page, "/trangthai")


COMMAND: Final = Command(
    "trangthai", _("Is all well?"), status, words=("trang thai",), roles=INVITERS, takes_words=True
)
