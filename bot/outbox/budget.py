"""How many messages a channel may still send this month, and what they are kept for when they run short."""

from __future__ import annotations

from datetime import date, datetime, time
from typing import Final

from bot.i18n import ZONE
from bot.messages import Priority

KEPT: Final = 0.2  # of a month's messages: the last fifth is for replies and alerts
ALWAYS: Final = frozenset({Priority.REPLY, Priority.ALERT})


class Budget:
    """The messages of one channel in the month that it is, by the clock of the office."""

    def __init__(self, monthly: int) -> None:
        """Take how many a month there are; 0: any number."""
        self.monthly = monthly
        self.month: date | None = None
        self.spent = 0
        self._told = False

    def is_known(self, now: datetime) -> bool:
        """Tell whether what was spent in this month has been counted."""
        return not self.monthly or self.month == _month(now)

    def begin(self, now: datetime, spent: int) -> None:
        """Begin this month with what was counted."""
        self.month, self.spent, self._told = _month(now), spent, False

    def spend(self) -> bool:
        """Note a message that was sent; tell, once, that from now on only replies and alerts go out."""
        self.spent += 1
        before, self._told = self._told, self._told or (bool(self.monthly) and self.spent >= self.free)
        return self._told and not before

    @property
    def free(self) -> int:
        """Count the messages that may be anything."""
        return int(self.monthly * (1 - KEPT))

    @property
    def left(self) -> int:
        """Count the messages of any worth that this month still has."""
        return max(0, self.free - self.spent)

    def wait(self, priority: Priority, now: datetime) -> datetime | None:
        """Tell until when a message of this worth has to wait; None: it may go."""
        if not self.monthly or priority in ALWAYS or self.spent < self.free:
            return None
        month = _month(now)
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return datetime.combine(following, time(0), ZONE)


def _month(now: datetime) -> date:
    return now.astimezone(ZONE).date().replace(day=1)
