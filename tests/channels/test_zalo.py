"""Zalo Bot against a strict fake: how messages come, what refusals mean, what pictures and long texts become."""

from __future__ import annotations

import asyncio
import json
import logging
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path

import pytest
from aiohttp import web
from aiohttp.test_utils import TestServer, unused_port

from bot.channels.setup import SetupError
from bot.channels.shares import Shares
from bot.channels.zalo import LOSES, ZaloChannel
from bot.channels.zalo_api import QUOTA, ZaloAccount
from bot.messages import Arrival, Attachment, Later, Message, Refused, SendFailure, Uncertain
from bot.ports import Toll
from tests.channels.conftest import NOWHERE, Inbox, clock, running
from tests.fake_telegram.users import JPEG
from tests.fake_zalo import FakeZalo

SECRET = "a-secret-of-the-webhook"


@pytest.fixture
async def called(fake_zalo: FakeZalo, inbox: Inbox) -> AsyncIterator[ZaloChannel]:
    """A channel that Zalo calls, behind a server that says 200 only once the inbox has it."""
    waiting: asyncio.Future[ZaloChannel] = asyncio.get_running_loop().create_future()

    async def call(request: web.Request) -> web.Response:
        try:
            await inbox((await waiting).receive(request.headers, await request.read()))
        except PermissionError:
            return web.Response(status=403)
        except OSError:
            return web.Response(status=503)
        return web.Response()

    app = web.Application()
    app.router.add_post("/hook", call)
    runner = web.AppRunner(app, access_log=None)
    await runner.setup()
    await web.TCPSite(runner, "127.0.0.1", 0).start()
    url = f"http://127.0.0.1:{runner.addresses[0][1]}/hook"
    account = ZaloAccount(fake_zalo.token, fake_zalo.base_url, url, SECRET)
    channel = ZaloChannel(account, NOWHERE)
    waiting.set_result(channel)
    await channel.start()
    yield channel
    await channel.close()
    await runner.cleanup()


async def test_a_call_is_heard_wrapped_or_bare(called: ZaloChannel, fake_zalo: FakeZalo, inbox: Inbox) -> None:
    """Bots in production saw the event with the wrapper of the documentation and without it."""
    chair = fake_zalo.user()
    assert await chair.send("một") == [200]
    assert await chair.send("hai", wrapped=False) == [200]
    assert [incoming.text for incoming in inbox.taken] == ["một", "hai"]
    assert all(incoming.timed and incoming.at for incoming in inbox.taken)


async def test_the_same_message_again_has_the_same_id(called: ZaloChannel, fake_zalo: FakeZalo, inbox: Inbox) -> None:
    """A call that comes again is known by the message's own id."""
    await fake_zalo.user().send("12", times=2)
    first, second = inbox.taken
    assert first.id == second.id


async def test_a_call_is_refused_until_it_is_kept(called: ZaloChannel, fake_zalo: FakeZalo, inbox: Inbox) -> None:
    """Zalo hears 200 only after the commit."""
    inbox.refusals = [OSError("disk full")]
    assert await fake_zalo.user().send("12", times=2) == [503, 200]


@pytest.mark.parametrize("headers", [{}, {"X-Bot-Api-Secret-Token": "wrong"}, {"X-Bot-Api-Secret-Token": ""}])
def test_whoever_does_not_know_the_secret_is_turned_away(headers: dict[str, str]) -> None:
    """Also when no secret was set: then nobody may call."""
    for secret in (SECRET, ""):
        channel = ZaloChannel(ZaloAccount("1:x", webhook_secret=secret), NOWHERE)
        with pytest.raises(PermissionError):
            channel.receive(headers, b"{}")


STRANGE = (
    b"\xff",
    b"[]",
    b'{"ok": true, "result": 5}',
    b'{"event_name": "message.text.received"}',
    b'{"event_name": "message.text.received", "message": {"text": "x"}}',
    json.dumps(
        {
            "event_name": "message.text.received",
            "message": {"from": {}, "chat": {"id": 1}, "message_id": "1", "date": 1, "text": 5},
        }
    ).encode(),
)


@pytest.mark.parametrize("body", STRANGE)
def test_what_cannot_be_read_is_nothing(body: bytes) -> None:
    """A strange call is answered, so that it does not come again and again."""
    channel = ZaloChannel(ZaloAccount("1:x", webhook_secret=SECRET), NOWHERE)
    assert channel.receive({"x-bot-api-secret-token": SECRET}, body) == []


