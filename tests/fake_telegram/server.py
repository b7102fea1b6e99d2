"""The fake's HTTP server, its faults on demand, and what its tests look at."""

from __future__ import annotations

import asyncio
import math
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Collection, Mapping
from contextlib import suppress
from datetime import UTC, datetime
from random import Random
from typing import Any, Self

from tests.fake_telegram.bell import Bell
from tests.fake_telegram.faults import GATEWAY, SENDS, Chances, Fault, Faults, Kind
from tests.fake_telegram.http import RESET, Answer, HttpServer, Params, Read, answered, refused
from tests.fake_telegram.methods import Methods
from tests.fake_telegram.pace import IN_ALL, TO_CHAT, Pace
from tests.fake_telegram.state import ApiError, Call, Chat, Entry, StoredFile, Upload
from tests.fake_telegram.updates import Updates
from tests.fake_telegram.users import FakeUser

WORDS = {
    401: "Unauthorized",
    403: "Forbidden: bot was blocked by the user",
    404: "Not Found",
    409: "Conflict: terminated by other getUpdates request; make sure that only one bot instance is running",
    500: "Internal Server Error",
}


class FakeTelegram:
    """A Bot API server for one bot: `async with FakeTelegram() as fake`."""

    def __init__(self, clock: Callable[[], datetime] = lambda: datetime.now(UTC), *, remembers: bool = True) -> None:
        """Take the clock that dates messages. Without memory of calls only `counts` tells of them."""
        self.clock = clock
        self.bot_id = 424242
        self.token = f"{self.bot_id}:AAF4k3-t0ken_of_a_bot_that_is_not_real"
        self.username = "TiengCoSoThuBot"
        self.base_url = self.file_url = ""
        self.changed = Bell()  # rung whenever anything happens
        self.updates = Updates(self.changed)
        self.faults = Faults()
        self.chats: dict[int, Chat] = {}
        self.files: dict[str, StoredFile] = {}
        self.uploads: dict[str, Upload] = {}  # by the name under which the bot may send them again
        self.queries: set[str] = set()  # presses not answered yet
        self.answered: list[str] = []
        self.commands: dict[str, list[tuple[str, str]]] = {}  # by language, "" for all others
        self.calls: list[Call] = []
        self.counts: Counter[tuple[str, int]] = Counter()  # calls by method and status
        self._remembers = remembers
        self._by_method: defaultdict[str, list[Call]] = defaultdict(list)
        self._paths: dict[str, StoredFile] = {}
        self._methods = Methods(self)
        self._pace: Pace | None = None
        self._released = asyncio.Event()
        self._server = HttpServer(self._serve, self._download)
        self._message_id = 1000
        self._query = 0

    async def __aenter__(self) -> Self:
        """Listen on a free port."""
        root = await self._server.start()
        self.base_url, self.file_url = f"{root}/bot", f"{root}/file/bot"
        self.updates.start()
        return self

    async def __aexit__(self, *_: object) -> None:
        """Stop."""
        self.release()
        await self.updates.stop()
        await self._server.stop()

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

    def next_send_fails(
        self, what: Kind, *, retry_after: int = 0, description: str = "", times: int = 1, seconds: float = 0.0
    ) -> None:
        """Let the next sends fail: a status (429, 502, 403, …), "reset before", "reset after" or "slow"."""
        self.faults.demand(Fault(SENDS, what, retry_after, description, times, seconds))

    def next_fails(
        self, method: str, what: Kind, *, retry_after: int = 0, times: int = 1, seconds: float = 0.0
    ) -> None:
        """Let the next calls of one method fail. A slow answer comes after so many seconds, or when released."""
        self.faults.demand(Fault(frozenset({method}), what, retry_after, "", times, seconds))

    def random_faults(
        self,
        seed: int | str,
        rates: Mapping[Kind, float],
        methods: Collection[str] = SENDS,
        *,
        retry_after: int = 1,
        seconds: float = 0.05,
    ) -> None:
        """Let these methods fail by chance, for example {429: 0.05, 502: 0.03, "reset after": 0.02}; {}: no more.

        What came of it stands in `faults.happened`. `seconds` is how late slow answers come.
        """
        names = frozenset(methods)
        drawn = {Fault(names, what, retry_after, seconds=seconds): rate for what, rate in rates.items()}
        self.faults.at_random(names, Chances(Random(seed), drawn) if drawn else None)

    def keep_pace(self, in_all: float = IN_ALL, to_chat: float = TO_CHAT, **bursts: Any) -> None:
        """Answer 429 to sends beyond the limits that Telegram names, or these (see Pace)."""
        self._pace = Pace(in_all, to_chat, **bursts)

    def keep_no_pace(self) -> None:
        """Let any number of sends through again."""
        self._pace = None

    def release(self) -> None:
        """Let slow answers go."""
        self._released.set()

    def duplicate_delivery(self, on: bool = True) -> None:
        """Hand out every update twice."""
        self.updates.duplicates = on

    def out_of_order(self, seed: int | str | None) -> None:
        """Hand out updates of different chats in another order than they came; None: no more."""
        self.updates.shuffled = None if seed is None else Random(seed)

    async def poison(self, content: Any = 17, kind: str = "message") -> int | None:
        """Queue an update that nobody can read."""
        return self.updates.add(0, kind, content)

    # --- waiting ---

    async def until(self, true: Callable[[], bool], timeout: float = 10) -> None:  # noqa: ASYNC109
        """Wait until something is so; it is looked at whenever anything happens here."""
        await self.changed.until(true, timeout)

    async def all_taken(self, timeout: float = 10) -> None:  # noqa: ASYNC109
        """Wait until the bot has acknowledged every update."""
        await self.until(lambda: not self.updates.pending, timeout)

    def called(self, method: str) -> list[Call]:
        """List the calls of one method."""
        return list(self._by_method[method])

    # --- what methods do ---

    def message_id(self) -> int:
        """Give the next message id."""
        self._message_id += 1
        return self._message_id

    def say(self, chat: Chat, entry: Entry) -> dict[str, Any]:
        """Show a message of the bot's to a chat."""
        entry.id = self.message_id()
        chat.log[entry.id] = entry
        chat.inbox.append(entry.received())
        chat.bell.ring()
        return self._described(chat, entry)

    def change(self, chat: Chat, entry: Entry) -> dict[str, Any]:
        """Show the new look of a message of the bot's."""
        chat.inbox.append(entry.received(edited=True))
        chat.bell.ring()
        return self._described(chat, entry)

    def keep(self, file_id: str, file: StoredFile) -> None:
        """Keep a file that a person sent."""
        self.files[file_id] = self._paths[file.path] = file

    def query_id(self) -> str:
        """Give the id of the next press."""
        self._query += 1
        return f"{self.bot_id}{self._query:08}"

    def _described(self, chat: Chat, entry: Entry) -> dict[str, Any]:
        bot = {"id": self.bot_id, "is_bot": True, "first_name": "Tiếng Cơ Sở", "username": self.username}
        words = {"caption" if entry.file else "text": entry.text}
        date = int(self.clock().timestamp())
        entry.raw = {"message_id": entry.id, "date": date, "chat": chat.described(), "from": bot, **words}
        return entry.raw

    # --- HTTP ---

    async def _serve(self, token: str, method: str, read: Read) -> Answer:
        params: Params = {}
        try:
            self._check_token(token)
            params = await read()
            answer = await self._answer(method, params)
        except ApiError as refusal:
            answer = refused(refusal)
        self._note(Call(method, params, answer.status or 200))
        return answer

    def _note(self, call: Call) -> None:
        self.counts[call.method, call.status] += 1
        if self._remembers:
            self.calls.append(call)
            self._by_method[call.method].append(call)
        self.changed.ring()

    async def _answer(self, method: str, params: Params) -> Answer:
        fault = self.faults.draw(method)
        if fault and fault.what in GATEWAY:
            return Answer(int(fault.what), b"<html>Bad Gateway</html>", "text/html")
        if fault and isinstance(fault.what, int):
            raise _faulty(fault)
        if fault and fault.what == "reset before":
            return RESET
        if method in SENDS and self._pace:
            self._check_pace(self._pace, str(params.get("chat_id", "")))
        result = await self._methods.call(method, params)
        if fault and fault.what == "slow":
            await self._slowly(fault.seconds)
        return RESET if fault and fault.what == "reset after" else answered(result)

    async def _slowly(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds or None):
                await self._released.wait()

    def _check_pace(self, pace: Pace, chat: str) -> None:
        seconds = pace.wait(int(chat) if chat.removeprefix("-").isdecimal() else 0, time.monotonic())
        if seconds:
            raise _too_many(max(1, math.ceil(seconds)))

    def _check_token(self, token: str) -> None:
        if ":" not in token:
            raise ApiError(404, "Not Found")
        if token != self.token:
            raise ApiError(401, "Unauthorized")

    def _download(self, token: str, path: str) -> Answer:
        file = self._paths.get(path)
        if token != self.token or file is None or not file.content:
            return refused(ApiError(404, "Not Found"))
        if self.faults.draw("download"):
            return RESET
        self.counts["download", 200] += 1
        self.changed.ring()
        return Answer(200, file.content, "application/octet-stream")


def _too_many(seconds: int) -> ApiError:
    return ApiError(429, f"Too Many Requests: retry after {seconds}", retry_after=seconds)


def _faulty(fault: Fault) -> ApiError:
    assert isinstance(fault.what, int)
    if fault.what == 429:
        return _too_many(fault.retry_after)
    return ApiError(fault.what, fault.description or WORDS.get(fault.what, "Bad Request: something is wrong"))
