"""A bare loop on aiohttp's client, with JSON of the standard library: about the least that asyncio and HTTP cost."""

from __future__ import annotations

import asyncio
import json
import sys
from typing import Any

import aiohttp

HEADERS = {"Content-Type": "application/json"}


class Echo:
    """Asks for updates, and says what was said."""

    def __init__(self, session: aiohttp.ClientSession, base: str) -> None:
        """Take the session, and the address with the token."""
        self.session = session
        self.base = base
        self.tasks: set[asyncio.Task[None]] = set()

    async def run(self) -> None:
        """Poll."""
        offset = 0
        while True:
            for update in await self.call("getUpdates", offset=offset, timeout=25):
                offset = update["update_id"] + 1
                task = asyncio.create_task(self.answer(update))
                self.tasks.add(task)
                task.add_done_callback(self.tasks.discard)

    async def answer(self, update: dict[str, Any]) -> None:
        """Answer one update."""
        if query := update.get("callback_query"):
            await self.call("answerCallbackQuery", callback_query_id=query["id"])
            await self.call("sendMessage", chat_id=query["from"]["id"], text=query["data"])
        elif message := update.get("message"):
            await self.call("sendMessage", chat_id=message["chat"]["id"], text=message.get("text", "a photo"))

    async def call(self, method: str, **params: Any) -> Any:
        """Call a method."""
        body = json.dumps(params).encode()
        async with self.session.post(f"{self.base}/{method}", data=body, headers=HEADERS) as response:
            return json.loads(await response.read())["result"]


async def main(token: str, base_url: str) -> None:
    """Poll until stopped."""
    async with aiohttp.ClientSession() as session:
        await Echo(session, f"{base_url}{token}").run()


if __name__ == "__main__":
    asyncio.run(main(*sys.argv[1:3]))
