"""The whole program with its pages, and a chair of TU-01 who has only Zalo."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass
from pathlib import Path

from bot.channels.shares import Shares
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_api import ZaloAccount
from bot.cli.wiring import utc_now
from bot.effects import LinkAddress
from bot.messages import Address
from tests.end_to_end.program import free_port
from tests.fake_zalo import FakeZalo, ZaloUser
from tests.relay import Relay
from tests.webhouse import WebHouse, web_house


@dataclass
class ZaloHouse:
    """The running program, and the chair at Zalo."""

    web: WebHouse
    fake: FakeZalo
    chair: ZaloUser
    line: Relay
    base: str  # where people reach it

    async def says(self, *typed: str) -> str:
        """Let the chair type, each after the answer to the one before; give the last answer."""
        for text in typed:
            before = len(self.chair.inbox)
            await self.chair.send(text)
            await self.fake.until(lambda before=before: len(self.chair.inbox) > before, 20)  # type: ignore[misc]
        return self.chair.inbox[-1]

    async def at_the_photos(self) -> str:
        """Bring the chair's report to its question for photos; give the link that was said there."""
        return link_in(await self.says("doi thoai", "1; hom qua; 18; 1; 0", "6"))

    async def at_a_long_list(self) -> str:
        """Bring the chair's report to a question with many choices; give the link that was said there."""
        return link_in(await self.says("tuyen truyen", "hom qua"))


def link_in(text: str) -> str:
    """Find the link of a message."""
    found = re.search(r"http\S+/mo\?\S+", text)
    assert found, text
    return found[0]


@asynccontextmanager
async def zalo_house(folder: Path, template: Path) -> AsyncIterator[ZaloHouse]:
    """Run it, reachable at an address of this machine, over a line that can be cut."""
    port, outside = free_port(), free_port()
    url = f"http://127.0.0.1:{outside}"
    async with FakeZalo() as fake, Relay(outside, port) as line:
        channel = ZaloChannel(ZaloAccount(fake.token, fake.base_url, poll=1), Shares("a secret", url, utc_now))
        await channel.start()
        try:
            environ = {"PORT": str(port), "PUBLIC_URL": url}
            async with web_house(folder, template, environ=environ, others=(channel,)) as web:
                chair = fake.user()
                await web.person("Páo")
                await web.write(LinkAddress(Address("zalo", chair.chat), "p-Páo", utc_now()))
                yield ZaloHouse(web, fake, chair, line, url)
        finally:
            await channel.close()
