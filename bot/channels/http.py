"""HTTP to messengers over aiohttp: raw JSON calls and downloads over a pool of kept-alive connections.

Addresses hold a bot's token, so no error leaves this file with an address in it.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any
from urllib.parse import urlsplit
from urllib.request import getproxies, proxy_bypass

import aiohttp
from yarl import URL

from bot.messages import Later, Refused, SendFailure, Uncertain

CONNECT = 10.0  # seconds to wait for a connection
AGAIN = 5.0  # seconds until a call is worth another try when nobody says how many
NOT_SENT = (aiohttp.ClientConnectorError, aiohttp.ConnectionTimeoutError, aiohttp.ClientHttpProxyError)
JSON_HEADERS = {"Content-Type": "application/json"}
NO_HEADERS: Mapping[str, str] = {}

Answer = tuple[int, Mapping[str, Any]]  # HTTP status and the JSON object


def env_proxy(url: str) -> str | None:
    """Find the proxy that the environment names for an address (once, not for every call)."""
    parts = urlsplit(url)
    return None if proxy_bypass(parts.hostname or "") else getproxies().get(parts.scheme)


def network_failure(trouble: Exception) -> SendFailure:
    """Name a broken call by whether it can have arrived."""
    why = type(trouble).__name__
    return Later(AGAIN, why) if isinstance(trouble, NOT_SENT) else Uncertain(why)


class HttpCaller:
    """A pool of kept-alive connections."""

    def __init__(self, connections: int, patience: float, proxy: str | None = None) -> None:
        """Keep the bounds: how many connections, how many seconds an answer may take."""
        self._connections = connections
        self._patience = patience
        self._proxy = proxy
        self._session: aiohttp.ClientSession | None = None
        self._urls: dict[str, URL] = {}

    async def open(self) -> None:
        """Open the pool."""
        if self._session is None:
            self._session = aiohttp.ClientSession(
                connector=aiohttp.TCPConnector(limit=self._connections, ttl_dns_cache=300),
                cookie_jar=aiohttp.DummyCookieJar(),
                timeout=self._timeout(self._patience),
                proxy=self._proxy,
            )

    async def close(self) -> None:
        """Close all connections."""
        if self._session is not None:
            await self._session.close()
            self._session = None

    async def call(
        self,
        url: str,
        body: Mapping[str, Any] | aiohttp.FormData | None,
        patience: float | None = None,
        headers: Mapping[str, str] = NO_HEADERS,
    ) -> Answer:
        """Make a raw call: JSON, a form, or a GET where there is no body.

        Raises Later when it cannot have arrived, Uncertain when it can.
        """
        form = body is None or isinstance(body, aiohttp.FormData)
        try:
            async with self._pool.request(
                "POST" if body is not None else "GET",
                self._url(url),
                data=body if form else json.dumps(body).encode(),
                headers=headers if form else {**JSON_HEADERS, **headers},
                timeout=self._timeout(patience or self._patience),
            ) as response:
                return _answer(response.status, await response.read())
        except (aiohttp.ClientError, TimeoutError) as trouble:
            failure = network_failure(trouble)
        raise failure

    async def download(self, url: str, limit: int) -> tuple[int, bytes]:
        """Load a file.

        Raises Refused where there is no such address and as soon as it proves larger than `limit` bytes, Later when
        the connection breaks.
        """
        data = bytearray()
        try:
            async with self._pool.get(URL(url)) as response:
                async for piece in response.content.iter_chunked(65536):
                    data += piece
                    if len(data) > limit:
                        raise Refused(f"the file is larger than {limit} bytes")
                return response.status, bytes(data)
        except (aiohttp.ClientError, TimeoutError) as trouble:
            why = type(trouble).__name__
            failure = Refused(why) if isinstance(trouble, aiohttp.InvalidURL) else Later(AGAIN, why)
        raise failure

    @property
    def _pool(self) -> aiohttp.ClientSession:
        if self._session is None:
            raise Later(AGAIN, "not connected")
        return self._session

    def _url(self, url: str) -> URL:
        # There are as many addresses as methods: parsing each once is worth it.
        return self._urls.get(url) or self._urls.setdefault(url, URL(url))

    def _timeout(self, patience: float) -> aiohttp.ClientTimeout:
        return aiohttp.ClientTimeout(total=None, connect=CONNECT, sock_connect=CONNECT, sock_read=patience)


def _answer(status: int, body: bytes) -> Answer:
    try:
        answer = json.loads(body)
    except ValueError:
        answer = None
    if isinstance(answer, dict):
        return status, answer
    # Not the messenger speaks but something between us and it; after a 200 nobody knows what became of the call.
    raise Uncertain("an answer without JSON") if status == 200 else Later(AGAIN, f"HTTP {status}")
