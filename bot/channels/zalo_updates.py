"""Zalo's events read as Incoming, from a webhook call or a poll alike.

Source: the webhook page of Zalo Bot Creator: `{ok, result: {event_name, message: {from, chat, text?, photo?, caption?,
message_id, date}}}` with `date` in milliseconds. Bots in production also saw the inner object alone, and `photo_url`.
"""

from __future__ import annotations

import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from bot.messages import Address, Arrival, FileRef, Incoming

log = logging.getLogger(__name__)

NAME: Final = "zalo"
MAX_FILE: Final = 10 * 1024 * 1024
PREFIX, SUFFIX = "message.", ".received"


def read_event(body: Any, bot: str, schemes: frozenset[str]) -> Incoming | None:
    """Read one event; None where it says nothing to us or cannot be read, which is logged by its type only."""
    event = body.get("result", body) if isinstance(body, dict) else {}
    try:
        return _read(str(event["event_name"]), event["message"], bot, schemes)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError) as trouble:
        log.warning("zalo: skipped an unreadable event: %s", type(trouble).__name__)
        return None


def _read(name: str, message: Mapping[str, Any], bot: str, schemes: frozenset[str]) -> Incoming | None:
    kind = name.removeprefix(PREFIX).removesuffix(SUFFIX)
    if message["from"].get("is_bot"):
        return None
    if kind == "text":
        return _incoming(message, bot, text=_words(message["text"]))
    url = _picture(message, schemes) if kind == "image" else ""
    if url:
        caption = _words(message.get("caption") or "")
        photo = FileRef(url, "photo", mime="image/jpeg")
        return _incoming(message, bot, what=Arrival.FILES, text=caption, files=(photo,))
    return _incoming(message, bot, what=Arrival.OTHER, text=kind)


def _picture(message: Mapping[str, Any], schemes: frozenset[str]) -> str:
    """Give where the picture lies; "" where there is no address that may be asked."""
    url = str(message.get("photo") or message.get("photo_url") or "")
    return url if urlsplit(url).scheme in schemes and urlsplit(url).hostname else ""


def _incoming(message: Mapping[str, Any], bot: str, **parts: Any) -> Incoming:
    chat, id_ = message["chat"], str(message["message_id"])
    return Incoming(
        f"{bot}:{id_}",
        Address(NAME, str(chat["id"])),
        datetime.fromtimestamp(int(message["date"]) / 1000, UTC),
        message_id=id_,
        private=chat.get("chat_type", "PRIVATE") == "PRIVATE",
        **parts,
    )


def _words(words: Any) -> str:
    if not isinstance(words, str):
        raise TypeError("not a text")
    return words
