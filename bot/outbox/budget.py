"""How much a channel may still send and spend this month, and what that is kept for when it runs short."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time
from typing import Final, Literal

from bot.i18n import ZONE
from bot.messages import Priority
from bot.ports import Toll

KEPT: Final = 0.2  # of a month's messages and money: the last fifth is for replies and alerts
ALWAYS: Final = frozenset({Priority.REPLY, Priority.ALERT})
NOTHING: Final = Toll(0, 0)


@dataclass(frozen=True, slots=True)
class Short:
    """What runs short: so much of it is spent, of so much a month."""

    what: Literal["messages", "money"]
    spent: int
    most: int


class Budget:
    """The messages and the đồng of one channel in the month that it is, by the clock of the office."""

    def __init__(self, monthly: int, money: int = 0) -> None:
        """Take how many messages and how many đồng a month there are; 0: any number."""
        self.monthly, self.money = monthly, money
        self.month: date | None = None
        self.spent = NOTHING
        self._told: set[str] = set()

    def is_known(self, now: datetime) -> bool:
        """Tell whether what was spent in this month has been counted, where that matters."""
        return not (self.monthly or self.money) or self.month == _month(now)

    def begin(self, now: datetime, spent: Toll) -> None:
        """Begin this month with what was counted."""
        self.month, self.spent, self._told = _month(now), spent, set()

    def spend(self, toll: Toll) -> list[Short]:
        """Note a message; tell, once of each, what is from now on kept for replies and alerts."""
        self.spent = Toll(self.spent.parts + toll.parts, self.spent.cost + toll.cost)
        new = [short for short in self._short() if short.what not in self._told]
        self._told |= {short.what for short in new}
        return new

    def unspend(self, toll: Toll) -> None:
        """Note that a message was not sent after all."""
        self.spent = Toll(self.spent.parts - toll.parts, self.spent.cost - toll.cost)

    @property
    def left(self) -> int:
        """Count the messages of any worth that this month still has."""
        return max(0, _free(self.monthly) - self.spent.parts)

    @property
    def money_left(self) -> int:
        """Give the đồng that may still be spent on anything this month."""
        return max(0, _free(self.money) - self.spent.cost)

    def wait(self, priority: Priority, toll: Toll, now: datetime) -> datetime | None:
        """Tell until when a message of this worth has to wait; None: it may go. What is free waits for no money."""
        short = {one.what for one in self._short()}
        if priority in ALWAYS or not ("messages" in short or ("money" in short and toll.cost)):
            return None
        month = _month(now)
        following = date(month.year + month.month // 12, month.month % 12 + 1, 1)
        return datetime.combine(following, time(0), ZONE)

    def _short(self) -> list[Short]:
        found = []
        if self.monthly and not self.left:
            found.append(Short("messages", self.spent.parts, self.monthly))
        if self.money and not self.money_left:
            found.append(Short("money", self.spent.cost, self.money))
        return found


def _free(monthly: int) -> int:
    return int(monthly * (1 - KEPT))


def _month(now: datetime) -> date:
    return now.astimezone(ZONE).date().replace(day=1)
