"""What the fake Bot API refuses: too much at once, closed chats, large files, a second poller."""

from __future__ import annotations

import asyncio
from io import BytesIO
from typing import Any

import aiohttp
import pytest

from tests.channels.conftest import call
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.methods import MB
from tests.fake_telegram.pace import Pace


def test_a_chat_bears_a_short_burst_and_then_one_a_second() -> None:
    """What is refused uses nothing up, and the seconds it gives are enough."""
    pace = Pace(chat_burst=3)
    assert [pace.wait(7, 0.0) for _ in range(4)] == [0, 0, 0, 1]
    assert pace.wait(8, 0.0) == 0
    assert [pace.wait(7, 1.0), pace.wait(7, 1.0)] == [0, 1]


def test_a_group_bears_twenty_a_minute() -> None:
    """Whatever a private chat may."""
    pace = Pace(to_chat=100, chat_burst=1)
    assert [round(pace.wait(-7, now)) for now in (0, 1, 3)] == [0, 2, 0]


def test_all_chats_together_have_their_limit() -> None:
    """A second's worth at once, then one by one."""
    pace = Pace(in_all=10)
    waits = [pace.wait(chat, 0.0) for chat in range(11)]
    assert waits[:10] == [0] * 10
    assert waits[10] == pytest.approx(0.1)
    assert pace.wait(10, 0.1001) == 0


def test_chats_that_are_quiet_are_forgotten() -> None:
    """Broadcasts over hours do not fill the memory."""
    pace = Pace(in_all=float("inf"))
    for chat in range(25_000):
        assert not pace.wait(chat, float(chat))
    assert len(pace._chats) < 15_000


async def test_too_fast_is_429_with_the_seconds_to_wait(fake: FakeTelegram) -> None:
    """And the message is not shown; without a limit it is."""
    chair = fake.user(7)
    fake.keep_pace(chat_burst=1)
    answers = [await call(fake, "sendMessage", chat_id=7, text=text) for text in "ab"]
    assert [status for status, _said in answers] == [200, 429]
    assert answers[1][1] == "Too Many Requests: retry after 1"
    assert (await call(fake, "answerCallbackQuery", callback_query_id="x"))[0] == 400  # nothing that is paced
    fake.keep_no_pace()
    await call(fake, "sendMessage", chat_id=7, text="c")
    assert [received.text for received in chair.inbox] == ["a", "c"]
    assert fake.counts["sendMessage", 429] == 1


async def test_closed_chats(fake: FakeTelegram) -> None:
    """Blocked, gone, and moved: each with the words and parameters of the Bot API."""
    await fake.user(7).block()
    fake.user(8).chat.deactivated = True
    await fake.group(-9).migrate(-1009)
    said = [await call(fake, "sendMessage", chat_id=chat, text="a") for chat in (7, 8, -9)]
    assert said == [
        (403, "Forbidden: bot was blocked by the user"),
        (403, "Forbidden: user is deactivated"),
        (400, "Bad Request: group chat was upgraded to a supergroup chat"),
    ]
    await fake.user(7).unblock()
    assert (await call(fake, "sendMessage", chat_id=7, text="a"))[0] == 200


async def test_an_edit_must_change_something(fake: FakeTelegram) -> None:
    """Otherwise it is refused, as one of a message that is not the bot's."""
    chair = fake.user(7)
    typed = await chair.send("x")
    _, sent = await call(fake, "sendMessage", chat_id=7, text="a")
    edits = [
        await call(fake, "editMessageText", chat_id=7, message_id=number, text=text)
        for number, text in ((sent["message_id"], "a"), (sent["message_id"], "b"), (typed, "b"), (1, "b"))
    ]
    assert [status for status, _said in edits] == [400, 200, 400, 400]
    assert "message is not modified" in edits[0][1]
    assert [(received.text, received.edited) for received in chair.inbox] == [("a", False), ("b", True)]


async def test_large_files(fake: FakeTelegram) -> None:
    """A bot gets up to 20 MB, and sends photos up to 10 MB."""
    chair = fake.user(7)
    await chair.document(size=20 * MB)
    await chair.document(size=20 * MB + 1)
    got = [await call(fake, "getFile", file_id=f"file-{number}") for number in (1, 2)]
    assert [status for status, _said in got] == [200, 400]
    assert got[1][1] == "Bad Request: file is too big"
    assert [await sends_photo(fake, size) for size in (1, 10 * MB + 1, 0)] == [200, 413, 400]


async def sends_photo(fake: FakeTelegram, size: int) -> int:
    form = aiohttp.FormData({"chat_id": "7"})
    form.add_field("photo", BytesIO(b"x" * size), filename="a.jpg", content_type="image/jpeg")
    async with (
        aiohttp.ClientSession() as session,
        session.post(f"{fake.base_url}{fake.token}/sendPhoto", data=form) as response,
    ):
        return response.status


async def test_of_two_pollers_the_older_is_ended(fake: FakeTelegram) -> None:
    """409, as Telegram says when a second program polls the same bot; the newer one gets the updates."""
    polls: list[asyncio.Task[tuple[int, Any]]] = []
    for _poller in range(2):
        polls.append(asyncio.create_task(call(fake, "getUpdates", timeout=10)))
        await fake.until(lambda: fake.updates.polls == len(polls))
    status, why = await polls[0]
    assert status == 409
    assert why.startswith("Conflict: terminated by other getUpdates request")
    await fake.user(7).send("a")
    status, updates = await polls[1]
    assert (status, len(updates)) == (200, 1)


async def test_without_memory_calls_are_only_counted() -> None:
    """A long run must not fill the memory with them."""
    async with FakeTelegram(remembers=False) as fake:
        await call(fake, "getMe")
        assert (fake.calls, fake.called("getMe"), fake.counts["getMe", 200]) == ([], [], 1)


async def test_a_person_forgets_what_was_heard(fake: FakeTelegram) -> None:
    """What is not heard yet, and the newest messages, stay."""
    chair = fake.user(7)
    for text in "abcdefg":
        await call(fake, "sendMessage", chat_id=7, text=text)
    await chair.hears("f")
    chair.forget()
    assert [received.text for received in chair.inbox] == ["g"]
    assert [received.text for received in chair.screen] == list("defg")
    assert (await chair.hears("g")).text == "g"
