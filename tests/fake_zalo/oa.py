"""A strict Zalo Official Account over real HTTP: keys that change hands, signed calls, windows, and the night.

Strict where the documentation is: a refresh token buys one pair and the old access token dies with it; texts of 1 to
2,000 UTF-16 units, at most 5 buttons, pictures by an address; nobody silent for more than 7 days is written to.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
from collections import deque
from collections.abc import Awaitable, Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import Any, Self

import aiohttp
from aiohttp import web

from tests.fake_telegram.bell import Bell
from tests.fake_zalo.approved import Approved

WINDOW = timedelta(days=7)
AGAIN = 0.1  # seconds between two calls that were not taken


class FakeOa:
    """The API, the OAuth server and the webhook of one account: `async with FakeOa() as fake`."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Take the clock that dates messages."""
        self.clock = clock
        self.app_id, self.secret, self.oa_id = "9988", "kQfakeOaSecretThatIsNotReal", "5577"
        self.refresh, self.access, self.access_until = "first-refresh-token", "", clock()
        self.renewed = 0
        self.on_renewal: Callable[[], Awaitable[None]] | None = None
        self.quota = 3000
        self.errors: deque[int] = deque()  # codes that the next sends are refused with
        self.bare = True  # the signature comes without "mac="
        self.webhook = ""
        self.insists = False  # calls again until it is answered by 200
        self.root = ""
        self.changed = Bell()
        self.users: dict[str, OaUser] = {}
        self.files: dict[str, bytes] = {}
        self.sent: list[dict[str, Any]] = []
        self._number = 0
        app = web.Application()
        app.router.add_post("/v4/oa/access_token", self._renew)
        app.router.add_get("/v2.0/oa/getoa", self._who)
        app.router.add_post("/v3.0/oa/message/cs", self._say)
        app.router.add_get("/files/{name}", self._file)
        self.approved = Approved(self.clock, lambda request: not self._refused(request), self.changed.ring)
        self.approved.mount(app)
        self._runner = web.AppRunner(app, access_log=None, shutdown_timeout=1)

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        self.root = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        await self._runner.cleanup()

    def user(self, id_: str = "u-7") -> OaUser:
        """Give the person with this id."""
        return self.users.setdefault(id_, OaUser(self, id_))

    def new_id(self) -> str:
        """Give the next message id."""
        self._number += 1
        return f"{self._number:x}fa7e{self._number:04x}"

    def signed(self, event: dict[str, Any]) -> tuple[dict[str, str], bytes]:
        """Write an event as a call with its signature."""
        body = json.dumps(event, ensure_ascii=False).encode()
        mark = hashlib.sha256(self.app_id.encode() + body + str(event["timestamp"]).encode() + self.secret.encode())
        return {"X-ZEvent-Signature": ("" if self.bare else "mac=") + mark.hexdigest()}, body

    async def bring(self, event: dict[str, Any], times: int = 1) -> list[int]:
        """Call the webhook; give the statuses it answers."""
        headers, body = self.signed(event)
        async with aiohttp.ClientSession(headers={**headers, "Content-Type": "application/json"}) as session:
            return [await self._called_back(session, body) for _ in range(times)]

    async def _called_back(self, session: aiohttp.ClientSession, body: bytes) -> int:
        while True:
            status = 0  # nobody there
            with suppress(aiohttp.ClientError):
                async with session.post(self.webhook, data=body) as response:
                    status = response.status
            if status == 200 or not self.insists:
                return status
            await asyncio.sleep(AGAIN)

    # --- HTTP ---

    async def _renew(self, request: web.Request) -> web.Response:
        form = await request.post()
        right = {"refresh_token": self.refresh, "app_id": self.app_id, "grant_type": "refresh_token"}
        if request.headers.get("secret_key") != self.secret or dict(form) != right:
            return web.json_response({"error": -14014, "error_name": "Invalid refresh token."})
        self.renewed += 1
        self.changed.ring()
        self.refresh, self.access = f"refresh-{self.renewed}", f"access-{self.renewed}"
        self.access_until = self.clock() + timedelta(hours=25)
        if self.on_renewal is not None:  # the pair is bought, the answer is still on its way
            await self.on_renewal()
        return web.json_response(
            {"access_token": self.access, "refresh_token": self.refresh, "expires_in": str(25 * 3600)}
        )

    def _refused(self, request: web.Request) -> int:
        given = request.headers.get("access_token", "")
        return 0 if given and given == self.access and self.clock() < self.access_until else -216

    async def _who(self, request: web.Request) -> web.Response:
        return _answer(self._refused(request), oa_id=self.oa_id, name="Công đoàn tỉnh")

    async def _say(self, request: web.Request) -> web.Response:
        error = self._refused(request) or (self.errors.popleft() if self.errors else 0)
        body = await request.json()
        user = self.users.get(body["recipient"]["user_id"])
        error = error or _wrong(body["message"]) or self._closed(user)
        if not error and user is not None:
            self.quota -= 1
            self.sent.append(body["message"])
            user.inbox.append(_drawn(body["message"]))
            self.changed.ring()
        return _answer(error, message_id=self.new_id(), user_id=body["recipient"]["user_id"])

    def _closed(self, user: OaUser | None) -> int:
        if user is None or user.acted is None:
            return -213
        if self.clock() - user.acted > WINDOW:
            return -230
        return 0 if self.quota else -211

    async def _file(self, request: web.Request) -> web.Response:
        content = self.files.get(request.match_info["name"])
        return web.Response(body=content) if content is not None else web.Response(status=404)


