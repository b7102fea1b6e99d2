"""The fake's methods, its quota and its faults on demand.

Strict where the documentation is: POST only by exact names, texts of 1 to 2,000 UTF-16 units, photos by an address that
is fetched, one update for each poll and none given twice, a quota for the month, chats that wrote first.
"""

from __future__ import annotations

import asyncio
import json
from collections import deque
from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from typing import Any, Self

import aiohttp

from tests.fake_telegram.bell import Bell
from tests.fake_telegram.faults import GATEWAY, Fault, Faults, Kind
from tests.fake_telegram.http import RESET, Answer, HttpServer, Params, Read
from tests.fake_telegram.state import ApiError, Call
from tests.fake_zalo.users import ZaloUser

SENDS = frozenset({"sendMessage", "sendPhoto"})
LONGEST = 2000
AGAIN = 0.1  # seconds between two calls of a webhook that did not take a message
PASSING = {403: "internal server error", 401: "unauthorized", 408: "request timeout", 429: "quota exceeded"}


class FakeZalo:
    """A Bot API server for one bot: `async with FakeZalo() as fake`."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC), quota: int = 3000) -> None:
        """Take the clock that dates messages, and how many messages the bot may send."""
        self.clock = clock
        self.bot_id = "4711"
        self.token = f"{self.bot_id}:kQfakeZaloTokenThatIsNotReal"
        self.quota = quota
        self.base_url = self.root = ""
        self.changed = Bell()
        self.faults = Faults()
        self.users: dict[str, ZaloUser] = {}
        self.pictures: dict[str, bytes] = {}
        self.fetched: list[str] = []  # addresses of photos that the bot had sent
        self.calls: list[Call] = []
        self.webhook: tuple[str, str] | None = None  # address and secret
        self.insists = False  # calls the webhook again until it is answered by 200
        self.refused_under_200 = False  # refusals come as HTTP 200, as they do now and then
        self._updates: deque[dict[str, Any]] = deque()
        self._server = HttpServer(self._serve, self._download)
        self._number = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        self.root = await self._server.start()
        self.base_url = f"{self.root}/bot"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._server.stop()

    def user(self, chat: str = "u-7", name: str = "Páo") -> ZaloUser:
        """Give the person with this chat."""
        return self.users.setdefault(chat, ZaloUser(self, chat, name))

    def next_fails(self, what: Kind, *, times: int = 1, methods: frozenset[str] = SENDS) -> None:
        """Let the next calls (by default the next sends) fail: a status, "reset before" or "reset after"."""
        self.faults.demand(Fault(methods, what, times=times))

    async def until(self, true: Callable[[], bool], seconds: float = 10) -> None:
        """Wait until something is so."""
        await self.changed.until(true, seconds)

    def called(self, method: str) -> list[Call]:
        """List the calls of one method."""
        return [call for call in self.calls if call.method == method]

    def new_id(self) -> str:
        """Give the next message id, as Zalo writes them."""
        self._number += 1
        return f"{self._number:x}c0de{self._number:04x}"

    async def bring(self, event: dict[str, Any], times: int = 1, *, wrapped: bool = True) -> list[int]:
        """Give an event to the bot: by the webhook it named (the statuses it answers), or for its next poll."""
        self.changed.ring()
        if self.webhook is None:
            self._updates.extend([event] * times)
            self.changed.ring()
            return []
        url, secret = self.webhook
        body = json.dumps({"ok": True, "result": event} if wrapped else event)
        headers = {"X-Bot-Api-Secret-Token": secret, "Content-Type": "application/json", "User-Agent": "Java/1.8.0_192"}
        async with aiohttp.ClientSession(headers=headers) as session:
            return [await self._called_back(session, url, body) for _ in range(times)]

    async def _called_back(self, session: aiohttp.ClientSession, url: str, body: str) -> int:
        while True:
            status = 0  # nobody there
            with suppress(aiohttp.ClientError):
                async with session.post(url, data=body) as response:
                    status = response.status
            if status == 200 or not self.insists:
                return status
            await asyncio.sleep(AGAIN)

    # --- HTTP ---

    async def _serve(self, token: str, method: str, read: Read) -> Answer:
        params: Params = {}
        try:
            if token != self.token:
                raise ApiError(404 if ":" not in token else 401, "unauthorized")
            params = await read()
            answer = await self._answer(method, params)
        except ApiError as refusal:
            answer = self._refused(refusal)
        self.calls.append(Call(method, params, answer.status))
        self.changed.ring()
        return answer

    def _refused(self, refusal: ApiError) -> Answer:
        body = {"ok": False, "description": refusal.description, "error_code": refusal.status}
        return Answer(200 if self.refused_under_200 else refusal.status, json.dumps(body).encode())

    async def _answer(self, method: str, params: Params) -> Answer:
        fault = self.faults.draw(method)
        if fault and fault.what in GATEWAY:
            return Answer(int(fault.what), b"<html>Bad Gateway</html>", "text/html")
        if fault and isinstance(fault.what, int):
            raise ApiError(fault.what, PASSING.get(fault.what, "something is wrong"))
        if fault and fault.what == "reset before":
            return RESET
        if method not in METHODS:
            raise ApiError(404, "method not found")
        result = await METHODS[method](self, params)
        body = json.dumps({"ok": True, "result": result}).encode()
        return RESET if fault and fault.what == "reset after" else Answer(200, body)

    def _download(self, place: str, path: str) -> Answer:
        if place != "pictures" or path not in self.pictures:
            return self._refused(ApiError(404, "not found"))
        return Answer(200, self.pictures[path], "image/jpeg")

    # --- methods ---

    async def _me(self, _params: Params) -> dict[str, Any]:
        return {"id": self.bot_id, "account_name": "Bot Tiếng Cơ Sở", "account_type": "BASIC", "can_join_groups": False}

    async def _poll(self, params: Params) -> dict[str, Any]:
        if self.webhook:
            raise ApiError(400, "a webhook is set")
        try:
            await self.changed.until(lambda: bool(self._updates), float(str(params.get("timeout", 30))))
        except TimeoutError:
            raise ApiError(408, "request timeout") from None
        return self._updates.popleft()

    async def _set_webhook(self, params: Params) -> dict[str, Any]:
        url, secret = str(params.get("url", "")), str(params.get("secret_token", ""))
        if not url.startswith("http") or not 8 <= len(secret) <= 256:
            raise ApiError(400, "url and a secret_token of 8 to 256 characters are required")
        self.webhook = url, secret
        return {"url": url, "updated_at": 0, "verification": {"ok": True, "outcome": "OK"}}

    async def _delete_webhook(self, _params: Params) -> dict[str, Any]:
        if self.webhook is None:
            raise ApiError(400, "no webhook is set")
        self.webhook = None
        return {"url": "", "updated_at": 0}

    async def _say(self, params: Params) -> dict[str, Any]:
        text = params.get("text")
        if not isinstance(text, str) or not 1 <= _units(text) <= LONGEST:
            raise ApiError(400, "text must have 1 to 2000 characters")
        return self._shown(params, text)

    async def _show(self, params: Params) -> dict[str, Any]:
        caption, url = str(params.get("caption", "")), str(params.get("photo", ""))
        if not url.startswith("http") or _units(caption) > LONGEST:
            raise ApiError(400, "photo must be an address, caption have at most 2000 characters")
        async with aiohttp.ClientSession() as session, session.get(url) as response:
            if response.status != 200 or not response.content_type.startswith("image/"):
                raise ApiError(400, "the photo cannot be fetched")
            await response.read()
        self.fetched.append(url)
        return self._shown(params, f"{caption}\n{url}".strip())

    def _shown(self, params: Params, text: str) -> dict[str, Any]:
        user = self.users.get(str(params.get("chat_id")))
        if user is None or not user.wrote:
            raise ApiError(400, "chat_id not found")
        if not self.quota:
            raise ApiError(429, "quota exceeded")
        self.quota -= 1
        user.inbox.append(text)
        return {"message_id": self.new_id(), "date": int(self.clock().timestamp() * 1000)}


def _units(text: str) -> int:
    return len(text.encode("utf-16-le")) // 2


METHODS: Mapping[str, Any] = {
    "getMe": FakeZalo._me,
    "getUpdates": FakeZalo._poll,
    "setWebhook": FakeZalo._set_webhook,
    "deleteWebhook": FakeZalo._delete_webhook,
    "sendMessage": FakeZalo._say,
    "sendPhoto": FakeZalo._show,
}
