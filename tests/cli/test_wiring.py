"""How the program is put together, and how it stops."""

from __future__ import annotations

import asyncio
import socket
from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from pathlib import Path

import aiohttp
import pytest

from bot.cli.channels import zalo_oa_channel
from bot.cli.wiring import open_store, running
from bot.config import Settings, load_settings
from bot.messages import Address, Incoming
from tests.doors.house import NOW, Recorder


class Called(Recorder):
    """A channel that is called by its messenger, with a line of text as the body."""

    def __init__(self) -> None:
        super().__init__(lambda: datetime.now(UTC), "called")
        self.called = asyncio.Event()

    def receive(self, headers: Mapping[str, str], body: bytes) -> list[Incoming]:
        self.called.set()
        return [Incoming("u1", Address(self.name, "77"), NOW, text=body.decode())]

    def settle(self, taken: Sequence[Incoming]) -> None:
        """There is nothing to do after the commit."""


@pytest.fixture
def settings(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Settings:
    """Settings of a program in an empty folder, on a port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("PORT", str(port))
    monkeypatch.setenv("DATABASE_URL", f"sqlite+aiosqlite:///{tmp_path}/test.db")
    return load_settings()


async def test_what_messages_cost_is_known_to_the_house(tmp_path: Path) -> None:
    """Prices and templates of config.toml become the window of the Official Account, which notices reckon with."""
    (tmp_path / "config.toml").write_text(
        "[zalo_oa]\nmoney = 2000000\nprice = 60\n[[zalo_oa.templates]]\n"
        'stands_for = "notice"\nid = "77"\nprice = 250\nparams = { ten = "name", tb = "title" }\n',
        encoding="utf-8",
    )
    secrets = {"ZALO_OA_APP_ID": "1", "ZALO_OA_SECRET": "secret", "ZALO_OA_REFRESH_TOKEN": "token"}
    settings = load_settings(tmp_path / "config.toml", {**secrets, "DATABASE_URL": f"sqlite:///{tmp_path}/test.db"})
    async with open_store(settings) as store:
        facts = zalo_oa_channel(settings, store).facts
    window = facts.window
    assert window is not None
    assert facts.money == 2_000_000
    days = [window.price_after(timedelta(days=n), "notice") for n in (1, 5, 8)]
    assert (days, window.price_after(timedelta(days=8), "reminder")) == ([0, 60, 250], None)


async def test_a_call_under_way_at_the_stop_gets_its_commit(settings: Settings) -> None:
    """Whoever brings a message while the program stops hears 200 after the commit, and the answer is still sent."""
    channel = Called()
    url = f"http://127.0.0.1:{settings.server.port}/webhook/called"
    async with open_store(settings) as store, aiohttp.ClientSession() as session:
        house = running(settings, store, {channel.name: channel})
        app = await house.__aenter__()
        await app.outbox.caught_up(10)
        async with store.batch():  # holds the writer, and with it the inbox
            call = asyncio.create_task(session.post(url, data="xin chào"))
            await channel.called.wait()
            stop = asyncio.create_task(house.__aexit__(None, None, None))
            for _turn in range(50):
                await asyncio.sleep(0)
        await stop
        assert (await call).status == 200
    assert [chat for chat, _text in channel.said] == ["77"]