@pytest.mark.parametrize("kind", ["sticker", "voice", "unsupported"])
async def test_what_we_cannot_read_is_named(zalo: ZaloChannel, fake_zalo: FakeZalo, inbox: Inbox, kind: str) -> None:
    """ "unsupported" also stands for what protected people write: they must be answered."""
    async with running(zalo, inbox):
        await fake_zalo.user().other(kind)
        (heard,) = await inbox.has(1)
    assert (heard.what, heard.text) == (Arrival.OTHER, kind)


@pytest.mark.parametrize("url_in", ["photo", "photo_url"])
async def test_a_picture_brings_its_address_and_words(
    zalo: ZaloChannel, fake_zalo: FakeZalo, inbox: Inbox, url_in: str
) -> None:
    """Under either name; what is written under it comes along."""
    async with running(zalo, inbox):
        await fake_zalo.user().photo(JPEG, "Hội nghị", url_in=url_in)
        (heard,) = await inbox.has(1)
    assert heard.text == "Hội nghị"
    assert await zalo.fetch(heard.files[0].remote, len(JPEG)) == JPEG


async def test_a_picture_at_a_strange_address_is_not_fetched(inbox: Inbox) -> None:
    """Only https, or what the bot's own address uses: a call must not make us read files or speak other protocols."""
    channel = ZaloChannel(ZaloAccount("1:x", webhook_secret=SECRET), NOWHERE)
    for url in ("file:///etc/passwd", "http://127.0.0.1/", "ftp://x/y", "https://"):
        event = {
            "event_name": "message.image.received",
            "message": {"from": {}, "chat": {"id": "7"}, "message_id": "1", "date": 1, "photo": url},
        }
        (heard,) = channel.receive({"x-bot-api-secret-token": SECRET}, json.dumps(event).encode())
        assert (heard.what, heard.files) == (Arrival.OTHER, ())


async def test_polling_says_aloud_that_it_may_lose_messages(
    zalo: ZaloChannel, fake_zalo: FakeZalo, inbox: Inbox, caplog: pytest.LogCaptureFixture
) -> None:
    """An empty poll is answered by 408 and means nothing."""
    fake_zalo.next_fails(408, methods=frozenset({"getUpdates"}))
    with caplog.at_level(logging.WARNING):
        async with running(zalo, inbox):
            await fake_zalo.user().send("Chào")
            await inbox.has(1)
    assert LOSES in caplog.text
    assert zalo.trouble == ""


async def test_polling_goes_on_after_trouble(zalo: ZaloChannel, fake_zalo: FakeZalo, inbox: Inbox) -> None:
    """What passes is waited out; what is wrong with receiving can be seen meanwhile."""
    for what in (502, 403, "reset before"):
        fake_zalo.next_fails(what, methods=frozenset({"getUpdates"}))
    async with running(zalo, inbox):
        await fake_zalo.user().send("Chào")
        await inbox.has(1)


@pytest.mark.parametrize("under_200", [False, True])
@pytest.mark.parametrize(
    ("what", "failure"),
    [
        (403, Later),  # Zalo's "internal server error"
        (500, Later),
        (401, Later),
        (429, Later),
        (400, Refused),
        (408, Uncertain),
        (502, Later),
        ("reset before", Uncertain),
        ("reset after", Uncertain),
    ],
)
async def test_what_refusals_mean(
    zalo: ZaloChannel, fake_zalo: FakeZalo, what: int | str, failure: type[SendFailure], under_200: bool
) -> None:
    """Whether they come with their own status or under a 200: a refusal never passes as sent."""
    fake_zalo.user().wrote = True
    fake_zalo.refused_under_200 = under_200
    fake_zalo.next_fails(what)
    with pytest.raises(failure):
        await zalo.send("u-7", Message("Chào"))


async def test_a_used_up_quota_stops_the_channel_and_is_told(zalo: ZaloChannel, fake_zalo: FakeZalo) -> None:
    """What waits is kept; whoever watches sees it until something could be said again."""
    fake_zalo.user().wrote = True
    fake_zalo.quota = 0
    with pytest.raises(Later) as failed:
        await zalo.send("u-7", Message("Chào"))
    assert (failed.value.halts, failed.value.after) == (True, QUOTA)
    assert "quota" in zalo.trouble
    fake_zalo.quota = 1
    await zalo.send("u-7", Message("Chào"))
    assert zalo.trouble == ""


