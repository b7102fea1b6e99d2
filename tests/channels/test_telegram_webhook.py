"""Telegram calling us: the secret, redelivery, and what comes after the commit."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

import pytest
from aiohttp import web

from bot.channels.setup import SetupError
from bot.channels.telegram import TelegramChannel
from bot.messages import Button, Message
from tests.channels.conftest import NOW, Inbox, account, clock, running
from tests.fake_telegram import FakeTelegram

HEADER = "X-Telegram-Bot-Api-Secret-Token"
SECRET = "s3cret-of_the-webhook"
UPDATE = {
    "update_id": 9,
    "message": {"message_id": 5, "date": int(NOW.timestamp()), "chat": {"id": 7, "type": "private"}, "text": "Chào"},
}


@asynccontextmanager
async def listening(inbox: Inbox) -> AsyncIterator[tuple[str, list[TelegramChannel]]]:
    """Stand in for the server: 200 only once the inbox has it. The channel called is put into the list."""
    listener: list[TelegramChannel] = []

    async def call(request: web.Request) -> web.Response:
        try:
            await inbox(listener[0].receive(request.headers, await request.read()))
        except OSError:
            return web.Response(status=503)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", listener
    await runner.cleanup()


async def test_updates_are_delivered_until_they_are_taken(fake: FakeTelegram, inbox: Inbox) -> None:
    """A call that got no 200 comes again, later messages of the chat wait, other chats do not."""
    inbox.refusals = [OSError("disk full"), OSError("disk full")]
    async with listening(inbox) as (url, listener):
        channel = TelegramChannel(account(fake, webhook_url=url, webhook_secret=SECRET), clock)
        listener.append(channel)
        await channel.start()
        async with running(channel, inbox):
            await fake.user(7).send("một")
            await fake.user(7).send("hai")
            heard = await inbox.has(2)
            await fake.all_taken()
        await channel.close()
    assert [incoming.text for incoming in heard] == ["một", "hai"]
    assert fake.updates.deliveries == 4
    assert not fake.called("getUpdates")


async def test_polling_again_after_a_webhook(fake: FakeTelegram, inbox: Inbox) -> None:
    """The start removes what an earlier setting left, so that polls are not refused."""
    hooked = TelegramChannel(account(fake, webhook_url="https://example.org/hook", webhook_secret=SECRET), clock)
    await hooked.start()
    await hooked.close()
    polling = TelegramChannel(account(fake), clock)
    await polling.start()
    async with running(polling, inbox):
        await fake.user(7).send("một")
        await inbox.has(1)
    await polling.close()


async def test_an_address_that_telegram_does_not_take_is_refused_at_the_start(fake: FakeTelegram) -> None:
    """The operator reads which address, and why."""
    channel = TelegramChannel(account(fake, webhook_url="http://example.org/hook", webhook_secret=SECRET), clock)
    with pytest.raises(SetupError, match=r"http://example\.org/hook: .*https"):
        await channel.start()


@pytest.fixture
async def hooked(fake: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    channel = TelegramChannel(account(fake, webhook_url="https://example.org/hook", webhook_secret=SECRET), clock)
    await channel.start()
    yield channel
    await channel.close()


@pytest.mark.parametrize("name", ["X-Telegram-Bot-Api-Secret-Token", "x-telegram-bot-api-secret-token"])
async def test_a_call_with_the_secret_is_read(hooked: TelegramChannel, name: str) -> None:
    """Headers are found however they are written."""
    (heard,) = hooked.receive({name: SECRET}, json.dumps(UPDATE).encode())
    assert (heard.id, heard.text) == ("424242:9", "Chào")


@pytest.mark.parametrize(
    "headers",
    [{}, {HEADER: "s3cret-of_the-webhooK"}, {HEADER: "đoán"}],
)
async def test_a_call_without_the_secret_is_an_intruder(hooked: TelegramChannel, headers: dict[str, str]) -> None:
    """Whatever it holds."""
    with pytest.raises(PermissionError):
        hooked.receive(headers, json.dumps(UPDATE).encode())


async def test_without_a_secret_nobody_is_let_in(telegram: TelegramChannel) -> None:
    """An empty secret matches nothing, not even an empty header."""
    with pytest.raises(PermissionError):
        telegram.receive({HEADER: ""}, json.dumps(UPDATE).encode())


@pytest.mark.parametrize("body", [b"", b"{", b"\xff", b"17", b"[]", b'{"update_id": 1}', b'{"message": {}}'])
async def test_a_body_that_cannot_be_read_is_nothing(hooked: TelegramChannel, body: bytes) -> None:
    """So it gets its 200 and does not come back."""
    assert hooked.receive({HEADER: SECRET}, body) == []


async def test_presses_are_settled_when_the_server_says_so(fake: FakeTelegram, hooked: TelegramChannel) -> None:
    """After the commit, and without waiting."""
    await fake.user(7).start()
    await hooked.send("7", Message("?", buttons=(Button("A", "a"),)))
    query = await fake.user(7).press("A")
    press = next(queued.update for queued in fake.updates.pending if "callback_query" in queued.update)
    heard = hooked.receive({HEADER: SECRET}, json.dumps(press).encode())
    assert not fake.answered
    hooked.settle(heard)
    await fake.until(lambda: fake.answered == [query])
