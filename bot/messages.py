"""What comes in and what goes out, whatever the channel: Incoming, Message, and the ways a send can fail."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from types import MappingProxyType

from bot.i18n import Text, Voice


@dataclass(frozen=True, slots=True)
class Address:
    """Where a person can be written to: a chat of a channel. The chat's id is the channel's own."""

    channel: str
    chat: str


@dataclass(frozen=True, slots=True)
class FileRef:
    """A file that somebody sent, still lying with the channel; `remote` is what the channel fetches it by."""

    remote: str
    kind: str  # "photo" or "file"
    name: str = ""
    mime: str = ""
    size: int | None = None  # bytes, where the channel says
    lies: str = ""  # the channel that has it, where that is another than the message came by


UNSUPPORTED = "unsupported"  # the text of OTHER where the messenger itself keeps from us what was sent


class Arrival(StrEnum):
    """What sort of thing came in."""

    TEXT = "text"
    PRESS = "press"  # a button: `text` holds its data
    FILES = "files"
    EDIT = "edit"  # an earlier message was changed: `text` is its new wording
    OTHER = "other"  # a sticker, a voice message, a location: `text` names it
    BLOCKED = "blocked"  # the person shut the door: messages can no longer be delivered
    UNBLOCKED = "unblocked"
    MOVED = "moved"  # the chat has a new id: `text` holds it
    LEFT = "left"  # the person logged out of this chat; with the text "all", of all their chats of this channel


@dataclass(frozen=True, slots=True)
class Incoming:
    """One thing that came in. (`address.channel`, `id`) is its identity: a repeat is dropped by it."""

    id: str
    address: Address
    at: datetime  # the channel's own timestamp, UTC
    what: Arrival = Arrival.TEXT
    text: str = ""
    message_id: str = ""  # of the message itself, or of the one whose button was pressed
    files: tuple[FileRef, ...] = ()
    album: str = ""  # photos sent together share it
    ack: str = ""  # what the channel needs to answer a press
    language: str = ""  # of the person's phone, a hint
    private: bool = True  # false in a group
    timed: bool = True  # false where the channel does not say when it was sent: `at` is then when it reached us
    aside: bool = False  # it came by a page of ours: the chat that it counts for was not used
    shown: str = ""  # what the person sees as their own words, where `text` is the data of a button

    @property
    def source(self) -> str:
        """Name the message for good: channels number messages chat by chat."""
        return f"{self.address.chat}/{self.message_id}" if self.message_id else ""


@dataclass(frozen=True, slots=True)
class Button:
    """A choice, drawn. `key` may be typed instead (a digit or a word); `data` (ASCII, <= 64 bytes) comes back."""

    label: str
    data: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Reader:
    """Who alone may open a link to a file: whoever writes from this chat, while they are an officer over the units."""

    address: Address
    units: tuple[int, ...]


@dataclass(frozen=True, slots=True)
class Attachment:
    """A file of ours to send along, by its path."""

    path: str
    name: str
    kind: str = "file"  # or "photo"
    reader: Reader | None = None  # none: whoever has the link


@dataclass(frozen=True, slots=True)
class Template:
    """What fills the gaps of a message approved beforehand, for channels where at times nothing else may be said."""

    name: str  # of TEMPLATES
    gaps: tuple[tuple[str, str], ...] = ()


# What may be sent so, and the gaps that it fills, besides "name": the person's own.
TEMPLATES: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {"reminder": ("unit", "period", "due"), "notice": ("union", "title", "code")}
)


@dataclass(frozen=True, slots=True)
class Message:
    """One message to one person, in words. Text is plain: channels escape it and draw the title their own way."""

    text: str
    title: str = ""
    buttons: tuple[Button, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    edits: str = ""  # id of a message of ours that this one replaces, where the channel can edit
    template: Template | None = None  # what may stand in for it


@dataclass(frozen=True, slots=True)
class Choice:
    """A button before it is spoken."""

    label: Text
    data: str
    key: str = ""


@dataclass(frozen=True, slots=True)
class Say:
    """A message before it is spoken."""

    text: Text
    title: Text | None = None
    choices: tuple[Choice, ...] = ()
    attachments: tuple[Attachment, ...] = ()
    edits: str = ""
    template: Template | None = None

    def spoken(self, voice: Voice) -> Message:
        """Put it into the words of one person."""
        buttons = tuple(Button(voice.speak(c.label), c.data, c.key) for c in self.choices)
        title = voice.speak(self.title) if self.title else ""
        return Message(voice.speak(self.text), title, buttons, self.attachments, self.edits, self.template)


SHORT = "the messages of this month run short"  # why one waits that the rest of the month is not for
NIGHT = "waits for the morning"  # why one waits that goes out by day only, and holds up no other
SILENT = "silent for too long"  # how the reason begins where a person must write first; it holds up nothing else


class Priority(StrEnum):
    """What a message is worth: what goes first when there is more to say than the channel's pace or month allows."""

    REPLY = "0-reply"
    ALERT = "1-alert"
    REMINDER = "2-reminder"
    DIGEST = "3-digest"
    NOTICE = "3-notice"


@dataclass(frozen=True, slots=True)
class Outgoing:
    """A message on its way: one row of the outbox. `key` is unique, so that nothing is said twice."""

    key: str
    address: Address
    message: Message
    priority: Priority = Priority.REPLY
    not_before: datetime | None = None
    drop_key: str = ""  # unsent rows with this key are deleted when their reason is gone
    not_after: datetime | None = None  # from then on it is too late to send
    reasons: tuple[str, ...] = ()  # more keys of which any one drops it: it is about several things at once
    attempts: int = field(default=0, compare=False)

    @property
    def at_once(self) -> bool:
        """Tell whether the sender should have it from memory, right after the commit."""
        return self.priority is Priority.REPLY and self.not_before is None


# SendFailure
# ├── Later      not now: too many, server trouble; again after `after` seconds
# ├── Gone       the address is dead: blocked, deleted, never existed
# ├── Elsewhere  not here for now: another address of the person may do
# ├── Moved      the chat lives at another id
# ├── Refused    this message will never be taken
# └── Uncertain  it may have arrived


class SendFailure(Exception):
    """A message could not be sent. The subclass says what to do about it."""


class Later(SendFailure):
    """Not now. Try again after `after` seconds; `halts` says that the whole channel must wait, not this chat alone."""

    def __init__(self, after: float, why: str = "", *, halts: bool = False) -> None:
        """Keep the wait and the reason."""
        super().__init__(why or f"later, after {after:g} s")
        self.after = after
        self.halts = halts


class ByDay(Later):
    """Not at this hour: this message alone waits, and nothing else of its chat."""

    def __init__(self, after: float) -> None:
        """Keep how long the night lasts."""
        super().__init__(after, NIGHT)


class Gone(SendFailure):
    """Nobody is there any more: the address is closed."""


class Elsewhere(SendFailure):
    """This channel may not say it to this person now; another of theirs may. The reason is for the operator."""


class Moved(SendFailure):
    """The chat has another id now."""

    def __init__(self, to: str) -> None:
        """Keep the new id."""
        super().__init__(f"moved to {to}")
        self.to = to


class Refused(SendFailure):
    """The channel will never take this message; the reason is for the operator."""


class Uncertain(SendFailure):
    """The call broke off after it was made: the message may have arrived."""
