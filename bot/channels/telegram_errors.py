"""What Telegram's refusals mean for a message: later, gone, moved or refused."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from bot.channels.http import AGAIN
from bot.messages import Gone, Later, Moved, Refused, SendFailure

OUTAGE = 60.0  # seconds until the next try when the bot itself is refused: somebody must act first

NOBODY = (
    "chat not found",
    "user not found",
    "user is deactivated",
    "group chat was deactivated",
    "peer_id_invalid",
    "bot was kicked",
    "bot was blocked",
)
UNCHANGED = "message is not modified"
NOT_EDITABLE = (
    "message to edit not found",
    "message can't be edited",
    "message_id_invalid",
    "there is no text in the message to edit",
    "message identifier is not specified",
)


def failure(status: int, answer: Mapping[str, Any]) -> SendFailure:
    """Name a refusal by what to do about it."""
    why = description(answer) or f"HTTP {status}"
    hints = answer.get("parameters") or {}
    if to := hints.get("migrate_to_chat_id"):
        return Moved(str(to))
    if status == 429:
        return Later(float(hints.get("retry_after") or AGAIN), why, halts=True)
    if status >= 500:
        return Later(AGAIN, why)
    if status == 403 or speaks_of(why, NOBODY):
        return Gone(why)
    if status == 409:  # somebody else asks for updates with this token
        return Later(AGAIN, why)
    if status in {401, 404}:  # the token or the address of the interface is wrong, not the message
        return Later(OUTAGE, why, halts=True)
    return Refused(why)


def description(answer: Mapping[str, Any]) -> str:
    """Give Telegram's own words, cut short."""
    return str(answer.get("description") or "")[:200]


def speaks_of(why: str, words: tuple[str, ...]) -> bool:
    """Tell whether Telegram's words have one of these in them."""
    return any(word in why.lower() for word in words)
