"""What is kept of what people say on channels that have no history of their own to show them."""

from __future__ import annotations

from datetime import datetime
from typing import Final

from bot.effects import Effect, Heard
from bot.messages import Arrival, Incoming

KEPT: Final = frozenset({Arrival.TEXT, Arrival.PRESS, Arrival.FILES})


def heard(message: Incoming, now: datetime) -> list[Effect]:
    """Keep what somebody said where only we can show it to them again; never an invitation code."""
    if message.what not in KEPT:
        return []
    words = message.shown or message.text
    secret = words.lower().startswith("/start ")
    return [Heard(message.address, message.id, now, "/start" if secret else words, message.files)]
