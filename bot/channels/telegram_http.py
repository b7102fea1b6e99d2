"""Our HTTP as python-telegram-bot asks for it, for its set-up calls."""

from __future__ import annotations

import logging
from typing import Any

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData

from bot.channels.http import HttpCaller


def hush() -> None:
    """Keep libraries from logging addresses: they would print the token."""
    for name in ("telegram", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


class AiohttpRequest(HttpCaller, BaseRequest):
    """A pool of kept-alive connections, for python-telegram-bot and for raw calls."""

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take, as python-telegram-bot asks it."""
        return self._patience

    async def initialize(self) -> None:
        """Open the pool."""
        await self.open()

    async def shutdown(self) -> None:
        """Close all connections."""
        await self.close()

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Make a call for python-telegram-bot."""
        try:
            async with self._pool.request(method, url, data=_body(request_data)) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError) as trouble:
            why = type(trouble).__name__
        raise NetworkError(why)


def _body(request: RequestData | None) -> aiohttp.FormData | None:
    if request is None:
        return None
    form = aiohttp.FormData(request.json_parameters)
    for name, (filename, content, mime) in (request.multipart_data if request.contains_files else {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form
