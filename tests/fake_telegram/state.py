"""What the fake remembers: chats with their messages, files, calls."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, NamedTuple

from tests.fake_telegram.bell import Bell


class ApiError(Exception):
    """A call that the Bot API answers with `ok: false`."""

    def __init__(self, status: int, description: str, **parameters: Any) -> None:
        """Keep what the answer holds."""
        super().__init__(description)
        self.status = status
        self.description = description
        self.parameters = parameters


class Button(NamedTuple):
    """An inline button as its person sees it, and what its press sends."""

    label: str
    data: str


class Received(NamedTuple):
    """What a person got: a new message, or (`edited`) an older one with a new look."""

    text: str
    buttons: tuple[Button, ...] = ()
    message_id: int = 0
    rows: tuple[tuple[Button, ...], ...] = ()
    html: str = ""  # as the bot wrote it
    file: str = ""  # name of what was attached
    content: bytes = b""
    edited: bool = False


class Call(NamedTuple):
    """A method called by the bot and what came of it."""

    method: str
    params: Mapping[str, Any]
    status: int


class Upload(NamedTuple):
    """A file that came by multipart."""

    name: str
    content: bytes


@dataclass
class Entry:
    """A message in a chat, as it is now."""

    id: int
    from_bot: bool
    text: str = ""
    html: str = ""
    rows: tuple[tuple[Button, ...], ...] = ()
    file: Upload | None = None
    raw: dict[str, Any] = field(default_factory=dict)

    def received(self, *, edited: bool = False) -> Received:
        """Show it to the person."""
        buttons = tuple(button for row in self.rows for button in row)
        name, content = self.file or ("", b"")
        return Received(self.text, buttons, self.id, self.rows, self.html, name, content, edited)


@dataclass
class Chat:
    """A private chat or a group."""

    id: int
    member: dict[str, Any]  # the person, as the Bot API describes users
    type: str = "private"
    blocked: bool = False
    deactivated: bool = False
    moved_to: int | None = None
    log: dict[int, Entry] = field(default_factory=dict)
    inbox: list[Received] = field(default_factory=list)
    bell: Bell = field(default_factory=Bell)  # rung when something comes

    def described(self) -> dict[str, Any]:
        """Describe the chat as updates do."""
        names = {"first_name": self.member["first_name"]} if self.type == "private" else {"title": "Group"}
        return {"id": self.id, "type": self.type, **names}


@dataclass
class StoredFile:
    """A file that a person sent. `size` is what the Bot API claims, which may be more than is kept."""

    path: str
    content: bytes
    size: int
