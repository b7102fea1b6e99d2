"""The queue of updates: getUpdates with true offset semantics, or deliveries to a webhook until it says 2xx."""

from __future__ import annotations

import asyncio
from collections import deque
from collections.abc import Iterable, Iterator
from itertools import islice
from random import Random
from typing import Any, NamedTuple

import aiohttp

from tests.fake_telegram.bell import Bell
from tests.fake_telegram.state import ApiError

NOT_BY_DEFAULT = {"chat_member", "message_reaction", "message_reaction_count"}
WEBHOOK_TIMEOUT = aiohttp.ClientTimeout(total=60)


class Queued(NamedTuple):
    """An update that waits, with the lane in which it keeps its order."""

    lane: int
    update: dict[str, Any]

    @property
    def number(self) -> int:
        """Give the update_id."""
        return int(self.update["update_id"])


class Webhook(NamedTuple):
    """Where updates are delivered to."""

    url: str
    secret: str
    connections: int


class Pending:
    """What was not acknowledged yet, in the order it came and by lane."""

    def __init__(self) -> None:
        """Begin empty."""
        self._queued: dict[int, Queued] = {}
        self._lanes: dict[int, deque[Queued]] = {}

    def __len__(self) -> int:
        """Count what waits."""
        return len(self._queued)

    def __iter__(self) -> Iterator[Queued]:
        """Give all that waits, the oldest first."""
        return iter(list(self._queued.values()))

    @property
    def lanes(self) -> Iterable[int]:
        """Name the lanes in which something waits."""
        return self._lanes.keys()

    def add(self, queued: Queued) -> None:
        """Let it wait."""
        self._queued[queued.number] = queued
        self._lanes.setdefault(queued.lane, deque()).append(queued)

    def first(self, limit: int) -> list[Queued]:
        """Give the oldest ones."""
        return list(islice(self._queued.values(), limit))

    def first_of(self, lane: int) -> Queued | None:
        """Give the oldest one of a lane."""
        return self._lanes[lane][0] if lane in self._lanes else None

    def remove(self, queued: Queued) -> None:
        """Let go of one."""
        del self._queued[queued.number]
        lane = self._lanes[queued.lane]
        lane.remove(queued)  # nearly always its first
        if not lane:
            del self._lanes[queued.lane]

    def below(self, offset: int) -> list[Queued]:
        """Give what such an offset acknowledges; a negative one leaves the newest so many."""
        if offset < 0:
            return list(self._queued.values())[:offset]
        return [queued for number, queued in self._queued.items() if number < offset]

    def clear(self) -> None:
        """Let go of everything."""
        self._queued.clear()
        self._lanes.clear()


class Updates:
    """What happened and was not acknowledged yet."""

    def __init__(self, changed: Bell) -> None:
        """Share the bell of those who watch everything."""
        self.changed = changed
        self.next_id = 700_000_001
        self.pending = Pending()
        self.webhook: Webhook | None = None
        self.allowed: list[str] | None = None
        self.duplicates = False  # hand every update out twice
        self.shuffled: Random | None = None  # hand out in this order over chats
        self.retry_every = 0.05
        self.last_error = ""
        self.deliveries = 0  # webhook calls made
        self.polls = 0
        self._arrived = Bell()
        self._again: list[Queued] = []
        self._repeated: set[int] = set()
        self._poller: object | None = None
        self._lanes: dict[int, asyncio.Task[None]] = {}
        self._session: aiohttp.ClientSession | None = None

    def add(self, lane: int, kind: str, content: Any) -> int | None:
        """Queue an update; None where the bot did not ask for its kind."""
        if kind in NOT_BY_DEFAULT if not self.allowed else kind not in self.allowed:
            return None
        self.next_id += 1
        self.pending.add(Queued(lane, {"update_id": self.next_id, kind: content}))
        self.wake()
        return self.next_id

    def wake(self) -> None:
        """Tell the poller, or whoever delivers, that something changed."""
        self._arrived.ring()
        self._deliver()
        self.changed.ring()

    async def poll(self, offset: int, limit: int, seconds: float) -> list[dict[str, Any]]:
        """Answer getUpdates: acknowledge below the offset, then wait for what is left or comes."""
        if self.webhook:
            raise ApiError(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        me = self._poller = object()
        self.polls += 1
        self._acknowledge(offset)
        self.wake()  # an older poll ends now
        await self._news(me, seconds)
        if self._poller is not me:
            raise ApiError(
                409, "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running"
            )
        self._poller = None
        again, self._again = self._again, []
        given = [*again, *self.pending.first(limit)][:limit]
        return [queued.update for queued in (mixed(given, self.shuffled) if self.shuffled else given)]

    async def _news(self, me: object, seconds: float) -> None:
        try:
            await self._arrived.until(lambda: bool(self._again or self.pending) or self._poller is not me, seconds)
        except TimeoutError:
            return

    def _acknowledge(self, offset: int) -> None:
        for queued in self.pending.below(offset):
            self.pending.remove(queued)
            if self._due_again(queued):
                self._again.append(queued)

    def _due_again(self, queued: Queued) -> bool:
        if not self.duplicates or queued.number in self._repeated:
            return False
        self._repeated.add(queued.number)
        return True

    def start(self) -> None:
        """Be able to deliver to a webhook, whenever there is one."""
        self._session = aiohttp.ClientSession(timeout=WEBHOOK_TIMEOUT)

    async def stop(self) -> None:
        """Deliver no more."""
        self.webhook = None
        tasks = list(self._lanes.values())
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)
        if self._session:
            await self._session.close()

    def _deliver(self) -> None:
        """Take up lanes that nobody walks, as long as the webhook has connections for them."""
        while self.webhook and len(self._lanes) < self.webhook.connections:
            idle = (lane for lane in self.pending.lanes if lane not in self._lanes)
            lane = next(idle, None) if self.shuffled is None else _any_of(list(idle), self.shuffled)
            if lane is None:
                return
            self._lanes[lane] = asyncio.create_task(self._drain(lane))

    async def _drain(self, lane: int) -> None:
        """Deliver the updates of one chat, one after the other; shuffled, one only: then it is any chat's turn."""
        try:
            while self.webhook and (queued := self.pending.first_of(lane)):
                if not await self._delivered(self.webhook, queued.update):
                    await asyncio.sleep(self.retry_every)
                elif not self._due_again(queued):
                    self._done(queued)
                    if self.shuffled:
                        return
        finally:
            del self._lanes[lane]
            self.wake()

    def _done(self, queued: Queued) -> None:
        if self.pending.first_of(queued.lane) is queued:  # nobody dropped what was pending meanwhile
            self.pending.remove(queued)

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


def mixed(queued: Iterable[Queued], random: Random) -> list[Queued]:
    """Put updates into another order over chats; those of one chat keep theirs."""
    lanes: dict[int, deque[Queued]] = {}
    for one in queued:
        lanes.setdefault(one.lane, deque()).append(one)
    order = [lane for lane, waiting in lanes.items() for _one in waiting]
    random.shuffle(order)
    return [lanes[lane].popleft() for lane in order]


def _any_of(lanes: list[int], random: Random) -> int | None:
    return random.choice(lanes) if lanes else None
