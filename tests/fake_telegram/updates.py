"""The queue of updates: getUpdates with true offset semantics, or deliveries to a webhook until it says 2xx."""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from typing import Any, NamedTuple

import aiohttp

from tests.fake_telegram.state import ApiError

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
WEBHOOK_TIMEOUT = aiohttp.ClientTimeout(total=60)


class Queued(NamedTuple):
    """An update that waits, with the lane in which it keeps its order."""

    lane: int
    update: dict[str, Any]


class Webhook(NamedTuple):
    """Where updates are delivered to."""

    url: str
    secret: str
    connections: int


class Updates:
    """What happened and was not acknowledged yet."""

    def __init__(self, changed: asyncio.Condition) -> None:
        """Share the condition that everybody waits on."""
        self.changed = changed
        self.next_id = 700_000_001
        self.pending: list[Queued] = []
        self.webhook: Webhook | None = None
        self.allowed: list[str] | None = None
        self.duplicates = False  # hand every update out twice
        self.retry_every = 0.05
        self.last_error = ""
        self.deliveries = 0  # webhook calls made
        self._again: list[Queued] = []
        self._repeated: set[int] = set()
        self._poller: object | None = None
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._pump: asyncio.Task[None] | None = None
        self._session: aiohttp.ClientSession | None = None

    def add(self, lane: int, kind: str, content: Any) -> int | None:
        """Queue an update; None where the bot did not ask for its kind."""
        if kind in NOT_BY_DEFAULT if not self.allowed else kind not in self.allowed:
            return None
        self.next_id += 1
        self.pending.append(Queued(lane, {"update_id": self.next_id, kind: content}))
        return self.next_id

    async def wake(self) -> None:
        """Tell everybody who waits that something changed."""
        async with self.changed:
            self.changed.notify_all()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Answer getUpdates: acknowledge below the offset, then wait for what is left or comes."""
        if self.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        me = self._poller = object()
        self._acknowledge(offset)
        await self.wake()  # an older poll ends now
        await self._wait(seconds, lambda: bool(self._again or self.pending) or self._poller is not me)
        if self._poller is not me:
            raise ApiError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        self._poller = None
        again, self._again = self._again, []
        return [queued.update for queued in [*again, *self.pending][:limit]]

    async def _wait(self, seconds: float, until: Callable[[], bool]) -> None:
        try:
            async with asyncio.timeout(seconds), self.changed:
                await self.changed.wait_for(until)
        except TimeoutError:
            return

    def _acknowledge(self, offset: int) -> None:
        if offset < 0:
            offset = self.pending[offset:][0].update["update_id"] if self.pending else 0
        done = [queued for queued in self.pending if queued.update["update_id"] < offset]
        self.pending = [queued for queued in self.pending if queued not in done]
        self._again += [queued for queued in done if self._due_again(queued)]

    def _due_again(self, queued: Queued) -> bool:
        number = queued.update["update_id"]
        if not self.duplicates or number in self._repeated:
            return False
        self._repeated.add(number)
        return True

    def start(self) -> None:
        """Begin delivering to the webhook whenever there is one."""
        self._session = aiohttp.ClientSession(timeout=WEBHOOK_TIMEOUT)
        self._pump = asyncio.create_task(self._deliver())

    async def stop(self) -> None:
        """Deliver no more."""
        tasks = [*self._lanes.values(), *([self._pump] if self._pump else [])]
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    async def _deliver(self) -> None:
        while True:
            async with self.changed:
                await self.changed.wait_for(lambda: bool(self.webhook and self._idle_lanes()))
            for lane in self._idle_lanes():
                self._lanes[lane] = asyncio.create_task(self._drain(lane))

    def _idle_lanes(self) -> list[int]:
        room = (self.webhook.connections if self.webhook else 0) - len(self._lanes)
        waiting = dict.fromkeys(queued.lane for queued in self.pending if queued.lane not in self._lanes)
        return list(waiting)[: max(room, 0)]

    async def _drain(self, lane: int) -> None:
        """Deliver the updates of one chat, one after the other."""
        try:
            while self.webhook and (queued := next((q for q in self.pending if q.lane == lane), None)):
                if not await self._delivered(self.webhook, queued.update):
                    await asyncio.sleep(self.retry_every)
                elif not self._due_again(queued):
                    self.pending.remove(queued)
        finally:
            del self._lanes[lane]
            await self.wake()

    async def _delivered(self, hook: Webhook, update: dict[str, Any]) -> bool:
        assert self._session
        headers = {"X-Telegram-Bot-Api-Secret-Token": hook.secret} if hook.secret else {}
        self.deliveries += 1
        try:
            async with self._session.post(hook.url, json=update, headers=headers) as response:
                if response.status // 100 == 2:
                    return True
                self.last_error = f"Wrong response from the webhook: {response.status} {response.reason}"
        except (aiohttp.ClientError, TimeoutError) as trouble:
            self.last_error = type(trouble).__name__
        return False
