"""Zalo Official Account against a strict fake: keys used once, signed calls, windows, night, buttons besides."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from hashlib import sha256
from pathlib import Path

import pytest

from bot.channels.setup import SetupError
from bot.channels.zalo_oa import ZaloOaChannel
from bot.channels.zalo_oa_api import OutsideWindow
from bot.channels.zalo_oa_keys import LEASE
from bot.channels.zalo_oa_night import until_morning
from bot.effects import KeepKeys
from bot.messages import Arrival, Button, Gone, Later, Message, Refused, SendFailure
from bot.records import ChannelKeys
from storage.store import SqlStore
from tests.channels.conftest import NOWHERE, Inbox, clock
from tests.channels.official import Watch, account_at, kept_in, official
from tests.fake_telegram.users import JPEG
from tests.fake_zalo import FakeOa


@pytest.fixture
def watch() -> Watch:
    return Watch()


@pytest.fixture
async def fake_oa(watch: Watch) -> AsyncIterator[FakeOa]:
    async with FakeOa(watch) as fake:
        yield fake


@pytest.fixture
async def keeper(tmp_path: Path) -> AsyncIterator[SqlStore]:
    async with kept_in(tmp_path) as store:
        yield store


@pytest.fixture
async def oa(fake_oa: FakeOa, keeper: SqlStore, inbox: Inbox, watch: Watch) -> AsyncIterator[ZaloOaChannel]:
    async with official(fake_oa, keeper, inbox, watch) as channel:
        fake_oa.user().acted = watch()
        yield channel


def another(fake: FakeOa, store: SqlStore, watch: Watch) -> ZaloOaChannel:
    return ZaloOaChannel(account_at(fake), store, NOWHERE, watch)


async def test_an_invitation_leads_to_the_account(oa: ZaloOaChannel, fake_oa: FakeOa) -> None:
    """Zalo's own address of the account; the code is typed there."""
    assert oa.link("K7MP4QTR") == f"https://zalo.me/{fake_oa.oa_id}"


async def test_keys_are_renewed_before_they_end(oa: ZaloOaChannel, fake_oa: FakeOa, watch: Watch) -> None:
    """A day later the next pair is bought, with the refresh token of the pair before."""
    await oa.send("u-7", Message("Chào"))
    watch.now += timedelta(hours=25)
    await oa.send("u-7", Message("Chào"))
    assert fake_oa.renewed == 2
    assert fake_oa.user().inbox == ["Chào", "Chào"]


async def test_a_restart_goes_on_with_the_kept_keys(
    oa: ZaloOaChannel, fake_oa: FakeOa, keeper: SqlStore, watch: Watch
) -> None:
    """The token of the environment was used long ago; what is kept counts."""
    again = another(fake_oa, keeper, watch)
    await again.start()
    watch.now += timedelta(hours=25)
    await again.send("u-7", Message("Chào"))
    await again.close()
    assert fake_oa.renewed == 2


async def test_a_key_that_another_process_replaced_is_looked_up(
    oa: ZaloOaChannel, fake_oa: FakeOa, keeper: SqlStore, watch: Watch
) -> None:
    """The old access token died; the new one lies in the database, and none is bought for it."""
    watch.now += timedelta(hours=25)
    other = another(fake_oa, keeper, watch)
    await other.start()
    watch.now -= timedelta(hours=24)
    await oa.send("u-7", Message("Chào"))
    await other.close()
    assert fake_oa.renewed == 2


async def test_two_processes_never_renew_at_once(fake_oa: FakeOa, keeper: SqlStore, watch: Watch) -> None:
    """One buys, the others wait for what it got: a refresh token used twice would close the account."""
    fake_oa.user().acted = watch()
    several = [another(fake_oa, keeper, watch) for _ in range(5)]
    await asyncio.gather(*(one.start() for one in several))
    for one in several:
        await one.send("u-7", Message("Chào"))
        await one.close()
    assert fake_oa.renewed == 1


