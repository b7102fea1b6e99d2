"""A real Chromium at the page of a running program."""

from __future__ import annotations

import asyncio
import re
import shutil
from collections.abc import AsyncIterator, Awaitable
from pathlib import Path
from typing import Any

import pytest
from playwright.async_api import Browser, BrowserContext, Locator, Page, async_playwright, expect

from storage.migrate import migrate
from tests.webhouse import WebHouse, web_house

ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
PHONE = {"width": 390, "height": 800}
SLOW = 20_000  # milliseconds: a busy machine must not fail a test

expect.set_options(timeout=SLOW)


def chromium() -> str:
    """Find Chromium; `make install` puts it there."""
    found = shutil.which("chromium") or shutil.which("chromium-browser") or shutil.which("google-chrome")
    assert found, "Chromium is missing: make install, or as root: apt-get install chromium"
    return found


@pytest.fixture(scope="session")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("browser") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def house(tmp_path: Path, template: Path) -> AsyncIterator[WebHouse]:
    """The program at work."""
    async with web_house(tmp_path, template) as house:
        yield house


@pytest.fixture
async def browser() -> AsyncIterator[Browser]:
    """Chromium without a window."""
    async with async_playwright() as playwright:
        browser = await playwright.chromium.launch(executable_path=chromium(), args=ARGUMENTS)
        yield browser
        await browser.close()


class Visitor:
    """Somebody at a page of the chat, on a phone unless said otherwise."""

    def __init__(self, house: WebHouse, context: BrowserContext, page: Page) -> None:
        self.house, self.context, self.page = house, context, page
        self.errors: list[str] = []
        page.on("pageerror", lambda error: self.errors.append(str(error)))
        page.on("console", self._noted)

    def _noted(self, message: Any) -> None:
        """A refusal of the content policy is an error of ours; a lost network is not."""
        if message.type == "error" and "Failed to load resource" not in message.text:
            self.errors.append(message.text)

    async def open(self, address: str = "/") -> None:
        await self.page.goto(address if ":" in address else self.house.base + address)

    def said(self, text: str | re.Pattern[str]) -> Locator:
        """What the assistant said."""
        return self.page.locator(".line:not(.own)").filter(has_text=text).last

    def own(self, text: str | re.Pattern[str]) -> Locator:
        """What the person said."""
        return self.page.locator(".line.own").filter(has_text=text).last

    async def hears(self, text: str | re.Pattern[str]) -> None:
        await expect(self.said(text)).to_be_visible()

    async def types(self, text: str, answer: str | re.Pattern[str] = "") -> None:
        await self.page.locator("#text").fill(text)
        await self.page.locator("#text").press("Enter")
        if answer:
            await self.hears(answer)

    async def answers(self, *typed: str) -> None:
        """Type answers, each after the question that follows the one before."""
        for text in typed:
            await self._then_more(self.types(text))

    async def digits(self, *keys: str) -> None:
        """Press quick digits, each after the question that follows the one before."""
        for key in keys:
            await self._then_more(self.digit(key))

    async def _then_more(self, act: Awaitable[None]) -> None:
        lines = self.page.locator(".line:not(.own)")
        before = await lines.count()
        await act
        await expect(lines).to_have_count(before + 1)

    async def presses(self, label: str, answer: str | re.Pattern[str] = "") -> None:
        await self.page.locator(".line:not(.old) .choice").filter(has_text=label).last.click()
        if answer:
            await self.hears(answer)

    async def digit(self, key: str, answer: str | re.Pattern[str] = "") -> None:
        """Press one of the quick digits."""
        await self.page.locator("#digits button").filter(has_text=re.compile(f"^{key}$")).click()
        if answer:
            await self.hears(answer)

    async def width(self) -> int:
        """Give how wide the page is drawn."""
        width: int = await self.page.evaluate("document.documentElement.scrollWidth")
        return width


async def visit(house: WebHouse, browser: Browser, chat: str = "", **more: Any) -> Visitor:
    """Let somebody open a browser, signed in as a chat if one is given."""
    options = {"viewport": PHONE, "locale": "vi-VN", "reduced_motion": "reduce", **more}
    context = await browser.new_context(**options)
    context.set_default_timeout(SLOW)
    for name, value in house.cookie(chat).items() if chat else ():
        await context.add_cookies([{"name": name, "value": value, "url": house.base, "httpOnly": True}])
    return Visitor(house, context, await context.new_page())


@pytest.fixture
async def chair(house: WebHouse, browser: Browser) -> AsyncIterator[Visitor]:
    """The chair of TU-01 at the open page."""
    visitor = await visit(house, browser, await house.person("Páo"))
    await visitor.open()
    await expect(visitor.page.locator("#begin")).to_be_visible()
    yield visitor
    assert visitor.errors == []
