"""Messages and outbox rows: how one is kept as the other."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import lru_cache
from typing import Any

from bot.messages import Address, Attachment, Button, Message, Outgoing, Priority, Reader, Template
from bot.ports import Claim
from storage.tables import outbox

COLUMNS = (
    outbox.c.id,
    outbox.c.key,
    outbox.c.channel,
    outbox.c.chat,
    outbox.c.body,
    outbox.c.priority,
    outbox.c.not_before,
    outbox.c.drop_key,
    outbox.c.attempts,
    outbox.c.not_after,
)


@lru_cache(maxsize=4)
def packed(message: Message) -> Mapping[str, Any]:
    """Turn a message into JSON, leaving out what is empty; the same words for many people are turned once."""
    body = {
        "text": message.text,
        "title": message.title,
        "buttons": [[button.label, button.data, button.key] for button in message.buttons],
        "attachments": [_file(file) for file in message.attachments],
        "edits": message.edits,
        "template": [message.template.name, message.template.gaps] if message.template else [],
    }
    return {name: part for name, part in body.items() if part}


def unpacked(body: Mapping[str, Any]) -> Message:
    """Read a message back."""
    return Message(
        body.get("text", ""),
        body.get("title", ""),
        tuple(Button(*parts) for parts in body.get("buttons", ())),
        tuple(_attachment(*parts) for parts in body.get("attachments", ())),
        body.get("edits", ""),
        _template(*body["template"]) if "template" in body else None,
    )


def _file(file: Attachment) -> list[Any]:
    told: list[Any] = [file.path, file.name, file.kind]
    who = file.reader
    return told if who is None else [*told, who.address.channel, who.address.chat, list(who.units)]


def _attachment(path: str, name: str, kind: str, *who: Any) -> Attachment:
    return Attachment(path, name, kind, Reader(Address(who[0], who[1]), tuple(who[2])) if who else None)


def _template(name: str, gaps: Sequence[Sequence[str]]) -> Template:
    return Template(name, tuple((gap, value) for gap, value in gaps))


def outbox_row(out: Outgoing, now: datetime) -> dict[str, Any]:
    """Give the row of a message that waits to be sent."""
    return {
        "key": out.key,
        "channel": out.address.channel,
        "chat": out.address.chat,
        "body": packed(out.message),
        "priority": out.priority.value,
        "state": "pending",
        "not_before": out.not_before,
        "drop_key": out.drop_key,
        "attempts": out.attempts,
        "message_id": "",
        "why": "",
        "created_at": now,
        "not_after": out.not_after,
    }


def claim(row: Sequence[Any]) -> Claim:
    """Read a row (of `COLUMNS`) that was taken for sending."""
    id_, key, channel, chat, body, priority, not_before, drop_key, attempts, not_after = row
    address = Address(channel, chat)
    out = Outgoing(key, address, unpacked(body), Priority(priority), not_before, drop_key, not_after, attempts=attempts)
    return Claim(id_, out, attempts)
