"""How the machine fares, as far as officers are told of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol

from bot.ports.channels import Toll


@dataclass(frozen=True, slots=True)
class Unreached:
    """Somebody who did not get what was sent, and the unit whose role they hold."""

    unit: int
    person: str
    why: str = ""  # of the last message that did not reach them


class StatusReads(Protocol):
    """What can be asked of the machine."""

    async def waiting_messages(self, now: datetime) -> int:
        """Count the messages that are due and not sent yet, of everybody."""

    async def sent_since(self, channel: str, since: datetime) -> Toll:
        """Tell what a channel has sent from that moment on took in all."""

    async def unreached(self, under: Sequence[int], since: datetime) -> list[Unreached]:
        """List who did not get a message since then, of those who hold a role today at units under these."""
