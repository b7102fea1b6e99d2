"""The job "answer": says what a turn had no time to read, on a connection that holds nobody up."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.effects import Effect
from bot.messages import Address, Incoming
from bot.ports import Reads, Store, World
from bot.talk import House, Talk


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
        command = self._house.commands.get(args["command"])
        address, now = Address(args["channel"], args["chat"]), self._clock()
        async with self._store.reading() as reads:
            person = await reads.person_at(address)
            if command is None or person is None or not (command.roles is None or person.holds(command.roles)):
                return []

            async def read() -> Reads:
                return reads

            world = World(people={address: person})
            incoming = Incoming(args["incoming"], address, now)
            talk = Talk(self._house, incoming, now, world, person, read, said=args["said"], hurried=False)
            await command.run(talk, args["words"])
        return talk.effects
