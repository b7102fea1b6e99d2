"""Messages that go out in several calls: what was said before the rest was put off is not said again."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Sequence
from typing import Final, TypeVar

from bot.messages import Later, Message

KEPT: Final = 1000

Part = TypeVar("Part")
Result = TypeVar("Result")


class Begun:
    """How far messages came whose last try was put off in the middle."""

    def __init__(self) -> None:
        """Nothing is begun."""
        self._next: dict[tuple[str, Message], int] = {}

    async def say(
        self, chat: str, message: Message, parts: Sequence[Part], send: Callable[[Part], Awaitable[Result]]
    ) -> Result:
        """Send the parts that are left; give the result of the last. Raises what `send` raises."""
        key = chat, message
        first = self._next.pop(key, 0) if self._next else 0
        for at in range(first, len(parts) - 1):
            await self._one(key, at, parts[at], send)
        return await self._one(key, len(parts) - 1, parts[-1], send)

    async def _one(
        self, key: tuple[str, Message], at: int, part: Part, send: Callable[[Part], Awaitable[Result]]
    ) -> Result:
        try:
            return await send(part)
        except Later:
            if at:
                self._next[key] = at
                self._next = dict(list(self._next.items())[-KEPT:])
            raise