async def test_who_died_while_renewing_holds_up_the_others_for_a_minute(
    fake_oa: FakeOa, keeper: SqlStore, watch: Watch
) -> None:
    """Nobody knows whether the token was used meanwhile; afterwards it is tried."""
    left = ChannelKeys("zalo_oa", 1, sha256(b"first-refresh-token").hexdigest(), fake_oa.refresh, "", watch(), None)
    async with keeper.batch() as batch:
        await batch.write([KeepKeys(replace(left, renewing_until=watch() + LEASE))])
    fake_oa.user().acted = watch()
    channel = another(fake_oa, keeper, watch)
    await channel.start()
    with pytest.raises(Later, match="another process"):
        await channel.send("u-7", Message("Chào"))
    watch.now += LEASE
    await channel.send("u-7", Message("Chào"))
    await channel.close()
    assert fake_oa.renewed == 1


async def test_a_dead_refresh_token_is_told_at_once_and_a_new_one_opens(
    fake_oa: FakeOa, keeper: SqlStore, watch: Watch
) -> None:
    """With the setting to mend; a token that is new in the environment goes before what is kept."""
    fake_oa.refresh = "a-newer-token"
    for _ in range(2):
        with pytest.raises(SetupError, match="ZALO_OA_REFRESH_TOKEN"):
            await another(fake_oa, keeper, watch).start()
    mended = ZaloOaChannel(account_at(fake_oa, refresh_token="a-newer-token"), keeper, NOWHERE, watch)
    await mended.start()
    assert mended.title == "Công đoàn tỉnh"
    await mended.close()


async def test_keys_that_were_lost_later_stop_nothing_else(
    oa: ZaloOaChannel, fake_oa: FakeOa, keeper: SqlStore, watch: Watch
) -> None:
    """The program starts, tells what it lacks and hears what people write; a new token opens the account again."""
    fake_oa.refresh = "a-newer-token"
    watch.now += timedelta(hours=25)
    lost = another(fake_oa, keeper, watch)
    await lost.start()
    assert "ZALO_OA_REFRESH_TOKEN" in lost.trouble
    assert lost.receive(*fake_oa.signed(fake_oa.user().event("user_send_text", text="1")))
    await lost.close()
    mended = ZaloOaChannel(account_at(fake_oa, refresh_token="a-newer-token"), keeper, NOWHERE, watch)
    await mended.start()
    assert mended.trouble == ""
    await mended.close()


@pytest.mark.parametrize("bare", [True, False])
async def test_a_signed_call_is_heard(oa: ZaloOaChannel, fake_oa: FakeOa, inbox: Inbox, bare: bool) -> None:
    """With "mac=" before the signature or without."""
    fake_oa.bare = bare
    assert await fake_oa.user().send("12 người", times=2) == [200, 200]
    first, second = inbox.taken
    assert (first.id, first.text) == (second.id, "12 người")


@pytest.mark.parametrize("given", [{}, {"X-ZEvent-Signature": "mac=0"}, {"X-ZEvent-Signature": "é"}])
async def test_an_unsigned_call_is_turned_away(oa: ZaloOaChannel, fake_oa: FakeOa, given: dict[str, str]) -> None:
    """Nobody else may speak for a person; a changed body has another signature."""
    headers, body = fake_oa.signed(fake_oa.user().event("user_send_text", text="1"))
    for wrong, said in ((given, body), (headers, body + b" "), (headers, b"\xff")):
        with pytest.raises(PermissionError):
            oa.receive(wrong, said)


@pytest.mark.parametrize("name", ["oa_send_text", "oa_send_image", "follow", "unfollow"])
async def test_our_own_echo_is_nothing(oa: ZaloOaChannel, fake_oa: FakeOa, name: str) -> None:
    """What the account itself said comes back, and is no message."""
    assert oa.receive(*fake_oa.signed(fake_oa.user().event(name, text="Chào"))) == []


@pytest.mark.parametrize("kind", ["location", "sticker", "audio", "gif"])
async def test_what_we_cannot_read_is_named(oa: ZaloOaChannel, fake_oa: FakeOa, kind: str) -> None:
    """The person hears that it was not understood."""
    (heard,) = oa.receive(*fake_oa.signed(fake_oa.user().event(f"user_send_{kind}", attachments=[])))
    assert (heard.what, heard.text) == (Arrival.OTHER, kind)


