"""The job "answer": says what a turn had no time to read, on a connection that holds nobody up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.again import asked_again
from bot.effects import Effect
from bot.messages import Address, Incoming
from bot.ports import Store
from bot.talk import House


class Answer:
    """Runs a command again that `Talk.postpone` put off, for whoever still may ask it."""

    def __init__(self, store: Store, house: House, clock: Callable[[], datetime]) -> None:
        """Take where to read, and what can be asked."""
        self._store = store
        self._house = house
        self._clock = clock

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Run `args["command"]` with `args["words"]`; its effects are written as the job ends."""
        del attempts
        incoming = Incoming(args["incoming"], Address(args["channel"], args["chat"]), self._clock())
        asked = (args["command"], args["words"])
        async with self._store.reading() as reads:
            talk = await asked_again(self._house, reads, incoming, asked, said=args["said"])
        return talk.effects if talk is not None else []
