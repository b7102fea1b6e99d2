"""The web server: webhooks, health and numbers, over real HTTP."""

from __future__ import annotations

import io
from collections.abc import AsyncIterator, Mapping, Sequence
from datetime import timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.messages import Address, Incoming
from bot.ports import StoreBusy
from bot.server import LARGEST_CALL, Server, Site
from bot.vitals import Vitals
from tests.doors.house import NOW, House, Recorder, Time, say


class Messenger(Recorder):
    """A channel that can be called; each line of a body is a message."""

    def __init__(self) -> None:
        super().__init__(Time().clock, "messenger")
        self.settled: list[str] = []

    def receive(self, headers: Mapping[str, str], body: bytes) -> list[Incoming]:
        if headers.get("X-Secret") != "right":
            raise PermissionError("wrong secret")
        return [Incoming(line, Address(self.name, "1"), NOW) for line in body.decode().splitlines()]

    def settle(self, taken: Sequence[Incoming]) -> None:
        self.settled += [incoming.id for incoming in taken]


class Inbox:
    """Takes what is delivered, unless it is busy."""

    def __init__(self) -> None:
        self.taken: list[str] = []
        self.busy = False

    async def deliver(self, batch: Sequence[Incoming]) -> None:
        if self.busy:
            raise StoreBusy("database is locked")
        self.taken += [incoming.id for incoming in batch]


@pytest.fixture
def messenger() -> Messenger:
    """A messenger that calls."""
    return Messenger()


@pytest.fixture
def inbox() -> Inbox:
    """An inbox."""
    return Inbox()


@pytest.fixture
async def site(
    store: House, time: Time, vitals: Vitals, messenger: Messenger, inbox: Inbox, tmp_path: Path
) -> AsyncIterator[aiohttp.ClientSession]:
    """A session with a running server."""
    channels = {"messenger": messenger, "telegram": Recorder(time.clock)}
    deliver = vitals.watched(inbox.deliver, time.clock)
    server = Server(Site(store, channels, deliver, time.clock, vitals, tmp_path / "data" / "attachments"))
    port = await server.start("127.0.0.1", 0)
    async with aiohttp.ClientSession(f"http://127.0.0.1:{port}") as session:
        yield session
    await server.close()


async def called(
    site: aiohttp.ClientSession, body: bytes = b"u1", path: str = "messenger", secret: str = "right"
) -> int:
    """Call a webhook; give the status of the answer."""
    async with site.post(f"/webhook/{path}", data=io.BytesIO(body), headers={"X-Secret": secret}) as answer:
        return answer.status


async def test_a_call_is_taken_and_settled(
    site: aiohttp.ClientSession, messenger: Messenger, inbox: Inbox, vitals: Vitals
) -> None:
    """A call gets its 200 after the inbox took everything in it; then the channel settles."""
    assert await called(site, b"u1\nu2") == 200
    assert inbox.taken == messenger.settled == ["u1", "u2"]
    assert vitals.registry.get_sample_value("bot_updates_total", {"channel": "messenger"}) == 2


async def test_a_wrong_secret_is_refused(site: aiohttp.ClientSession, inbox: Inbox) -> None:
    """Whoever does not know the secret gets nothing in."""
    assert await called(site, secret="wrong") == 403
    assert inbox.taken == []


async def test_a_busy_database_makes_the_messenger_come_again(
    site: aiohttp.ClientSession, messenger: Messenger, inbox: Inbox, vitals: Vitals
) -> None:
    """What could not be committed is answered with 503 and not settled; the trouble shows until it is over."""
    inbox.busy = True
    assert await called(site) == 503
    assert messenger.settled == []
    assert vitals.troubles == {"inbox": "database is locked"}
    inbox.busy = False
    assert await called(site) == 200
    assert vitals.troubles == {}


@pytest.mark.parametrize("path", ["telegram", "nobody"])
async def test_only_channels_that_can_be_called_are(site: aiohttp.ClientSession, path: str) -> None:
    """A channel without webhook, or one that does not exist, is not found."""
    assert await called(site, path=path) == 404


