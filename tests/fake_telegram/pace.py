"""How fast a bot may write before it hears 429.

Telegram publishes no exact limits. Its FAQ for bots ("My bot is hitting limits") names about 30 messages a second in
all, one a second to one chat, 20 a minute to a group, and says that short bursts over the chat's limit go through.
"""

from __future__ import annotations

IN_ALL = 30.0
TO_CHAT = 1.0
TO_GROUP = 20 / 60
SWEEP_AT = 10_000


class Bucket:
    """Lets so many a second through, and so many at once after a silence."""

    def __init__(self, rate: float, burst: float) -> None:
        """Begin full. `rate` may be `inf`."""
        self._interval = 1 / rate
        self._saved = (burst - 1) * self._interval
        self.due = float("-inf")

    def wait(self, now: float) -> float:
        """Give the seconds until one more may go; 0 means now."""
        return max(0.0, self.due - self._saved - now)

    def take(self, now: float) -> None:
        """Let one go."""
        self.due = max(self.due, now) + self._interval


class Pace:
    """The limits of one bot."""

    def __init__(self, in_all: float = IN_ALL, to_chat: float = TO_CHAT, *, burst: float = 1.0, chat_burst: int = 3):
        """Take messages a second in all and to one chat; `burst` is in seconds of the former, `chat_burst` counts."""
        self._all = Bucket(in_all, max(1.0, in_all * burst))
        self._to_chat = to_chat
        self._chat_burst = chat_burst
        self._chats: dict[int, Bucket] = {}

    def wait(self, chat: int, now: float) -> float:
        """Take a message to a chat and give 0, or refuse it and give the seconds after which it may be tried again."""
        bucket = self._bucket(chat)
        seconds = max(self._all.wait(now), bucket.wait(now))
        if not seconds:
            self._all.take(now)
            bucket.take(now)
            self._sweep(now)
        return seconds

    def _bucket(self, chat: int) -> Bucket:
        rate = min(self._to_chat, TO_GROUP) if chat < 0 else self._to_chat
        return self._chats.setdefault(chat, Bucket(rate, self._chat_burst))

    def _sweep(self, now: float) -> None:
        if len(self._chats) > SWEEP_AT:
            self._chats = {chat: bucket for chat, bucket in self._chats.items() if bucket.due > now}
