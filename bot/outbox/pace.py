"""How fast a channel may be written to: in all, and to each chat."""

from __future__ import annotations

from typing import Final

# Aimed at, of what the channel tolerates, so that no second of its own clock holds a message too many.
SHARE: Final = 0.98
# How much earlier than due a message may go, so that a late wake-up is caught up on.
SLACK: Final = 0.01
# Replies never wait for the pace, but what they use up holds others back, for this long at most.
DEBT: Final = 1.0
SWEEP_AT: Final = 1000


class Pace:
    """A token bucket for the channel and one for each chat. `now` is in seconds, of any clock."""

    def __init__(self, in_all: float, per_chat: float) -> None:
        """Take messages a second, in all and to one chat; `inf` is no limit."""
        self._interval = 1 / (in_all * SHARE)
        self._chat_interval = 1 / per_chat
        self._next = float("-inf")
        self._chats: dict[str, float] = {}
        self._sweep_at = SWEEP_AT

    @property
    def chat_interval(self) -> float:
        """Give the seconds between two messages to one chat."""
        return self._chat_interval

    def wait(self, chat: str, now: float) -> float:
        """Give the seconds until this chat may be written to; 0 means now."""
        due = max(self._next - SLACK, self._chats.get(chat, now))
        # A clock that was set back must not stop the sending.
        return min(max(0.0, due - now), max(DEBT, self._interval, self._chat_interval))

    def spend(self, chat: str, now: float) -> None:
        """Note that the chat is written to now."""
        self._next = min(max(self._next, now) + self._interval, now + max(DEBT, self._interval))
        if self._chat_interval:
            self._chats[chat] = now + self._chat_interval
            self._sweep(now)

    def _sweep(self, now: float) -> None:
        if len(self._chats) > self._sweep_at:
            self._chats = {chat: until for chat, until in self._chats.items() if until > now}
            self._sweep_at = max(SWEEP_AT, 2 * len(self._chats))