def _answer(error: int, **data: str) -> web.Response:
    body = {"error": error, "message": "refused"} if error else {"error": 0, "message": "Success", "data": data}
    return web.json_response(body)


def _wrong(message: dict[str, Any]) -> int:
    payload = message.get("attachment", {}).get("payload", {})
    buttons = payload.get("buttons", [])
    elements = payload.get("elements", [])
    well = (
        1 <= len(str(message.get("text", "")).encode("utf-16-le")) // 2 <= 2000
        and len(buttons) <= 5
        and all(b["type"] == "oa.query.show" and 1 <= len(b["title"]) <= 100 and b["payload"] for b in buttons)
        and all(e["media_type"] == "image" and e["url"].startswith("http") for e in elements)
    )
    return 0 if well else -201


def _drawn(message: dict[str, Any]) -> str:
    elements = message.get("attachment", {}).get("payload", {}).get("elements", [])
    return "\n".join([message["text"], *(one["url"] for one in elements)])


class OaUser:
    """A person who writes to the account, and reads what it says in `inbox`."""

    def __init__(self, fake: FakeOa, id_: str) -> None:
        """Begin without having written: until then the account may say nothing."""
        self.fake, self.chat = fake, id_
        self.inbox: list[str] = []
        self.acted: datetime | None = None
        self._heard = 0

    async def send(self, text: str, times: int = 1) -> list[int]:
        """Type a message."""
        return await self.fake.bring(self.event("user_send_text", text=text), times)

    async def send_other(self, kind: str) -> list[int]:
        """Send a voice message, a place, a sticker."""
        return await self.fake.bring(self.event(f"user_send_{kind}", attachments=[]))

    async def file(self, content: bytes, kind: str = "image", name: str = "a.jpg") -> list[int]:
        """Send a picture or a file."""
        key = f"{len(self.fake.files) + 1}-{name}"
        self.fake.files[key] = content
        payload = {"url": f"{self.fake.root}/files/{key}", "name": name, "size": str(len(content))}
        attachments = [{"type": kind, "payload": payload}]
        return await self.fake.bring(self.event(f"user_send_{kind}", attachments=attachments))

    async def hears(self, words: str, seconds: float = 30) -> str:
        """Wait for a message with these words among those not heard yet; it and all before it are heard then."""
        try:
            await self.fake.changed.until(lambda: self._next(words) is not None, seconds)
        except TimeoutError:
            raise AssertionError(f"waited for {words!r}, heard: {self.inbox[self._heard :]}") from None
        at = self._next(words)
        assert at is not None
        self._heard = at + 1
        return self.inbox[at]

    def _next(self, words: str) -> int | None:
        later = range(self._heard, len(self.inbox))
        return next((at for at in later if words.casefold() in self.inbox[at].casefold()), None)

    def event(self, name: str, **message: Any) -> dict[str, Any]:
        """Make an event of this person's."""
        self.acted = self.fake.clock()
        return {
            "app_id": self.fake.app_id,
            "event_name": name,
            "sender": {"id": self.chat},
            "recipient": {"id": self.fake.oa_id},
            "message": {"msg_id": self.fake.new_id(), **message},
            "timestamp": str(int(self.fake.clock().timestamp() * 1000)),
        }