async def test_a_large_call_is_not_read(site: aiohttp.ClientSession, inbox: Inbox) -> None:
    """More than a megabyte is no message."""
    assert await called(site, b"x" * (LARGEST_CALL + 1)) == 413
    assert await called(site, b"x" * (LARGEST_CALL - 1)) == 200
    assert len(inbox.taken) == 1


async def test_a_call_without_messages_is_fine(site: aiohttp.ClientSession, inbox: Inbox) -> None:
    """A call that holds nothing for us is answered, so that it does not come again."""
    assert await called(site, b"") == 200
    assert inbox.taken == []


async def test_health_when_all_is_well(site: aiohttp.ClientSession, store: House, time: Time) -> None:
    """With nothing wrong health is 200, and tells what waits and since when."""
    await store.write(say("waits"))
    await called(site)
    time.now += timedelta(seconds=30)
    async with site.get("/healthz") as answer:
        assert answer.status == 200
        report = await answer.json()
    assert report["problems"] == {}
    assert report["status"] == "well"
    assert report["database"] == "reachable"
    assert report["outbox"]["pending"] == 1
    assert report["outbox_late_seconds"] == 30
    assert report["last_batch_seconds_ago"] == 30
    assert report["channels"] == {"messenger": "well", "telegram": "well"}
    assert report["disk_free_bytes"] > 0


async def test_health_when_the_database_is_away(site: aiohttp.ClientSession, store: House) -> None:
    """Without its database the program is not well, and the page still answers."""

    async def away() -> None:
        raise StoreBusy("connection refused")

    store.counts = away  # type: ignore[method-assign, assignment]
    async with site.get("/healthz") as answer:
        assert answer.status == 503
        report = await answer.json()
    assert report["problems"] == {"database": "connection refused"}
    assert report["database"] == "unreachable"
    async with site.get("/metrics") as answer:
        assert answer.status == 200


async def test_health_when_sending_stands_still(site: aiohttp.ClientSession, store: House, time: Time) -> None:
    """A message that should have gone long ago shows that something is wrong."""
    await store.write(say("waits"))
    time.now += timedelta(hours=1)
    async with site.get("/healthz") as answer:
        assert answer.status == 503
        assert (await answer.json())["problems"] == {"outbox": "a message waits since 3600 seconds"}


async def test_health_tells_the_troubles_of_the_doors(site: aiohttp.ClientSession, vitals: Vitals) -> None:
    """What a door or a channel reports is shown, and gone when it is over."""
    vitals.trouble("telegram", "not signed in")
    async with site.get("/healthz") as answer:
        assert answer.status == 503
        assert (await answer.json())["channels"]["telegram"] == "not signed in"
    vitals.well("telegram")
    async with site.get("/healthz") as answer:
        assert answer.status == 200


async def test_health_when_the_disk_is_nearly_full(
    site: aiohttp.ClientSession, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk without room is told before the database fails on it."""
    monkeypatch.setattr("bot.server.LEAST_DISK", 2**80)
    async with site.get("/healthz") as answer:
        assert answer.status == 503
        assert "MB free" in (await answer.json())["problems"]["disk"]


async def test_numbers(site: aiohttp.ClientSession, store: House, vitals: Vitals) -> None:
    """The numbers of the doors and those of the database are given together."""
    vitals.count("bot_turns_failed", "Turns that raised.", lambda: 3)
    vitals.sent.labels("telegram").inc()
    await store.write(say("waits"))
    await called(site)
    async with site.get("/metrics") as answer:
        assert answer.status == 200
        assert answer.content_type == "text/plain"
        lines = (await answer.text()).splitlines()
    assert 'bot_messages_sent_total{channel="telegram"} 1.0' in lines
    assert "bot_turns_failed_total 3.0" in lines
    assert 'bot_outbox{state="pending"} 1.0' in lines
    assert "bot_drafts 0.0" in lines
    assert "bot_batch_seconds_count 1.0" in lines
