"""The person's side of every channel, for the one table of cases that all of them pass."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from pathlib import Path
from typing import Protocol, cast

import pytest
from click import unstyle

from bot.channels.console import ConsoleChannel
from bot.channels.telegram import TelegramChannel
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_oa import ZaloOaChannel
from bot.messages import Button
from bot.ports import Channel
from tests.channels.conftest import Inbox, clock
from tests.channels.official import Watch, kept_in, official
from tests.channels.web_phone import Page, page
from tests.fake_telegram import FakeTelegram, FakeUser
from tests.fake_telegram.faults import Kind
from tests.fake_telegram.users import JPEG
from tests.fake_zalo import FakeOa, FakeZalo, OaUser, ZaloUser

__all__ = ["page"]
AWKWARD = "Lương < 5 triệu & phụ cấp > 0: *in đậm* _nghiêng_ `mã` <b>[x](y)</b> \"'&amp; 👍🏽"
CHOICES = (Button("Gửi", "send", "1"), Button("Sửa", "fix", "2"), Button("Bỏ qua", "skip", "BOQUA"))


class Phone(Protocol):
    """The person's side of a channel."""

    @property
    def channel(self) -> Channel: ...

    @property
    def chat(self) -> str: ...

    async def type(self, text: str) -> None: ...

    async def type_twice(self, text: str) -> None: ...

    async def send_photos(self, count: int) -> None: ...

    def fail(self, what: str) -> None: ...

    def secrets(self) -> list[str]: ...

    def shown(self) -> list[str]: ...


class TelegramPhone:
    def __init__(self, channel: TelegramChannel, chair: FakeUser, fake: FakeTelegram) -> None:
        self.channel, self.chair, self.chat, self.fake = channel, chair, str(chair.chat.id), fake

    async def type_twice(self, text: str) -> None:
        self.fake.duplicate_delivery()
        await self.type(text)

    def secrets(self) -> list[str]:
        return [self.fake.token]

    def fail(self, what: str) -> None:
        faults: dict[str, Kind] = {"quota": 429, "passing": 502, "refused": 413, "unsure": "reset after"}
        self.fake.next_send_fails(faults[what])

    async def type(self, text: str) -> None:
        await self.chair.send(text)

    async def send_photos(self, count: int) -> None:
        await (self.chair.album(count) if count > 1 else self.chair.photo())

    def shown(self) -> list[str]:
        return [
            "\n".join(part for part in (m.text, "  ".join(b.label for b in m.buttons), m.file) if part)
            for m in self.chair.inbox
        ]


class ZaloPhone:
    def __init__(self, channel: ZaloChannel, user: ZaloUser) -> None:
        self.channel, self.user, self.chat = channel, user, user.chat
        user.wrote = True

    async def type_twice(self, text: str) -> None:
        await self.user.send(text, times=2)

    def secrets(self) -> list[str]:
        return [self.user.fake.token]

    def fail(self, what: str) -> None:
        faults: dict[str, Kind] = {"quota": 429, "passing": 502, "refused": 400, "unsure": "reset after"}
        self.user.fake.next_fails(faults[what])

    async def type(self, text: str) -> None:
        await self.user.send(text)

    async def send_photos(self, count: int) -> None:
        for _ in range(count):
            await self.user.photo(JPEG)

    def shown(self) -> list[str]:
        return self.user.inbox


class OaPhone:
    def __init__(self, channel: ZaloOaChannel, user: OaUser) -> None:
        self.channel, self.user, self.chat = channel, user, user.chat
        user.acted = clock()

    async def _until_taken(self, send: Callable[[], Awaitable[list[int]]]) -> None:
        for _try in range(1000):  # Zalo calls again
            if await send() == [200]:
                return
        raise AssertionError("it was never taken")

    async def type_twice(self, text: str) -> None:
        await self.user.fake.bring(self.user.event("user_send_text", text=text), times=2)

    def secrets(self) -> list[str]:
        fake = self.user.fake
        return [fake.secret, fake.access, fake.refresh]

    def fail(self, what: str) -> None:
        self.user.fake.errors.append({"quota": -32, "passing": -200, "refused": -201}[what])

    async def type(self, text: str) -> None:
        event = self.user.event("user_send_text", text=text)
        await self._until_taken(lambda: self.user.fake.bring(event))

    async def send_photos(self, count: int) -> None:
        for _ in range(count):
            await self._until_taken(lambda: self.user.file(JPEG))

    def shown(self) -> list[str]:
        return self.user.inbox


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.folder, self.chat = folder, "chair"
        self.lines: asyncio.Queue[str] = asyncio.Queue()
        self.written: list[str] = []
        self.channel = ConsoleChannel(self.chat, self._typed(), self.written.append, clock)

    async def _typed(self) -> AsyncIterator[str]:
        while True:
            yield await self.lines.get()

    async def type(self, text: str) -> None:
        await self.lines.put(text)

    async def type_twice(self, text: str) -> None:
        raise NotImplementedError("a terminal brings nothing twice")

    def secrets(self) -> list[str]:
        return []

    def fail(self, what: str) -> None:
        raise NotImplementedError("a terminal takes everything")

    async def send_photos(self, count: int) -> None:
        paths = [self.folder / f"{number}.jpg" for number in range(count)]
        for path in paths:
            path.write_bytes(JPEG)
        await self.lines.put(" ".join(f"@{path}" for path in paths))

    def shown(self) -> list[str]:
        return ["\n".join(line.removeprefix("│ ") for line in unstyle(text).splitlines()) for text in self.written]


@pytest.fixture
def telegram_phone(telegram: TelegramChannel, fake: FakeTelegram) -> Phone:
    return TelegramPhone(telegram, fake.user(7), fake)


@pytest.fixture
def console_phone(tmp_path: Path) -> Phone:
    return Terminal(tmp_path)


@pytest.fixture
def web_phone(page: Page) -> Phone:
    return page


@pytest.fixture
def zalo_phone(zalo: ZaloChannel, fake_zalo: FakeZalo) -> Phone:
    return ZaloPhone(zalo, fake_zalo.user())


@pytest.fixture
async def zalo_oa_phone(tmp_path: Path, inbox: Inbox) -> AsyncIterator[Phone]:
    watch = Watch()
    async with (
        FakeOa(watch) as fake,
        kept_in(tmp_path) as store,
        official(fake, store, inbox, watch) as channel,
    ):
        yield OaPhone(channel, fake.user())


MESSENGERS = ("telegram", "zalo", "zalo_oa")  # of other people: they refuse, and bear secrets
CHANNELS = ("telegram", "console", "web", "zalo", "zalo_oa")


@pytest.fixture(params=CHANNELS)
def phone(request: pytest.FixtureRequest) -> Phone:
    """Each channel in turn, and only that one."""
    return cast(Phone, request.getfixturevalue(f"{request.param}_phone"))


@pytest.fixture(params=MESSENGERS)
def messenger(request: pytest.FixtureRequest) -> Phone:
    """Each messenger of other people in turn."""
    return cast(Phone, request.getfixturevalue(f"{request.param}_phone"))


@pytest.fixture(params=["telegram", "zalo"])
def breaking(request: pytest.FixtureRequest) -> Phone:
    """Each messenger whose stand-in can break off in the middle of a call."""
    return cast(Phone, request.getfixturevalue(f"{request.param}_phone"))


@pytest.fixture(params=[name for name in CHANNELS if name != "console"])
def networked(request: pytest.FixtureRequest) -> Phone:
    """Each channel with a network between."""
    return cast(Phone, request.getfixturevalue(f"{request.param}_phone"))
