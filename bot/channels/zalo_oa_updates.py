"""Events of a Zalo Official Account: the signature they must bear, and what they say as Incoming.

Source: webhook of Zalo Official Account: `{app_id, event_name, sender: {id}, recipient: {id}, message: {msg_id, text?,
attachments?: [{type, payload: {url, name?, size?, type?}}]}, timestamp}` with `timestamp` in milliseconds, and
`X-ZEvent-Signature` = sha256(app id + body + timestamp + secret of the account), with or without `mac=` before it.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import logging
from collections.abc import Mapping
from datetime import UTC, datetime
from typing import Any, Final
from urllib.parse import urlsplit

from bot.channels.zalo_oa_keys import NAME, OaAccount
from bot.messages import Address, Arrival, FileRef, Incoming

log = logging.getLogger(__name__)

SIGNATURE_HEADER: Final = "x-zevent-signature"
PREFIX: Final = "user_send_"
FILES: Final = {"image": "photo", "file": "file"}


def read_call(headers: Mapping[str, str], body: bytes, account: OaAccount, schemes: frozenset[str]) -> list[Incoming]:
    """Read a webhook call; nothing where it is our own echo or cannot be read.

    Raises PermissionError when the signature is wrong.
    """
    event = _json(body)
    given = next((value for key, value in headers.items() if key.lower() == SIGNATURE_HEADER), "")
    right = sign(body, str(event.get("timestamp", "")), account)
    if not account.secret or not hmac.compare_digest(given.removeprefix("mac=").encode(), right.encode()):
        raise PermissionError("wrong signature")
    try:
        incoming = _read(event, schemes)
    except (KeyError, TypeError, ValueError, AttributeError, OverflowError, OSError, IndexError) as trouble:
        log.warning("zalo_oa: skipped an unreadable event: %s", type(trouble).__name__)
        return []
    return [incoming] if incoming is not None else []


def sign(body: bytes, timestamp: str, account: OaAccount) -> str:
    """Give the signature that Zalo puts on a call."""
    return hashlib.sha256(account.app_id.encode() + body + timestamp.encode() + account.secret.encode()).hexdigest()


def _json(body: bytes) -> Mapping[str, Any]:
    try:
        event = json.loads(body)
    except ValueError:
        event = None
    return event if isinstance(event, dict) else {}


def _read(event: Mapping[str, Any], schemes: frozenset[str]) -> Incoming | None:
    name = str(event["event_name"])
    if not name.startswith(PREFIX):  # our own words come back as oa_send_…; follow and unfollow say nothing to us
        return None
    kind, message = name.removeprefix(PREFIX), event["message"]
    if kind == "text":
        return _incoming(event, text=_words(message["text"]))
    file = _file(message["attachments"][0]["payload"], FILES[kind], schemes) if kind in FILES else None
    if file is not None:
        return _incoming(event, what=Arrival.FILES, text=_words(message.get("text") or ""), files=(file,))
    return _incoming(event, what=Arrival.OTHER, text=kind)


def _file(payload: Mapping[str, Any], kind: str, schemes: frozenset[str]) -> FileRef | None:
    """Give where a file lies; None where there is no address that may be asked."""
    url = str(payload.get("url") or "")
    if urlsplit(url).scheme not in schemes or not urlsplit(url).hostname:
        return None
    size = str(payload.get("size") or "")
    mime = "image/jpeg" if kind == "photo" else ""
    return FileRef(url, kind, str(payload.get("name") or ""), mime, int(size) if size.isdecimal() else None)


def _incoming(event: Mapping[str, Any], **parts: Any) -> Incoming:
    id_ = str(event["message"]["msg_id"])
    at = datetime.fromtimestamp(int(event["timestamp"]) / 1000, UTC)
    owner = str(event["recipient"]["id"])
    return Incoming(f"{owner}:{id_}", Address(NAME, str(event["sender"]["id"])), at, message_id=id_, **parts)


def _words(words: Any) -> str:
    if not isinstance(words, str):
        raise TypeError("not a text")
    return words
