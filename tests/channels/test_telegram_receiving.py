"""How Telegram's updates become Incoming, and when they are acknowledged."""

from __future__ import annotations

import asyncio
import logging
from datetime import UTC, datetime
from typing import Any

import aiohttp
import pytest

from bot.channels.setup import SetupError
from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_updates import read_update
from bot.messages import Address, Arrival, Button, Incoming, Message
from tests.channels.conftest import NOW, Inbox, account, clock, running
from tests.fake_telegram import FakeTelegram
from tests.fake_telegram.users import JPEG

MENU = (
    ("baocao", {"vi": "Gửi báo cáo", "en": "File a report", "rad": "Ƀuh"}),
    ("menu", {"vi": "Các việc", "en": "What I can do"}),
)
MESSAGE = {"message_id": 5, "date": 1_700_000_000, "chat": {"id": 7, "type": "private"}, "from": {"id": 7}}
MEMBER = {"status": "member"}


def read(**update: Any) -> Incoming | None:
    return read_update({"update_id": 1, **update}, "42", NOW)


async def test_signing_in_sets_the_menu_and_learns_the_name(fake: FakeTelegram) -> None:
    """Every language with a two-letter code has its menu; Vietnamese is everybody else's."""
    channel = TelegramChannel(account(fake, commands=MENU), clock)
    await channel.start()
    await channel.close()
    assert (channel.bot_id, channel.username) == ("424242", fake.username)
    assert channel.link("K7-2M") == f"https://t.me/{fake.username}?start=K7-2M"
    assert fake.commands.keys() == {"", "vi", "en"}
    assert fake.commands[""] == fake.commands["vi"] == [("baocao", "Gửi báo cáo"), ("menu", "Các việc")]


@pytest.mark.parametrize("token", ["424242:WRONG", "no-token-at-all"])
async def test_a_wrong_token_is_refused_at_the_start(fake: FakeTelegram, token: str) -> None:
    """The operator reads which setting to mend, and not the token."""
    wrong = account(fake)
    wrong = type(wrong)(token, wrong.base_url, wrong.file_url)
    channel = TelegramChannel(wrong, clock)
    with pytest.raises(SetupError, match="TELEGRAM_TOKEN") as refusal:
        await channel.start()
    assert token not in str(refusal.value)


async def test_an_outage_at_the_start_is_sat_out(fake: FakeTelegram, inbox: Inbox) -> None:
    """The bot starts while Telegram is away, and receives once it is back."""
    fake.next_fails("getMe", 502, times=2)
    channel = TelegramChannel(account(fake), clock)
    await channel.start()
    assert channel.link("x") == ""
    async with running(channel, inbox):
        await fake.user(7).send("Chào")
        await inbox.has(1)
    await channel.close()
    assert channel.link("x")


async def test_the_offset_moves_only_after_the_commit(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox
) -> None:
    """While the inbox works, Telegram still keeps the update."""
    kept: list[int] = []
    inbox.hook = lambda: kept.append(len(fake.updates.pending))
    async with running(telegram, inbox):
        await fake.user(7).send("Một")
        await inbox.has(1)
        await fake.all_taken()
    assert kept == [1]


async def test_the_first_poll_has_no_offset_and_later_ones_acknowledge(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox
) -> None:
    """What waited during an outage comes, and the next poll confirms exactly that."""
    for word in ("một", "hai", "ba"):
        await fake.user(7).send(word)
    async with running(telegram, inbox):
        assert [heard.text for heard in await inbox.has(3)] == ["một", "hai", "ba"]
        await fake.all_taken()
    first = fake.called("getUpdates")[0]
    assert "offset" not in first.params
    assert first.params["allowed_updates"] == ["message", "edited_message", "callback_query", "my_chat_member"]


async def test_numbers_that_start_anew_after_a_silent_week_are_heard(fake: FakeTelegram, inbox: Inbox) -> None:
    """Update ids may fall below the last offset: an offset that has done its work is not sent again."""
    channel = TelegramChannel(account(fake, poll=1), clock)
    await channel.start()
    async with running(channel, inbox):
        await fake.user(7).send("trước")
        await inbox.has(1)
        await fake.until(lambda: len(fake.called("getUpdates")) >= 2)
        fake.updates.next_id = 100
        await fake.user(7).send("sau")
        heard = await inbox.has(2)
    await channel.close()
    assert [incoming.id for incoming in heard] == ["424242:700000002", "424242:101"]