async def test_parts_that_were_said_are_not_said_again(zalo: ZaloChannel, fake_zalo: FakeZalo) -> None:
    """Each costs quota, and a double is a nuisance."""
    user = fake_zalo.user()
    user.wrote = True
    long = Message(" ".join(f"Câu {number}." for number in range(500)))
    fake_zalo.quota = 1
    with pytest.raises(Later):
        await zalo.send(user.chat, long)
    fake_zalo.quota = 9
    await zalo.send(user.chat, long)
    assert [text.split()[0] for text in user.inbox] == ["(1/3)", "(2/3)", "(3/3)"]
    assert " ".join(text.partition("\n")[2] for text in user.inbox) == long.text
    assert all(text.endswith(".") for text in user.inbox)


async def test_what_a_message_takes_is_what_is_sent(zalo: ZaloChannel, fake_zalo: FakeZalo) -> None:
    """Three parts of a long text are three messages of the month; a short one is one."""
    user = fake_zalo.user()
    user.wrote = True
    for message in (Message(" ".join(f"Câu {number}." for number in range(500))), Message("Ngắn", "Tiêu đề")):
        before = len(user.inbox)
        await zalo.send(user.chat, message)
        assert zalo.toll(message, timedelta(0)) == Toll(len(user.inbox) - before)


async def test_a_picture_of_ours_goes_by_its_address_with_the_words_under_it(
    fake_zalo: FakeZalo, tmp_path: Path
) -> None:
    """One call, not two: each counts."""
    user = fake_zalo.user()
    user.wrote = True
    photo, report = tmp_path / "photo", tmp_path / "report"
    photo.write_bytes(JPEG)
    report.write_bytes(b"PK")
    app, port = web.Application(), unused_port()
    shares = Shares("a secret", f"http://127.0.0.1:{port}", clock)
    channel = ZaloChannel(ZaloAccount(fake_zalo.token, fake_zalo.base_url), shares)
    channel.mount(app)
    async with TestServer(app, port=port):
        await channel.start()
        await channel.send(user.chat, Message("Ảnh đẹp", attachments=(Attachment(str(photo), "a.jpg", "photo"),)))
        await channel.send(user.chat, Message("Báo cáo", attachments=(Attachment(str(report), "Báo cáo.docx"),)))
        await channel.close()
    (shown,) = fake_zalo.fetched
    words, _, link = user.inbox[1].partition("Báo cáo.docx: ")
    assert (user.inbox[0], words) == (f"Ảnh đẹp\n{shown}", "Báo cáo\n")
    assert link.startswith("http")


async def test_a_wrong_token_is_told_at_once(fake_zalo: FakeZalo) -> None:
    """With the setting to mend; the token itself is in no text."""
    for token in ("4711:wrong", "no-token"):
        channel = ZaloChannel(ZaloAccount(token, fake_zalo.base_url), NOWHERE)
        with pytest.raises(SetupError, match="ZALO_TOKEN") as told:
            await channel.start()
        assert token not in str(told.value)


async def test_a_wrong_webhook_is_told_at_once(fake_zalo: FakeZalo) -> None:
    """Zalo wants at least eight characters of secret."""
    account = ZaloAccount(fake_zalo.token, fake_zalo.base_url, "https://x.vn/webhook/zalo", "short")
    with pytest.raises(SetupError, match="webhook address"):
        await ZaloChannel(account, NOWHERE).start()


async def test_the_token_is_in_no_log_and_no_failure(
    fake_zalo: FakeZalo, caplog: pytest.LogCaptureFixture, inbox: Inbox
) -> None:
    """Addresses hold it, so no address may get out."""
    account = ZaloAccount(fake_zalo.token, "http://127.0.0.1:9/bot")
    channel = ZaloChannel(account, NOWHERE)
    with caplog.at_level(logging.DEBUG):
        await channel.start()
        with pytest.raises(Later) as failed:
            await channel.send("u-7", Message("Chào"))
        async with running(channel, inbox):
            await asyncio.sleep(0)
    await channel.close()
    assert fake_zalo.token not in caplog.text + str(failed.value) + repr(account)
