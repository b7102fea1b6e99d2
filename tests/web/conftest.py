"""A running program with its chat page, and browsers' requests to it."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, CookieJar

from storage.migrate import migrate
from tests.webhouse import WebHouse, web_house


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("web") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def house(tmp_path: Path, template: Path) -> AsyncIterator[WebHouse]:
    """The program at work."""
    async with web_house(tmp_path, template) as house:
        yield house


class Browser:
    """What a page does, without a page: requests with an origin and a cookie."""

    def __init__(self, house: WebHouse, session: ClientSession, base: str = "") -> None:
        self.house, self.session, self.number = house, session, 0
        self.base = base or house.base

    async def post(self, address: str, body: Any = None, **more: Any) -> ClientResponse:
        headers = {"Origin": self.base, **more.pop("headers", {})}
        if body is not None:
            more["json"] = body
        return await self.session.post(self.base + address, headers=headers, **more)

    async def get(self, address: str, **more: Any) -> ClientResponse:
        return await self.session.get(self.base + address, **more)

    async def say(self, text: str, **more: Any) -> ClientResponse:
        self.number += 1
        return await self.post("/chat/say", {"id": f"message-{self.number}", "kind": "text", "text": text, **more})

    async def lines(self) -> list[dict[str, Any]]:
        answer = await self.get("/chat/lines")
        assert answer.status == 200
        lines: list[dict[str, Any]] = (await answer.json())["lines"]
        return lines

    @asynccontextmanager
    async def stream(self, after: str = "", address: str = "/chat/stream") -> AsyncIterator[Events]:
        headers = {"Last-Event-ID": after} if after else {}
        async with self.session.get(self.base + address, headers=headers) as answer:
            yield Events(answer)


class Events:
    """The events of a stream."""

    def __init__(self, answer: ClientResponse) -> None:
        self.answer, self.cursor = answer, ""

    async def next(self, wanted: str = "lines") -> dict[str, Any]:
        """Give the data of the next event of this name."""
        async with asyncio.timeout(20):
            while True:
                event = await self._event()
                self.cursor = event.get("id", self.cursor)
                if event["event"] == wanted:
                    data: dict[str, Any] = json.loads(event["data"])
                    return data

    async def texts(self) -> list[str]:
        return [line.get("text", "") for line in (await self.next())["lines"]]

    async def _event(self) -> dict[str, str]:
        event: dict[str, str] = {}
        while line := (await self.answer.content.readline()).decode().rstrip("\n"):
            name, _colon, value = line.partition(": ")
            event[name] = value
        assert event, "the stream ended"
        return event


@asynccontextmanager
async def browsing(house: WebHouse, chat: str = "") -> AsyncIterator[Browser]:
    """A browser, signed in as a chat if one is given."""
    async with ClientSession(cookie_jar=CookieJar(unsafe=True)) as session:
        if chat:
            session.cookie_jar.update_cookies(house.cookie(chat))
        yield Browser(house, session)


@pytest.fixture
async def stranger(house: WebHouse) -> AsyncIterator[Browser]:
    """A browser without a session."""
    async with browsing(house) as browser:
        yield browser


@pytest.fixture
async def chair(house: WebHouse) -> AsyncIterator[Browser]:
    """The browser of the chair of TU-01."""
    async with browsing(house, await house.person("Páo")) as browser:
        yield browser
