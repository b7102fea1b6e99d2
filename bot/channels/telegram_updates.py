"""Telegram's raw updates read as Incoming, each on its own, so that a strange one stops no other."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterable, Mapping
from datetime import UTC, datetime
from typing import Any, Final

from telegram.constants import FileSizeLimit, MessageAttachmentType

from bot.messages import Address, Arrival, FileRef, Incoming

log = logging.getLogger(__name__)

Raw = Mapping[str, Any]

NAME: Final = "telegram"
WANTED: Final = ("message", "edited_message", "callback_query", "my_chat_member")
MAX_FILE: Final = int(FileSizeLimit.FILESIZE_DOWNLOAD)
AWAY: Final = ("kicked", "left")
# What else people send; "animation" and "venue" come with a "document" or a "location" too and go first.
OTHERS: Final = ("animation", "venue", *sorted({str(k) for k in MessageAttachmentType} | {"checklist", "gift"}))


def read_updates(updates: Iterable[Any], bot: str, now: datetime) -> list[Incoming]:
    """Read what can be read of a batch; the rest is logged by its type, never by its content."""
    found = (read_update(update, bot, now) for update in updates)
    return [incoming for incoming in found if incoming is not None]


def read_update(update: Any, bot: str, now: datetime) -> Incoming | None:
    """Read one update; None where it says nothing to us, or cannot be read."""
    try:
        return _read(update, f"{bot}:{int(update['update_id'])}", now)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as trouble:
        log.warning("telegram: skipped an unreadable update (%s): %s", _kind(update), type(trouble).__name__)
        return None


def next_offset(updates: Iterable[Any]) -> int | None:
    """Give the offset that acknowledges these updates; None when none of them has a number."""
    numbers = [u["update_id"] for u in updates if isinstance(u, dict) and isinstance(u.get("update_id"), int)]
    return max(numbers) + 1 if numbers else None


def _kind(update: Any) -> str:
    if not isinstance(update, dict):
        return type(update).__name__
    return next((kind for kind in WANTED if kind in update), "unknown")


def _read(update: Raw, id_: str, now: datetime) -> Incoming | None:
    for kind, reader in READERS.items():
        if kind in update:
            return reader(update[kind], id_, now)
    return None


def _message(message: Raw, id_: str, _now: datetime) -> Incoming | None:
    if "migrate_to_chat_id" in message:
        return _incoming(message, id_, what=Arrival.MOVED, text=str(message["migrate_to_chat_id"]))
    if "text" in message:
        return _incoming(message, id_, text=_text(message["text"]))
    other = next((kind for kind in OTHERS if kind in message), "")
    if not other:
        return None  # a service message: somebody joined, a message was pinned
    if other not in {"photo", "document"}:
        return _incoming(message, id_, what=Arrival.OTHER, text=other)
    ref = _photo(message["photo"]) if other == "photo" else _document(message["document"])
    return _incoming(
        message,
        id_,
        what=Arrival.FILES,
        text=_text(message.get("caption", "")),
        files=(ref,),
        album=str(message.get("media_group_id", "")),
    )


def _edited(message: Raw, id_: str, _now: datetime) -> Incoming | None:
    words = message.get("text", message.get("caption"))
    if words is None:
        return None  # a live location moved: nothing was reworded
    return _incoming(message, id_, what=Arrival.EDIT, text=_text(words))


def _press(query: Raw, id_: str, now: datetime) -> Incoming | None:
    if "data" not in query:
        return None
    sender, message = query["from"], query.get("message") or {}
    chat = message.get("chat") or {"id": sender["id"], "type": "private"}
    return Incoming(
        id_,
        Address(NAME, str(int(chat["id"]))),
        now,  # a press carries no time of its own
        Arrival.PRESS,
        _text(query["data"]),
        message_id=str(message.get("message_id", "")),
        ack=str(query["id"]),
        language=sender.get("language_code") or "",
        private=chat["type"] == "private",
        timed=False,
    )


def _membership(change: Raw, id_: str, _now: datetime) -> Incoming | None:
    before, after = (change[which]["status"] in AWAY for which in ("old_chat_member", "new_chat_member"))
    if before == after:
        return None
    return _incoming(change, id_, what=Arrival.BLOCKED if after else Arrival.UNBLOCKED)


READERS: Final[Mapping[str, Callable[[Raw, str, datetime], Incoming | None]]] = {
    "message": _message,
    "edited_message": _edited,
    "callback_query": _press,
    "my_chat_member": _membership,
}


def _incoming(message: Raw, id_: str, **parts: Any) -> Incoming:
    chat = message["chat"]
    return Incoming(
        id_,
        Address(NAME, str(int(chat["id"]))),
        datetime.fromtimestamp(message.get("edit_date") or message["date"], UTC),
        message_id=str(message.get("message_id", "")),
        language=(message.get("from") or {}).get("language_code") or "",
        private=chat["type"] == "private",
        **parts,
    )


def _text(words: Any) -> str:
    if not isinstance(words, str):
        raise TypeError("not a text")
    return words


def _photo(sizes: Any) -> FileRef:
    fitting = [size for size in sizes if (size.get("file_size") or 0) <= MAX_FILE] or sizes
    best = max(fitting, key=lambda size: size["width"] * size["height"])
    return FileRef(str(best["file_id"]), "photo", mime="image/jpeg", size=best.get("file_size"))


def _document(document: Raw) -> FileRef:
    return FileRef(
        str(document["file_id"]),
        "file",
        name=_text(document.get("file_name") or ""),
        mime=_text(document.get("mime_type") or ""),
        size=document.get("file_size"),
    )
