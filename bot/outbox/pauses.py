"""Chats that have to wait, and until when."""

from __future__ import annotations

from datetime import datetime


class Pauses:
    """Until when nothing goes to a chat. A pause is over when it is forgotten, not by the passing of time alone.

    What was put back waits in the database. Until it has been claimed again, what comes later must queue behind it.
    """

    def __init__(self) -> None:
        """Begin with nobody waiting."""
        self._until: dict[str, datetime] = {}

    def add(self, chat: str, until: datetime) -> None:
        """Let a chat wait."""
        self._until[chat] = max(until, self._until.get(chat, until))

    def until(self, chat: str) -> datetime | None:
        """Give the end of a chat's pause, which may have passed."""
        return self._until.get(chat)

    def forget(self, now: datetime) -> None:
        """Forget the pauses that have passed: everything that waited for them is claimed."""
        if self._until:
            self._until = {chat: until for chat, until in self._until.items() if until > now}
