"""A Telegram bot signed in at the fake server, ready to be polled."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Callable, Sequence
from contextlib import asynccontextmanager
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.channels.shares import Shares
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_api import TelegramAccount
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloAccount
from bot.messages import Incoming
from bot.ports import Channel
from tests.fake_telegram import FakeTelegram
from tests.fake_zalo import FakeZalo

NOW = datetime(2026, 11, 12, 9, 30, tzinfo=UTC)


def clock() -> datetime:
    return NOW


NOWHERE = Shares("a secret", "", clock)  # without a public address nothing can be shared


class Inbox:
    """Takes what a channel delivers; refuses as often as it is told to."""

    def __init__(self) -> None:
        self.taken: list[Incoming] = []
        self.batches: list[Sequence[Incoming]] = []
        self.refusals: list[Exception] = []
        self.changed = asyncio.Condition()
        self.open = asyncio.Event()  # while it is cleared, commits take long
        self.open.set()
        self.hook: Callable[[], Any] = lambda: None

    async def __call__(self, batch: Sequence[Incoming]) -> None:
        self.batches.append(batch)
        self.hook()
        await self.open.wait()
        if self.refusals:
            raise self.refusals.pop(0)
        async with self.changed:
            self.taken += batch
            self.changed.notify_all()

    async def has(self, count: int) -> list[Incoming]:
        async with asyncio.timeout(20), self.changed:
            await self.changed.wait_for(lambda: len(self.taken) >= count)
        return self.taken


@asynccontextmanager
async def running(channel: Channel, inbox: Inbox) -> AsyncIterator[None]:
    task = asyncio.create_task(channel.run(inbox))
    try:
        yield
    finally:
        task.cancel()
        await asyncio.gather(task, return_exceptions=True)


async def call(fake: FakeTelegram, method: str, token: str = "", **params: Any) -> tuple[int, Any]:
    """Call a method as a bot does; give the status with the result or the description."""
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{fake.base_url}{token or fake.token}/{method}", json=params) as response,
    ):
        answer = await response.json()
        return response.status, answer.get("result", answer.get("description"))


def account(fake: FakeTelegram, **changes: Any) -> TelegramAccount:
    return TelegramAccount(fake.token, fake.base_url, fake.file_url, **changes)


@pytest.fixture(autouse=True)
def short_pauses(monkeypatch: pytest.MonkeyPatch) -> None:
    """Failures are followed by waits; tests need not sit them out."""
    monkeypatch.setattr("bot.channels.pause.FIRST_PAUSE", 0.01)


@pytest.fixture
async def fake() -> AsyncIterator[FakeTelegram]:
    async with FakeTelegram(clock) as fake:
        yield fake


@pytest.fixture
async def telegram(fake: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(account(fake), clock)
    await channel.start()
    yield channel
    await channel.close()


@pytest.fixture
def inbox() -> Inbox:
    return Inbox()


@pytest.fixture
async def fake_zalo() -> AsyncIterator[FakeZalo]:
    async with FakeZalo(clock) as fake:
        yield fake


@pytest.fixture
async def zalo(fake_zalo: FakeZalo) -> AsyncIterator[ZaloChannel]:
    channel = ZaloChannel(ZaloAccount(fake_zalo.token, fake_zalo.base_url, poll=1), NOWHERE)
    await channel.start()
    yield channel
    await channel.close()
