"""A command run beside the turns, on a connection that holds nobody up."""

from __future__ import annotations

from bot.messages import Incoming
from bot.ports import Reads, World
from bot.talk import House, Talk


async def asked_again(
    house: House, reads: Reads, incoming: Incoming, asked: tuple[str, str], *, said: int = 0, whole: bool = False
) -> Talk | None:
    """Run the command `asked`, a name and its words, for whoever has this chat; None if they may not ask it now.

    `said` messages were said of it before; `whole`: its list is wanted whole, not a screen of it. Nothing is written.
    """
    command = house.commands.get(asked[0])
    person = await reads.person_at(incoming.address)
    if command is None or person is None or not (command.roles is None or person.holds(command.roles)):
        return None

    async def read() -> Reads:
        return reads

    world = World(people={incoming.address: person})
    talk = Talk(house, incoming, incoming.at, world, person, read, said=said, hurried=False, whole=whole)
    await command.run(talk, asked[1])
    return talk
