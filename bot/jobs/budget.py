"""The job "budget": tells whoever runs the office in time that a channel's messages of the month run short."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any, Final

from bot.effects import Effect, Speak
from bot.i18n import Plain, Text, _
from bot.jobs.remind import Speaking
from bot.messages import Outgoing, Priority, Say
from bot.ports import Reads, channel_title
from bot.records import Person, Role

MOST: Final = 100  # people who run an office


class TellBudget:
    """Speaks to the admins, or where there is none to the officers of the province."""

    def __init__(self, speaking: Speaking) -> None:
        """Take what it speaks with."""
        self._with = speaking

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Say that of `args["channel"]`, `args["spent"]` of `args["monthly"]` messages (or đồng) are used."""
        del attempts
        async with self._with.store.reading() as reads:
            people = await _told(reads)
        say = Say(_money(args) if args.get("what") == "money" else _messages(args))
        return [
            Speak(Outgoing(f"{args['key']}/{person.id}", person.addresses[0], spoken, Priority.ALERT))
            for person in people
            for spoken in (say.spoken(self._with.voice_of(person)),)
        ]


def _messages(args: Mapping[str, Any]) -> Text:
    return _(
        "{channel}: {spent} of the {monthly} messages of this month are used. Until it ends only answers and "
        "alerts go out there; reminders, digests and notices wait or are left out.",
        channel=Plain(channel_title(args["channel"])),
        spent=args["spent"],
        monthly=args["monthly"],
    )


def _money(args: Mapping[str, Any]) -> Text:
    return _(
        "{channel}: {spent} of the {monthly} đồng of this month are spent. Until it ends, of what costs money only "
        "answers and alerts go out there; what is free goes on.",
        channel=Plain(channel_title(args["channel"])),
        spent=args["spent"],
        monthly=args["monthly"],
    )


async def _told(reads: Reads) -> list[Person]:
    for role in (Role.ADMIN, Role.PROV_OFFICER):
        people = [person for person in await reads.posted((role,), "", MOST) if person.addresses]
        if people:
            return people
    return []