async def test_a_file_comes_with_its_name(oa: ZaloOaChannel, fake_oa: FakeOa, inbox: Inbox) -> None:
    """Unlike a Zalo Bot, an Official Account is given files."""
    await fake_oa.user().file(JPEG, "file", "Biên bản.pdf")
    (ref,) = inbox.taken[0].files
    assert (ref.kind, ref.name, ref.size) == ("file", "Biên bản.pdf", len(JPEG))
    assert await oa.fetch(ref.remote, len(JPEG)) == JPEG


async def test_a_file_at_a_strange_address_is_not_fetched(oa: ZaloOaChannel, fake_oa: FakeOa) -> None:
    """A call must not make us read files or speak other protocols."""
    attachments = [{"type": "image", "payload": {"url": "file:///etc/passwd"}}]
    (heard,) = oa.receive(*fake_oa.signed(fake_oa.user().event("user_send_image", attachments=attachments)))
    assert (heard.what, heard.files) == (Arrival.OTHER, ())


async def test_up_to_five_choices_are_buttons_besides_their_numbers(oa: ZaloOaChannel, fake_oa: FakeOa) -> None:
    """A button says what could be typed; with more choices the numbers stand alone."""
    choices = tuple(Button(f"Việc {n}", f"data{n}", str(n)) for n in range(1, 7))
    await oa.send("u-7", Message("Chọn", buttons=choices[:5]))
    await oa.send("u-7", Message("Chọn", buttons=choices))
    five, six = fake_oa.sent
    assert [button["payload"] for button in five["attachment"]["payload"]["buttons"]] == ["1", "2", "3", "4", "5"]
    assert "attachment" not in six
    assert "6. Việc 6" in six["text"]


@pytest.mark.parametrize(
    ("code", "failure", "halts"),
    [
        (-230, OutsideWindow, False),
        (-232, OutsideWindow, False),
        (-211, Later, True),
        (-32, Later, True),
        (-200, Later, False),
        (-213, Gone, False),
        (-201, Refused, False),
    ],
)
async def test_what_refusals_mean(
    oa: ZaloOaChannel, fake_oa: FakeOa, code: int, failure: type[SendFailure], halts: bool
) -> None:
    """Under HTTP 200 too: a refusal never passes as sent."""
    fake_oa.errors.append(code)
    with pytest.raises(failure) as failed:
        await oa.send("u-7", Message("Chào"))
    assert getattr(failed.value, "halts", False) is halts
    assert fake_oa.sent == []


async def test_after_a_week_of_silence_nothing_may_be_said(oa: ZaloOaChannel, fake_oa: FakeOa, watch: Watch) -> None:
    """The failure says so, for the officer to call; another address of the person may do."""
    watch.now += timedelta(days=8)
    with pytest.raises(OutsideWindow, match="silent for too long"):
        await oa.send("u-7", Message("Chào"))


@pytest.mark.parametrize(("hour", "wait"), [(15, 8), (22, 1), (17, 6)])
def test_at_night_it_waits_for_six(hour: int, wait: int) -> None:
    """15:00 UTC is ten at night in Vietnam."""
    assert until_morning(datetime(2026, 11, 12, hour, tzinfo=UTC)) == wait * 3600


async def test_no_key_is_in_any_log_or_failure(
    fake_oa: FakeOa, keeper: SqlStore, caplog: pytest.LogCaptureFixture
) -> None:
    """Neither those of the environment nor those that were bought."""
    account = account_at(fake_oa)
    fake_oa.user().acted = clock()
    channel = ZaloOaChannel(account, keeper, NOWHERE, clock)
    with caplog.at_level(logging.DEBUG):
        await channel.start()
        await channel.send("u-7", Message("Chào"))
        fake_oa.access = fake_oa.refresh = "changed"
        with pytest.raises(Later) as failed:
            await channel.send("u-7", Message("Chào"))
    await channel.close()
    said = caplog.text + str(failed.value) + repr(account) + channel.trouble
    for secret in (fake_oa.secret, "first-refresh-token", "access-1", "refresh-1"):
        assert secret not in said
