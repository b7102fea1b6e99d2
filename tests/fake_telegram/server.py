"""The fake's HTTP server, its faults on demand, and what its tests look at."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any, Self

from aiohttp import web

from tests.fake_telegram.methods import Methods
from tests.fake_telegram.state import ApiError, Call, Chat, Entry, StoredFile, Upload
from tests.fake_telegram.updates import Updates
from tests.fake_telegram.users import FakeUser

SENDS = frozenset({"sendMessage", "editMessageText", "sendPhoto", "sendDocument"})
WORDS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
}
Answer = web.StreamResponse


@dataclass
class Fault:
    """What goes wrong with the next calls: a status, or "reset before", "reset after", "slow"."""

    methods: frozenset[str]
    what: int | str
    retry_after: int
    description: str
    times: int


class FakeTelegram:
    """A Bot API server for one bot: `async with FakeTelegram() as fake`."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC)) -> None:
        """Take the clock that dates messages."""
        self.clock = clock
        self.bot_id = 424242
        self.token = f"{self.bot_id}:AAF4k3-t0ken_of_a_bot_that_is_not_real"
        self.username = "TiengCoSoThuBot"
        self.base_url = self.file_url = ""
        self.changed = asyncio.Condition()
        self.updates = Updates(self.changed)
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.queries: set[str] = set()  # presses not answered yet
        self.answered: list[str] = []
        self.commands: dict[str, list[tuple[str, str]]] = {}  # by language, "" for all others
        self.calls: list[Call] = []
        self._methods = Methods(self)
        self._faults: list[Fault] = []
        self._released = asyncio.Event()
        self._runner: web.AppRunner | None = None
        self._message_id = 1000

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        app = web.Application(client_max_size=64 * 1024 * 1024)
        app.router.add_route("*", "/bot{token:[^/]+}/{method}", self._serve)
        app.router.add_get("/file/bot{token:[^/]+}/{path:.+}", self._file)
        self._runner = web.AppRunner(app, access_log=None, handler_cancellation=True, shutdown_timeout=1)
        await self._runner.setup()
        await web.TCPSite(self._runner, "127.0.0.1", 0).start()
        root = f"http://127.0.0.1:{self._runner.addresses[0][1]}"
        self.base_url, self.file_url = f"{root}/bot", f"{root}/file/bot"
        self.updates.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        self.release()
        await self.updates.stop()
        assert self._runner
        await self._runner.cleanup()

    # --- people ---

    def user(self, chat_id: int, language: str = "vi", name: str = "Páo") -> FakeUser:
        """Give the person with this chat, who has started the bot before."""
        if chat_id not in self.chats:
            member = {"id": abs(chat_id), "is_bot": False, "first_name": name}
            self.chats[chat_id] = Chat(chat_id, member | ({"language_code": language} if language else {}))
        return FakeUser(self, self.chats[chat_id])

    def group(self, chat_id: int) -> FakeUser:
        """Give a member of a group (its id is negative)."""
        person = self.user(chat_id)
        person.chat.type = "group"
        return person

    # --- faults ---

    def next_send_fails(self, what: int | str, *, retry_after: int = 0, description: str = "", times: int = 1) -> None:
        """Let the next sends fail: a status (429, 502, 403, …), "reset before", "reset after" or "slow"."""
        self._faults.append(Fault(SENDS, what, retry_after, description, times))

    def next_fails(self, method: str, what: int | str, *, retry_after: int = 0, times: int = 1) -> None:
        """Let the next calls of one method fail."""
        self._faults.append(Fault(frozenset({method}), what, retry_after, "", times))

    def release(self) -> None:
        """Let slow answers go."""
        self._released.set()

    def duplicate_delivery(self, on: bool = True) -> None:
        """Hand out every update twice."""
        self.updates.duplicates = on

    async def poison(self, content: Any = 17, kind: str = "message") -> int | None:
        """Queue an update that nobody can read."""
        number = self.updates.add(0, kind, content)
        await self.updates.wake()
        return number

    # --- waiting ---

    async def until(self, true: Callable[[], bool], timeout: float = 10) -> None:  # noqa: ASYNC109
        """Wait until something is so; it is looked at whenever anything happens here."""
        async with asyncio.timeout(timeout), self.changed:
            await self.changed.wait_for(true)

    async def all_taken(self, timeout: float = 10) -> None:  # noqa: ASYNC109
        """Wait until the bot has acknowledged every update."""
        await self.until(lambda: not self.updates.pending, timeout)

    def called(self, method: str) -> list[Call]:
        """List the calls of one method."""
        return [call for call in self.calls if call.method == method]

    # --- what methods do ---

    def message_id(self) -> int:
        """Give the next message id."""
        self._message_id += 1
        return self._message_id

    async def say(self, chat: Chat, entry: Entry) -> dict[str, Any]:
        """Show a message of the bot's to a chat."""
        entry.id = self.message_id()
        chat.log[entry.id] = entry
        chat.inbox.append(entry.received())
        await self.updates.wake()
        return self._described(chat, entry)

    async def change(self, chat: Chat, entry: Entry) -> dict[str, Any]:
        """Show the new look of a message of the bot's."""
        chat.inbox.append(entry.received(edited=True))
        await self.updates.wake()
        return self._described(chat, entry)

    def _described(self, chat: Chat, entry: Entry) -> dict[str, Any]:
        bot = {"id": self.bot_id, "is_bot": True, "first_name": "Tiếng Cơ Sở", "username": self.username}
        words = {"caption" if entry.file else "text": entry.text}
        date = int(self.clock().timestamp())
        entry.raw = {"message_id": entry.id, "date": date, "chat": chat.described(), "from": bot, **words}
        return entry.raw

    # --- HTTP ---

    async def _serve(self, request: web.Request) -> Answer:
        method = request.match_info["method"]
        params: Mapping[str, Any] = {}
        try:
            self._check_token(request.match_info["token"])
            params = await _parameters(request)
            answer, status = await self._answer(request, method, params), 200
        except ApiError as refusal:
            answer, status = _refused(refusal), refusal.status
        self.calls.append(Call(method, params, status))
        await self.updates.wake()
        return answer

    async def _answer(self, request: web.Request, method: str, params: Mapping[str, Any]) -> Answer:
        fault = self._fault(method)
        if fault and isinstance(fault.what, int):
            if fault.what in {502, 503, 504}:
                return web.Response(status=fault.what, text="<html>Bad Gateway</html>", content_type="text/html")
            raise _faulty(fault)
        if fault and fault.what == "reset before":
            return _reset(request)
        result = await self._methods.call(method, params)
        if fault and fault.what == "slow":
            await self._released.wait()
        if fault and fault.what == "reset after":
            return _reset(request)
        return web.json_response({"ok": True, "result": result})

    def _fault(self, method: str) -> Fault | None:
        fault = next((fault for fault in self._faults if method in fault.methods), None)
        if fault:
            fault.times -= 1
            self._faults = [fault for fault in self._faults if fault.times > 0]
        return fault

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    async def _file(self, request: web.Request) -> Answer:
        path = request.match_info["path"]
        file = next((file for file in self.files.values() if file.path == path), None)
        if request.match_info["token"] != self.token or file is None or not file.content:
            return web.json_response({"ok": False, "error_code": 404, "description": "Not Found"}, status=404)
        if self._fault("download"):
            return _reset(request)
        return web.Response(body=file.content, content_type="application/octet-stream")


def _faulty(fault: Fault) -> ApiError:
    assert isinstance(fault.what, int)
    if fault.what == 429:
        return ApiError(429, f"Too Many Requests: retry after {fault.retry_after}", retry_after=fault.retry_after)
    return ApiError(fault.what, fault.description or WORDS.get(fault.what, "Bad Request: something is wrong"))


def _refused(refusal: ApiError) -> Answer:
    body: dict[str, Any] = {"ok": False, "error_code": refusal.status, "description": refusal.description}
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return web.json_response(body, status=refusal.status)


def _reset(request: web.Request) -> Answer:
    if request.transport:
        request.transport.abort()
    return web.Response()


async def _parameters(request: web.Request) -> Mapping[str, Any]:
    if request.content_type == "application/json":
        body = await request.json()
        if not isinstance(body, dict):
            raise ApiError(400, "Bad Request: can't parse the JSON body")
        return dict(request.query) | body
    form = await request.post()
    return dict(request.query) | {
        name: Upload(value.filename, value.file.read()) if isinstance(value, web.FileField) else value
        for name, value in form.items()
    }
