"""HTTP to Telegram over aiohttp: for python-telegram-bot's set-up calls, and as raw JSON for everything frequent.

Addresses hold the bot's token, so no error leaves this file with an address in it.
"""

from __future__ import annotations

import json
import logging
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from telegram.error import NetworkError
from telegram.request import BaseRequest, RequestData
from yarl import URL

from bot.messages import Later, Refused, SendFailure, Uncertain

CONNECT = 10.0  # seconds to wait for a connection
AGAIN = 5.0  # seconds until a call is worth another try when nobody says how many
NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
JSON_HEADERS = {"Content-Type": "application/json"}

Answer = tuple[int, Mapping[str, Any]]  # HTTP status and the JSON object


def hush() -> None:
    """Keep libraries from logging addresses: they would print the token."""
    for name in ("telegram", "httpx", "httpcore"):
        logging.getLogger(name).setLevel(logging.WARNING)


def env_proxy(url: str) -> str | None:
    """Find the proxy that the environment names for an address (once, not for every call)."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


def network_failure(trouble: Exception) -> SendFailure:
    """Name a broken call by whether it can have reached Telegram."""
    why = type(trouble).__name__
    return Later(AGAIN, why) if isinstance(trouble, NOT_SENT) else Uncertain(why)


class AiohttpRequest(BaseRequest):
    """A pool of kept-alive connections."""

    def __init__(self, connections: int, patience: float, proxy: str | None = None) -> None:
        """Keep the bounds: how many connections, how many seconds an answer may take."""
        self._connections = connections
        self._patience = patience
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}

    @property
    def read_timeout(self) -> float | None:
        """How long an answer may take, as python-telegram-bot asks it."""
        return self._patience

    async def initialize(self) -> None:
        """Open the pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._timeout(self._patience),
                proxy=self._proxy,
            )

    async def shutdown(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def do_request(
        self, url: str, method: str, request_data: RequestData | None = None, *_: Any, **__: Any
    ) -> tuple[int, bytes]:
        """Make a call for python-telegram-bot."""
        try:
            async with self._open.request(method, url, data=_body(request_data)) as response:
                return response.status, await response.read()
        except (aiohttp.ClientError, TimeoutError) as trouble:
            why = type(trouble).__name__
        raise NetworkError(why)

    async def call(self, url: str, body: Mapping[str, Any] | aiohttp.FormData, patience: float | None = None) -> Answer:
        """Make a raw call, JSON or multipart.

        Raises Later when it cannot have arrived, Uncertain when it can.
        """
        form = isinstance(body, aiohttp.FormData)
        try:
            async with self._open.post(
                self._url(url),
                data=body if form else json.dumps(body).encode(),
                headers=None if form else JSON_HEADERS,
                timeout=self._timeout(patience or self._patience),
            ) as response:
                return _answer(response.status, await response.read())
        except (aiohttp.ClientError, TimeoutError) as trouble:
            failure = network_failure(trouble)
        raise failure

    async def download(self, url: str, limit: int) -> tuple[int, bytes]:
        """Load a file.

        Raises Refused as soon as it proves larger than `limit` bytes, Later when the connection breaks.
        """
        data = bytearray()
        try:
            async with self._open.get(URL(url)) as response:
                async for piece in response.content.iter_chunked(65536):
                    data += piece
                    if len(data) > limit:
                        raise Refused(f"the file is larger than {limit} bytes")
                return response.status, bytes(data)
        except (aiohttp.ClientError, TimeoutError) as trouble:
            failure = Later(AGAIN, type(trouble).__name__)
        raise failure

    @property
    def _open(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise Later(AGAIN, "not connected")
        return self._session

    def _url(self, url: str) -> URL:
        # There are as many addresses as methods: parsing each once is worth it.
        return self._urls.get(url) or self._urls.setdefault(url, URL(url))

    def _timeout(self, patience: float) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_connect=CONNECT, sock_read=patience)


def _body(request: RequestData | None) -> aiohttp.FormData | None:
    if request is None:
        return None
    form = aiohttp.FormData(request.json_parameters)
    for name, (filename, content, mime) in (request.multipart_data if request.contains_files else {}).items():
        form.add_field(name, content, filename=filename, content_type=mime)
    return form


def _answer(status: int, body: bytes) -> Answer:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if isinstance(answer, dict):
        return status, answer
    # Not Telegram speaks but something between us and it; after a 200 nobody knows what became of the call.
    raise Uncertain("an answer without JSON") if status == 200 else Later(AGAIN, f"HTTP {status}")
