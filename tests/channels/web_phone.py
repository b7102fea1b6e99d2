"""The person's side of the web chat, with an outbox before it."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path

import pytest
from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestClient, TestServer

from bot.channels.draw import draw_choice
from bot.channels.web import Site, WebChannel
from bot.channels.web.drawing import Drawing
from bot.cli.wiring import LOCALES
from bot.effects import LinkAddress, NewPerson, Speak
from bot.i18n import load_catalogues
from bot.jobs.sniff import type_of
from bot.messages import Address, Button, Message, Outgoing
from bot.ports import Line
from bot.records import Person
from storage.migrate import migrate
from storage.store import SqlStore
from tests.channels.conftest import clock
from tests.fake_telegram.users import JPEG


class Written(WebChannel):
    """The web chat with an outbox before it: it shows what the store holds, so there every message is written first."""

    def __init__(self, site: Site, store: SqlStore) -> None:
        super().__init__(site, store, clock)
        self.store = store
        self.shown: list[str] = []

    async def send(self, chat: str, message: Message) -> str:
        address = Address(self.name, chat)
        out = Outgoing(f"row {len(self.shown)}", address, message)
        async with self.store.batch() as batch:
            (claim,) = await batch.write([Speak(out)])
        sent = await super().send(chat, message)
        async with self.store.reading() as reads:
            line = await reads.line(address, f"s{claim.id}")
        assert line is not None
        self.shown.append(self._drawn(line))
        return sent

    def _drawn(self, line: Line) -> str:
        """Write out what the page is given."""
        (drawn,) = Drawing(self._desk.sessions, CHAT).lines([line])
        buttons = "  ".join(draw_choice(Button(**one)).removeprefix("[BOQUA] ") for one in drawn.get("buttons", []))
        names = [file["name"] for file in drawn.get("files", [])]
        return "\n".join(part for part in (drawn.get("title"), drawn["text"], buttons, *names) if part)


CHAT = "a-chat-of-the-web-page"


class Page:
    """A page of the web chat: it sends again, under the same id, what was not taken."""

    def __init__(self, channel: Written, client: TestClient[web.Request, web.Application]) -> None:
        self.channel, self.client, self.chat, self.number = channel, client, CHAT, 0
        self.headers = {"Origin": str(client.make_url("")).rstrip("/")}

    async def _until_taken(self, send: Callable[[], Awaitable[ClientResponse]]) -> None:
        for _try in range(1000):
            if (await send()).status != 503:
                return
            await asyncio.sleep(0)
        raise AssertionError("it was never taken")

    async def type(self, text: str) -> None:
        self.number += 1
        body = {"id": f"message-{self.number}", "text": text}
        await self._until_taken(lambda: self.client.post("/chat/say", json=body, headers=self.headers))

    async def type_twice(self, text: str) -> None:
        await self.type(text)
        self.number -= 1
        await self.type(text)

    def secrets(self) -> list[str]:
        return []

    def fail(self, what: str) -> None:
        raise NotImplementedError("what is said lies in the outbox, where the page reads it")

    async def send_photos(self, count: int) -> None:
        album = "&album=an-album-1" if count > 1 else ""
        for number in range(count):
            await self._until_taken(partial(self._photo, f"id=photo-number-{number}{album}"))

    async def _photo(self, query: str) -> ClientResponse:
        form = FormData()
        form.add_field("file", JPEG, filename="a.jpg")
        return await self.client.post(f"/chat/files?{query}", data=form, headers=self.headers)

    def shown(self) -> list[str]:
        return self.channel.shown


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    url = f"sqlite+aiosqlite:///{tmp_path}/web.db"
    await migrate(url)
    store = await SqlStore.open(url, clock)
    async with store.batch() as batch:
        person = Person("p", "Páo")
        await batch.write([NewPerson(person), LinkAddress(Address("web", CHAT), person.id, clock())])
    site = Site("a secret", tmp_path / "uploads", tmp_path / "kept", load_catalogues(LOCALES), type_of)
    channel = Written(site, store)
    app = web.Application()
    channel.mount(app)
    async with TestClient(TestServer(app), cookies=[("session", channel._desk.sessions.cookie(CHAT))]) as client:
        yield Page(channel, client)
    await store.close()
