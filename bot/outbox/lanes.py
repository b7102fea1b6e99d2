"""One lane for each chat: its messages go one after the other, those of different chats at the same time."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Awaitable, Callable

from bot.ports import Claim


class Lanes:
    """The messages that may go now."""

    def __init__(self, send: Callable[[Claim], Awaitable[None]], at_once: int) -> None:
        """Take how to send one message, and how many may be under way at the same time."""
        self._send = send
        self._places = asyncio.Semaphore(at_once)
        self._lanes: dict[str, deque[Claim]] = {}
        self._tasks: set[asyncio.Task[None]] = set()

    def __len__(self) -> int:
        """Count the chats that are being written to."""
        return len(self._lanes)

    def put(self, claim: Claim) -> None:
        """Let a message go, after those of its chat that are there already."""
        chat = claim.out.address.chat
        if chat in self._lanes:
            self._lanes[chat].append(claim)
            return
        self._lanes[chat] = deque((claim,))
        task = asyncio.create_task(self._walk(chat, self._lanes[chat]))
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    def take_back(self, chat: str | None = None) -> list[Claim]:
        """Give back what is not yet under way, to one chat or to all."""
        lanes = list(self._lanes.values()) if chat is None else [self._lanes.get(chat, deque())]
        back = [claim for lane in lanes for claim in lane]
        for lane in lanes:
            lane.clear()
        return back

    async def finish(self, seconds: float) -> None:
        """Wait for what is under way, and break off what takes longer."""
        if self._tasks:
            _done, late = await asyncio.wait(self._tasks, timeout=seconds)
            for task in late:
                task.cancel()
            await asyncio.gather(*late, return_exceptions=True)

    async def _walk(self, chat: str, lane: deque[Claim]) -> None:
        try:
            while lane:
                async with self._places:
                    if lane:  # it may have been taken back meanwhile
                        await self._send(lane.popleft())
        finally:
            del self._lanes[chat]
