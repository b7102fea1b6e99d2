"""What the doors need of a messenger."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Final, Protocol, runtime_checkable

from bot.messages import Address, Button, Incoming, Message

TITLES: Final = {"telegram": "Telegram", "zalo": "Zalo", "zalo_oa": "Zalo OA", "web": "Web", "console": "Terminal"}
SAMPLE: Final = "sample"  # the made-up people of the demo sit at no real messenger


def channel_title(channel: str) -> str:
    """Give the name that people know a channel by."""
    return "mẫu" if channel == SAMPLE else TITLES.get(channel, channel)


Deliver = Callable[[Sequence[Incoming]], Awaitable[None]]
"""Hands what came to the inbox. Returns after the commit; raises when nothing was taken, so that it comes again."""


@dataclass(frozen=True, slots=True)
class Window:
    """How long after somebody wrote they may be written to, and what that costs in đồng."""

    free: timedelta  # nothing is paid so long
    open: timedelta  # afterwards `price`, so long
    price: int = 0
    templates: Mapping[str, int] = field(default_factory=dict)  # name of an approved message -> its price, at any time

    def price_after(self, silence: timedelta, template: str = "", parts: int = 1) -> int | None:
        """Tell what a message of so many parts costs to somebody silent for so long; None where it may not be said."""
        if silence <= self.free:
            return 0
        return self.price * parts if silence <= self.open else self.templates.get(template)


@dataclass(frozen=True, slots=True)
class Facts:
    """What a channel can do."""

    max_text: int  # UTF-16 units
    buttons: bool
    edits: bool
    files: bool
    pace: float  # messages a second in all that it tolerates
    pace_chat: float = 1.0  # messages a second to one chat
    monthly: int = 0  # messages a month that it sends for us; 0: any number
    money: int = 0  # đồng a month that may be spent on it; 0: any amount
    max_file: int = 20 * 1024 * 1024  # bytes that `fetch` can bring
    window: Window | None = None  # None: whoever is linked may be written to at any time, for nothing


class Channel(Protocol):
    """A messenger, or something that looks like one."""

    name: str
    facts: Facts

    @property
    def trouble(self) -> str:
        """Tell what keeps it from receiving or saying anything, in a few words; "" when all is well."""

    async def run(self, deliver: Deliver) -> None:
        """Receive until cancelled. What `deliver` refused is asked for again."""

    async def send(self, chat: str, message: Message) -> str:
        """Send one message; give the channel's id of it.

        Raises a SendFailure: Later, Gone, Elsewhere, Moved, Refused or Uncertain.
        """

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Bring a file that somebody sent.

        Raises Later to be tried again, Refused when it is gone or larger than `limit` bytes.
        """

    def link(self, code: str) -> str:
        """Give the address that opens a chat with an invitation code, or "" where the channel has none.

        Where no code can stand in an address it opens the chat alone, and the code is typed there.
        """

    async def close(self) -> None:
        """Let go of connections."""


class WebhookChannel(Channel, Protocol):
    """A channel that can also be called by its messenger."""

    def receive(self, headers: Mapping[str, str], body: bytes) -> list[Incoming]:
        """Read a webhook call.

        Raises PermissionError when the secret is wrong. A body that cannot be read gives an empty list.
        """

    def settle(self, taken: Sequence[Incoming]) -> None:
        """Do what is due after the commit (answer button presses), without waiting for it."""


@dataclass(frozen=True, slots=True)
class Toll:
    """What saying something takes: messages, as the messenger counts them, and đồng."""

    parts: int = 1
    cost: int = 0


ONE: Final = Toll()


@runtime_checkable
class MeteredChannel(Protocol):
    """A channel that counts a long text as several messages, or asks money for some."""

    def toll(self, message: Message, silence: timedelta) -> Toll:
        """Tell what a message takes to somebody who has been silent for so long."""


class Purpose(StrEnum):
    """What a link to a page is for; it serves for nothing else."""

    FILES = "files"  # send photos and files to one open question
    PICK = "pick"  # pick from all the choices of one open question


@dataclass(frozen=True, slots=True)
class Ticket:
    """What a link lets whoever holds it do, at which question of which chat, until when."""

    purpose: Purpose
    address: Address  # the chat in which it was asked, and is answered
    draft: str
    step: str
    until: datetime


@dataclass(frozen=True, slots=True)
class OpenQuestion:
    """The question that is open in a chat, as a page needs it."""

    draft: str
    step: str
    title: str
    text: str
    takes: str = ""  # "photo" or "file" where it takes them
    most: int = 0  # files that fit
    have: int = 0  # files that are there
    choices: tuple[Button, ...] = ()  # on all its pages
    several: bool = False  # more than one may be picked


LookUp = Callable[[Address], Awaitable[OpenQuestion | None]]
"""Tells what is asked of a chat now."""


@runtime_checkable
class BridgeChannel(Protocol):
    """A channel with pages of its own, which carry what other messengers cannot."""

    def ticket_link(self, ticket: Ticket, language: str) -> str:
        """Give the address that honours a ticket, or "" where it could not be reached from a phone."""

    def looks_up(self, look: LookUp) -> None:
        """Learn how to find out what is asked of a chat."""
