"""The fake Bot API itself: as strict as the documentation, also towards a bot in another process."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from typing import Any

import pytest

from tests.channels.conftest import call
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.entities import plain
from tests.fake_telegram.state import ApiError

BOT = """
import asyncio, sys
from datetime import UTC, datetime
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_api import TelegramAccount

async def take(batch):
    print(*[incoming.text for incoming in batch], flush=True)
    await asyncio.sleep(float(sys.argv[4]))

async def main():
    channel = TelegramChannel(TelegramAccount(*sys.argv[1:4]), lambda: datetime.now(UTC))
    await channel.start()
    await channel.run(take)

asyncio.run(main())
"""


@pytest.mark.parametrize(
    ("html", "shown"),
    [
        ("<b>a</b> &lt;b&gt; &amp;amp; &quot;", 'a <b> &amp; "'),
        ("a & b &nbsp; > c", "a & b &nbsp; > c"),
        ('<a href="x">y</a><i>z</i>&#33;&#x21;', "yz!!"),
    ],
)
def test_good_html_is_shown_without_tags(html: str, shown: str) -> None:
    """Only four named entities exist; the rest stands as it is."""
    assert plain(html) == shown


@pytest.mark.parametrize(
    "html", ["<b>a", "a</b>", "<b><i>a</b></i>", "a < b", "<p>a</p>", "<br>", "<b", "<span>a</span>"]
)
def test_bad_html_is_refused(html: str) -> None:
    """Unknown, unclosed and crossed tags, and a bare angle bracket."""
    with pytest.raises(ApiError, match="can't parse entities"):
        plain(html)


@pytest.mark.parametrize(
    ("method", "params", "why"),
    [
        ("sendMessage", {"chat_id": 8, "text": "x"}, "chat not found"),
        ("sendMessage", {"chat_id": 7, "text": "  "}, "message text is empty"),
        ("sendMessage", {"chat_id": 7, "text": "👍" * 2049}, "message is too long"),
        ("sendMessage", {"chat_id": 7, "txt": "x"}, "does not know the parameters"),
        ("sendMessage", {"text": "x"}, "parameter chat_id is required"),
        ("setMyCommands", {"commands": [{"command": "Báo", "description": "x"}]}, "BOT_COMMAND_INVALID"),
        ("getFile", {"file_id": "x"}, "invalid file_id"),
        ("answerCallbackQuery", {"callback_query_id": "1"}, "query is too old"),
    ],
)
async def test_wrong_calls_are_refused(fake: FakeTelegram, method: str, params: dict[str, Any], why: str) -> None:
    """With the words of the Bot API where it has some."""
    fake.user(7)
    status, said = await call(fake, method, **params)
    assert status == 400
    assert why in said


@pytest.mark.parametrize(
    "button",
    [
        {"text": "A", "callback_data": "đ" * 33},
        {"text": "A", "callback_data": ""},
        {"text": " ", "callback_data": "a"},
        {"text": "A"},
    ],
)
async def test_wrong_buttons_are_refused(fake: FakeTelegram, button: dict[str, str]) -> None:
    """Data counts in bytes: Vietnamese letters take two or three."""
    fake.user(7)
    status, _ = await call(fake, "sendMessage", chat_id=7, text="x", reply_markup={"inline_keyboard": [[button]]})
    assert status == 400


async def test_tokens_and_methods(fake: FakeTelegram) -> None:
    """A wrong token is 401, a malformed one and an unknown method are 404."""
    assert [(await call(fake, "getMe", token))[0] for token in ("1:x", "x")] == [401, 404]
    assert (await call(fake, "getYou"))[0] == 404


async def test_an_offset_acknowledges_what_is_below_it(fake: FakeTelegram) -> None:
    """The same updates come until then, at most `limit` of them."""
    for word in "abc":
        await fake.user(7).send(word)
    _, twice = await call(fake, "getUpdates", limit=2)
    _, again = await call(fake, "getUpdates")
    assert [len(twice), len(again)] == [2, 3]
    _, rest = await call(fake, "getUpdates", offset=twice[-1]["update_id"] + 1)
    assert [update["message"]["text"] for update in rest] == ["c"]
    _, last = await call(fake, "getUpdates", offset=-1)
    assert last == rest


async def test_polling_is_refused_while_there_is_a_webhook(fake: FakeTelegram) -> None:
    """Telegram answers 409 until it is deleted."""
    assert (await call(fake, "setWebhook", url="https://example.org"))[0] == 200
    assert (await call(fake, "getUpdates"))[0] == 409
    assert (await call(fake, "getWebhookInfo"))[1]["url"] == "https://example.org"
    assert (await call(fake, "deleteWebhook"))[0] == 200
    assert (await call(fake, "getUpdates"))[0] == 200


async def test_hearing_names_what_was_said_instead(fake: FakeTelegram) -> None:
    """A message is heard once; a failure shows the rest."""
    chair = fake.user(7)
    for text in ("Chào anh", "Xin số người"):
        await call(fake, "sendMessage", chat_id=7, text=text)
    assert (await chair.hears("chào")).text == "Chào anh"
    with pytest.raises(AssertionError, match="Xin số người"):
        await chair.hears("chào", timeout=0.05)


async def test_a_killed_bot_finds_its_updates_again(fake: FakeTelegram) -> None:
    """What a bot in another process had not taken when it was killed comes to the next one."""

    async def bot(work: float) -> asyncio.subprocess.Process:
        arguments = (fake.token, fake.base_url, fake.file_url, str(work))
        return await asyncio.create_subprocess_exec(sys.executable, "-c", BOT, *arguments, stdout=subprocess.PIPE)

    await fake.user(7).send("một")
    for work in (60, 60, 0):
        process = await bot(work)
        assert process.stdout
        assert (await process.stdout.readline()).decode() == "một\n"
        if work:
            assert fake.updates.pending
        else:
            await fake.all_taken()
        process.kill()
        await process.wait()
