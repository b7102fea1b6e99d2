"""The words of a preview: whom a notice will reach, what that costs, how long it takes."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Final

from bot.i18n import Code, Plain, Text, _, _n, lines, listed
from bot.messages import Choice, Say
from bot.notices.copies import CLOSED, NOBODY
from bot.notices.notice import Notice
from bot.notices.reach import SILENT, Reach
from bot.ports import channel_title

MINUTE: Final = 60


@dataclass(frozen=True, slots=True)
class Preview:
    """What a preview tells its sender."""

    reach: Reach
    unreached: Sequence[str]  # names of units
    seconds: int
    troubles: Sequence[Text] = ()
    short: Mapping[str, int] = field(default_factory=dict)  # channel -> how many this month has no message left for
    unpaid: Mapping[str, int] = field(default_factory=dict)  # channel -> how many it has no money left for


def preview(notice: Notice, told: Preview) -> Say:
    """Tell whom a notice will reach and how long it takes, and offer to send it."""
    number, reach = notice.number, told.reach
    send = [
        Choice(_("Send the notice"), f"/phattin gui {number}"),
        Choice(_("Send it to me first"), f"/phattin thu {number}"),
    ]
    rest = [
        Choice(_("Change the notice"), f"/phattin sua {number}"),
        Choice(_("Drop the notice"), f"/phattin bo {number}"),
    ]
    choices = [*(send if reach.people else []), *rest]
    text = lines(
        *told.troubles,
        _people(reach),
        *_price(reach),
        *_missing(reach),
        _("Please call: {units}", units=listed(*(Plain(name) for name in told.unreached))) if told.unreached else None,
        *_short(told.short),
        *_unpaid(told.unpaid),
        _takes(told.seconds) if reach.people else None,
        _("It will go out at {moment}.", moment=notice.at) if notice.at is not None else None,
    )
    keyed = tuple(Choice(one.label, one.data, str(n)) for n, one in enumerate(choices, 1))
    return Say(text, _("Preview of TB{number}", number=Code(number)), keyed)


def _people(reach: Reach) -> Text:
    if not reach.people:
        return _("Nobody would get this notice. Please choose other units.")
    ways = (_("{channel} {number}", channel=channel_title(name), number=n) for name, n in reach.channels.items())
    return _(
        "To {people} people in {reached} of {units} units ({channels}).",
        people=reach.people,
        reached=reach.units - len(reach.unreached),
        units=reach.units,
        channels=listed(*ways),
    )


def _price(reach: Reach) -> Iterator[Text]:
    """Say what it costs on channels that ask for money, and who is written to on another one."""
    if reach.free:
        yield _n(
            "{count} of them wrote within the free time: no charge.",
            "{count} of them wrote within the free time: no charge.",
            reach.free,
        )
    if reach.paid:
        yield _n(
            "{count} message has to be paid for: {cost} đồng in all.",
            "{count} messages have to be paid for: {cost} đồng in all.",
            reach.paid,
            cost=reach.cost,
        )
    if reach.instead:
        yield _n(
            "{count} person is reached on another channel: on the usual one they were silent for too long.",
            "{count} people are reached on another channel: on the usual one they were silent for too long.",
            reach.instead,
        )


def _missing(reach: Reach) -> Iterator[Text]:
    why = list(reach.unreached.values())
    nobody, closed, silent = why.count(NOBODY), why.count(CLOSED), why.count(SILENT)
    if nobody:
        yield _n(
            "{count} unit is not reached: nobody holds that role there.",
            "{count} units are not reached: nobody holds that role there.",
            nobody,
        )
    if closed:
        yield _n(
            "{count} unit is not reached: somebody is there, but cannot be written to.",
            "{count} units are not reached: somebody is there, but cannot be written to.",
            closed,
        )
    if silent:
        yield _n(
            "{count} unit is not reached: its people were silent for too long, and must write to the assistant first.",
            "{count} units are not reached: their people were silent for too long, and must write to the assistant "
            "first.",
            silent,
        )


def _short(short: Mapping[str, int]) -> Iterator[Text]:
    for channel, count in short.items():
        yield _n(
            "{channel}: the messages of this month run short, {count} person gets it next month only.",
            "{channel}: the messages of this month run short, {count} people get it next month only.",
            count,
            channel=channel_title(channel),
        )


def _unpaid(unpaid: Mapping[str, int]) -> Iterator[Text]:
    for channel, count in unpaid.items():
        yield _n(
            "{channel}: the money of this month runs short, {count} person gets it next month only.",
            "{channel}: the money of this month runs short, {count} people get it next month only.",
            count,
            channel=channel_title(channel),
        )


def _takes(seconds: int) -> Text:
    if seconds < MINUTE:
        return _("Sending takes less than a minute.")
    return _n("Sending takes about {count} minute.", "Sending takes about {count} minutes.", -(-seconds // MINUTE))
