"""What was said."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.messages import Address, FileRef, Message


@dataclass(frozen=True, slots=True)
class Line:
    """One line of a conversation: ours, or (`own`) the person's. `key` stays the same when the wording changes."""

    key: str  # "s" and the id of the outbox row, or "h" and the id of the incoming message
    at: datetime  # when it was said
    own: bool
    message: Message
    files: tuple[FileRef, ...] = ()  # that the person sent


class TalkReads(Protocol):
    """What can be asked of conversations."""

    async def lines(self, address: Address, after: datetime, now: datetime, limit: int) -> list[Line]:
        """Give the latest lines of a conversation from that moment on, the oldest first, without what is not yet due.

        What the person said is there only for channels whose `Heard` is kept.
        """

    async def lines_before(self, address: Address, before: datetime, since: datetime, limit: int) -> list[Line]:
        """Give the latest lines said before that (past) moment, and not before `since`, the oldest first."""

    async def line(self, address: Address, key: str) -> Line | None:
        """Give one line of a conversation."""

    async def said(self, keys: Sequence[str]) -> set[str]:
        """Tell which of these messages there are, sent or not."""