@pytest.mark.parametrize("content", [17, None, [], {}, {"chat": None, "text": 5}, {**MESSAGE, "text": {"a": 1}}])
async def test_a_poison_update_blocks_nobody(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox, content: Any, caplog: pytest.LogCaptureFixture
) -> None:
    """What cannot be read is logged without its content and acknowledged; the others arrive."""
    await fake.user(7).send("trước")
    await fake.poison(content)
    await fake.user(7).send("sau bí mật")
    async with running(telegram, inbox):
        assert [heard.text for heard in await inbox.has(2)] == ["trước", "sau bí mật"]
        await fake.all_taken()
    assert len(inbox.batches) == 1
    assert "bí mật" not in caplog.text


async def test_polling_survives_trouble(fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox) -> None:
    """Server errors, resets and too many requests only delay."""
    fake.next_fails("getUpdates", 502)
    fake.next_fails("getUpdates", "reset before")
    fake.next_fails("getUpdates", 429, retry_after=1)
    async with running(telegram, inbox):
        await fake.user(7).send("Còn đó không?")
        await inbox.has(1)


async def test_a_second_poller_is_named_in_the_log(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Telegram's own words say what is wrong; this one goes on."""
    async with running(telegram, inbox), aiohttp.ClientSession() as other:
        await fake.user(7).send("một")
        await inbox.has(1)
        await fake.all_taken()
        async with other.post(f"{fake.base_url}{fake.token}/getUpdates", json={"timeout": 50}) as answer:
            assert answer.status == 409  # this one's next poll ends the other's
        await fake.user(7).send("hai")
        await inbox.has(2)
    assert "terminated by other getUpdates request" in caplog.text


async def test_duplicates_keep_their_id(fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox) -> None:
    """An update that Telegram hands out twice can be recognised."""
    fake.duplicate_delivery()
    async with running(telegram, inbox):
        await fake.user(7).send("một")
        first, second = await inbox.has(2)
    assert first == second


async def test_a_press_is_answered_only_after_the_commit(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox
) -> None:
    """The press carries its data and message; its button stops blinking once it is safe."""
    chair = fake.user(7)
    shown = await telegram.send("7", Message("Gửi?", buttons=(Button("Gửi", "d1:send", "1"),)))
    delivered = asyncio.Event()
    inbox.hook = delivered.set
    inbox.open.clear()
    async with running(telegram, inbox):
        query = await chair.press("Gửi")
        await delivered.wait()
        for _ in range(3):  # an answer under way would overtake these
            await telegram.send("7", Message("Chờ chút"))
        assert not fake.called("answerCallbackQuery")
        inbox.open.set()
        (heard,) = await inbox.has(1)
        await fake.until(lambda: fake.answered == [query])
    assert (heard.what, heard.text, heard.message_id, heard.ack) == (Arrival.PRESS, "d1:send", shown, query)
    assert heard.at == NOW


async def test_a_press_that_cannot_be_answered_harms_nothing(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox
) -> None:
    """The reply says it all anyway."""
    fake.next_fails("answerCallbackQuery", 502)
    chair = fake.user(7)
    await telegram.send("7", Message("?", buttons=(Button("A", "a"),)))
    async with running(telegram, inbox):
        await chair.press("A")
        await inbox.has(1)
        await fake.until(lambda: bool(fake.called("answerCallbackQuery")))
        await chair.send("tiếp")
        await inbox.has(2)


async def test_the_largest_photo_is_taken_with_its_caption(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox
) -> None:
    """Of the sizes Telegram offers the best one counts."""
    async with running(telegram, inbox):
        await fake.user(7).photo(JPEG * 3, caption="Hội nghị")
        (heard,) = await inbox.has(1)
    assert (heard.text, heard.files[0].size) == ("Hội nghị", 3 * len(JPEG))


async def test_other_things_are_named(fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox) -> None:
    """Stickers, voice and places say what they are; service messages say nothing."""
    chair = fake.user(7)
    async with running(telegram, inbox):
        await chair.sticker()
        await chair.pin()
        await chair.voice()
        await chair.location()
        heard = await inbox.has(3)
        await fake.all_taken()
    assert [(incoming.what, incoming.text) for incoming in heard] == [
        (Arrival.OTHER, "sticker"),
        (Arrival.OTHER, "voice"),
        (Arrival.OTHER, "location"),
    ]


async def test_an_image_sent_as_a_file_stays_a_file(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox
) -> None:
    """Name and type come along, and sizes beyond what can be fetched."""
    async with running(telegram, inbox):
        await fake.user(7).document(b"x", "Ảnh.png", "image/png", size=30_000_000)
        (heard,) = await inbox.has(1)
    (ref,) = heard.files
    assert (ref.kind, ref.name, ref.mime, ref.size) == ("file", "Ảnh.png", "image/png", 30_000_000)


async def test_edits_name_the_message_they_change(fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox) -> None:
    """The new wording comes under the old message's id."""
    chair = fake.user(7)
    async with running(telegram, inbox):
        number = await chair.send("12 người")
        await chair.edit(number, "13 người")
        first, second = await inbox.has(2)
    assert (second.what, second.text) == (Arrival.EDIT, "13 người")
    assert first.message_id == second.message_id == str(number)


async def test_blocking_and_coming_back(fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox) -> None:
    """The door is seen to shut and to open."""
    async with running(telegram, inbox):
        await fake.user(7).block()
        await fake.user(7).unblock()
        heard = await inbox.has(2)
    assert [incoming.what for incoming in heard] == [Arrival.BLOCKED, Arrival.UNBLOCKED]


async def test_a_group_is_no_private_chat_and_may_move(
    fake: FakeTelegram, telegram: TelegramChannel, inbox: Inbox
) -> None:
    """A group that becomes a supergroup tells its new id."""
    group = fake.group(-5)
    async with running(telegram, inbox):
        await group.send("Chào cả nhà")
        await group.migrate(-1005)
        said, moved = await inbox.has(2)
    assert not said.private
    assert (moved.what, moved.text, moved.address.chat) == (Arrival.MOVED, "-1005", "-5")


def test_the_date_is_the_messages_own() -> None:
    """A message that waited counts from when it was sent, an edit from when it was made."""
    said = read(message={**MESSAGE, "text": "x"})
    edited = read(edited_message={**MESSAGE, "text": "y", "edit_date": 1_700_000_060})
    assert said
    assert edited
    assert said.at == datetime(2023, 11, 14, 22, 13, 20, tzinfo=UTC)
    assert (edited.at - said.at).total_seconds() == 60


def test_a_press_under_a_message_that_is_gone_still_counts() -> None:
    """Telegram then leaves the message out, or gives only its chat."""
    query = {"id": "9", "from": {"id": 7, "language_code": "en"}, "data": "d1"}
    for gone in ({}, {"message": {"message_id": 3, "date": 0, "chat": MESSAGE["chat"]}}):
        heard = read(callback_query={**query, **gone})
        assert heard
        assert (heard.address, heard.at, heard.text, heard.ack) == (Address("telegram", "7"), NOW, "d1", "9")
        assert heard.private


@pytest.mark.parametrize(
    "update",
    [
        {"edited_message": {**MESSAGE, "location": {}}},
        {"message": {**MESSAGE, "new_chat_title": "x"}},
        {"callback_query": {"id": "9", "from": {"id": 7}, "game_short_name": "x"}},
        {"channel_post": {**MESSAGE, "text": "x"}},
        {
            "my_chat_member": {
                **MESSAGE,
                "old_chat_member": {"status": "member"},
                "new_chat_member": {"status": "administrator"},
            }
        },
    ],
)
def test_what_says_nothing_to_us_is_passed_over(update: dict[str, Any], caplog: pytest.LogCaptureFixture) -> None:
    """Quietly: it is no fault."""
    assert read(**update) is None
    assert not caplog.records


async def test_the_token_never_reaches_a_log(
    fake: FakeTelegram, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """Whatever breaks, at the most talkative level."""
    caplog.set_level(logging.DEBUG)
    channel = TelegramChannel(account(fake), clock)
    fake.next_fails("getMe", "reset before")
    await channel.start()
    for fault in ("reset before", 502, 401):
        fake.next_fails("setMyCommands", fault)
    for fault in ("reset before", 502, 400):
        fake.next_fails("getUpdates", fault)
    async with running(channel, inbox):
        await fake.user(7).send("x")
        await inbox.has(1)
    await channel.close()
    assert caplog.records
    assert fake.token not in caplog.text
    assert fake.token.partition(":")[2] not in caplog.text
    assert fake.token not in repr(account(fake, webhook_secret="hush"))
