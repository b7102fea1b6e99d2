"""HTTP of the fake: calls come in as JSON, as forms or with files, and answers go out, or the connection breaks."""

from __future__ import annotations

import json
from collections.abc import Awaitable, Callable, Mapping
from functools import partial
from typing import Any, NamedTuple

from aiohttp import web

from tests.fake_telegram.state import ApiError, Upload

LARGEST_CALL = 64 * 1024 * 1024
JSON = "application/json"


class Answer(NamedTuple):
    """What a call is answered with."""

    status: int
    body: bytes
    kind: str = JSON


RESET = Answer(0, b"")  # no answer: the connection breaks

Params = Mapping[str, Any]
Read = Callable[[], Awaitable[Params]]  # raises ApiError
Serve = Callable[[str, str, Read], Awaitable[Answer]]  # by token and method
Download = Callable[[str, str], Answer]  # by token and path


def answered(result: Any) -> Answer:
    """Give what a method gave."""
    return Answer(200, json.dumps({"ok": True, "result": result}).encode())


def refused(refusal: ApiError) -> Answer:
    """Refuse as the Bot API does."""
    body: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return Answer(refusal.status, json.dumps(body).encode())


class HttpServer:
    """Listens on a free port of this machine."""

    def __init__(self, serve: Serve, download: Download) -> None:
        """Take who answers."""
        self._serve = serve
        self._download = download
        self._runner: web.ServerRunner | None = None

    async def start(self) -> str:
        """Begin to listen; give the address."""
        # Below an aiohttp Application: its router and middlewares would cost as much as the rest of a call.
        server = web.Server(
            self._handle, request_factory=_request, handler_cancellation=True, access_log=None, keepalive_timeout=3600
        )
        self._runner = web.ServerRunner(server, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        return f"http://127.0.0.1:{self._runner.addresses[0][1]}"

    async def stop(self) -> None:
        """Close all connections."""
        if self._runner:
            await self._runner.cleanup()

    async def _handle(self, request: web.BaseRequest) -> web.StreamResponse:
        answer = await self._answer(request)
        if answer is RESET and request.transport:
            request.transport.abort()
        return web.Response(body=answer.body, status=answer.status or 500, headers={"Content-Type": answer.kind})

    async def _answer(self, request: web.BaseRequest) -> Answer:
        first, _, rest = request.path.removeprefix("/").partition("/")
        if first.startswith("bot"):
            return await self._serve(first.removeprefix("bot"), rest, partial(_parameters, request))
        token, _, path = rest.partition("/")
        if first == "file" and token.startswith("bot"):
            return self._download(token.removeprefix("bot"), path)
        return refused(ApiError(404, "Not Found"))


def _request(message: Any, payload: Any, protocol: Any, writer: Any, task: Any) -> web.BaseRequest:
    return web.BaseRequest(message, payload, protocol, writer, task, task.get_loop(), client_max_size=LARGEST_CALL)


async def _parameters(request: web.BaseRequest) -> Params:
    if request.content_type == JSON:
        body = json.loads(await request.read())
        if not isinstance(body, dict):
            raise ApiError(400, "Bad Request: can't parse the JSON body")
        return dict(request.query) | body
    form = await request.post()
    return dict(request.query) | {
        name: Upload(value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        for name, value in form.items()
    }
