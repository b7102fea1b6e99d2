"""What goes wrong with the fake Bot API when it is told to."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from typing import Any

import aiohttp
import pytest
from aiohttp import web

from tests.channels.conftest import call
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.faults import Kind

RATES: dict[Kind, float] = {429: 0.2, 502: 0.2, "reset after": 0.2, "reset before": 0.1, "slow": 0.1}


async def said(fake: FakeTelegram, text: str) -> int:
    """Send a message; give the status, 0 for a broken connection."""
    try:
        return (await call(fake, "sendMessage", chat_id=7, text=text))[0]
    except aiohttp.ContentTypeError as page:
        return page.status
    except aiohttp.ClientConnectionError:
        return 0


async def test_what_was_demanded_happens_so_often(fake: FakeTelegram) -> None:
    """One demand after the other, then all is well again."""
    fake.user(7)
    fake.next_send_fails(502, times=2)
    fake.next_fails("sendMessage", 429, retry_after=3)
    fake.next_fails("getMe", 500)
    assert [await said(fake, "a") for _time in range(4)] == [502, 502, 429, 200]
    assert (await call(fake, "getMe"))[0] == 500
    assert fake.faults.happened == {("sendMessage", 502): 2, ("sendMessage", 429): 1, ("getMe", 500): 1}


async def test_a_reset_comes_before_or_after_the_message(fake: FakeTelegram) -> None:
    """The bot cannot tell which."""
    chair = fake.user(7)
    for what in ("reset before", "reset after"):
        fake.next_send_fails(what)
        assert await said(fake, what) == 0
    assert [received.text for received in chair.inbox] == ["reset after"]


async def test_a_slow_answer_comes_late(fake: FakeTelegram) -> None:
    """After so many seconds, or when it is released; the message is shown at once."""
    chair = fake.user(7)
    fake.next_send_fails("slow", seconds=0.001)
    assert await said(fake, "a") == 200
    fake.next_send_fails("slow")
    call = asyncio.create_task(said(fake, "b"))
    await chair.hears("b")
    assert not call.done()
    fake.release()
    assert await call == 200


def test_an_unknown_fault_is_refused() -> None:
    """A misspelt fault would let a test pass that tests nothing."""
    with pytest.raises(ValueError, match="no such fault"):
        FakeTelegram().next_send_fails("rest after")


async def test_random_faults_are_the_same_for_a_seed() -> None:
    """So that a failure can be seen again; only the named methods fail, and what came of it is told."""

    async def run(seed: str) -> list[int]:
        async with FakeTelegram() as fake:
            fake.user(7)
            fake.random_faults(seed, RATES, {"sendMessage"}, seconds=0.0001)
            statuses = [await said(fake, str(number)) for number in range(60)]
            assert (await call(fake, "getMe"))[0] == 200
            assert {kind for method, kind in fake.faults.happened if method == "sendMessage"} == set(RATES)
            assert statuses.count(429) == fake.faults.happened["sendMessage", 429]
            return statuses

    once, again, other = [await run(seed) for seed in ("a", "a", "b")]
    assert once == again != other
    assert {0, 200, 429, 502} == set(once)


async def test_random_faults_end(fake: FakeTelegram) -> None:
    """A second order replaces the first, an empty one ends it."""
    fake.user(7)
    fake.random_faults(1, {502: 1.0})
    assert await said(fake, "a") == 502
    fake.random_faults(1, {429: 1.0})
    assert await said(fake, "a") == 429
    fake.random_faults(1, {})
    assert await said(fake, "a") == 200


async def test_polled_updates_come_out_of_order_over_chats(fake: FakeTelegram) -> None:
    """Those of one chat keep their order, and none lacks."""
    fake.out_of_order("seed")
    for number in range(30):
        await fake.user(number % 3).send(str(number))
    _, updates = await call(fake, "getUpdates")
    _in_order_by_chat([int(update["message"]["text"]) for update in updates])


async def test_updates_are_delivered_twice(fake: FakeTelegram) -> None:
    """The second time after they were acknowledged."""
    fake.duplicate_delivery()
    await fake.user(7).send("a")
    offset, texts = 0, []
    for _poll in range(3):
        _, updates = await call(fake, "getUpdates", offset=offset)
        texts += [update["message"]["text"] for update in updates]
        offset = max([offset, *(update["update_id"] + 1 for update in updates)])
    assert texts == ["a", "a"]
    assert not fake.updates.pending


async def test_a_webhook_hears_again_until_it_says_yes(fake: FakeTelegram) -> None:
    """Each call carries the secret; one chat's updates wait for one another, those of others do not."""
    async with hook(refuses=2) as (url, heard):
        for number in range(6):
            await fake.user(number % 2).send(str(number))
        await call(fake, "setWebhook", url=url, secret_token="s3cret")
        await fake.all_taken()
    assert fake.updates.deliveries == len(heard) == 8
    assert {secret for secret, _text in heard} == {"s3cret"}
    for chat in range(2):
        mine = [int(text) for _secret, text in heard if int(text) % 2 == chat]
        assert sorted(set(mine)) == list(dict.fromkeys(mine)) == [chat, chat + 2, chat + 4]


async def test_webhook_calls_come_out_of_order_over_chats(fake: FakeTelegram) -> None:
    """As from Telegram, which delivers over many connections."""
    fake.out_of_order(47)
    async with hook() as (url, heard):
        for number in range(30):
            await fake.user(number % 3).send(str(number))
        await call(fake, "setWebhook", url=url, max_connections=1)
        await fake.all_taken()
    _in_order_by_chat([int(text) for _secret, text in heard])


def _in_order_by_chat(numbers: list[int]) -> None:
    assert sorted(numbers) == list(range(30)) != numbers
    for chat in range(3):
        assert [number for number in numbers if number % 3 == chat] == list(range(chat, 30, 3))


@asynccontextmanager
async def hook(refuses: int = 0) -> AsyncIterator[tuple[str, list[tuple[str, str]]]]:
    """Listen for webhook calls: give the address, and what is heard. The first so many are refused."""
    heard: list[tuple[str, str]] = []

    async def called(request: web.BaseRequest) -> web.Response:
        update: Any = await request.json()
        heard.append((request.headers.get("X-Telegram-Bot-Api-Secret-Token", ""), update["message"]["text"]))
        return web.Response(status=503 if len(heard) <= refuses else 200)

    runner = web.ServerRunner(web.Server(called))
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    yield f"http://127.0.0.1:{runner.addresses[0][1]}/hook", heard
    await runner.cleanup()
