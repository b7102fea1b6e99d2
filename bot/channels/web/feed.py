"""What a page reads: its conversation as a stream that never ends, earlier lines, and files."""

from __future__ import annotations

import asyncio
import json
from contextlib import suppress
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any, Final
from urllib.parse import quote

from aiohttp import web

from bot.channels.web.desk import Desk, Visitor
from bot.channels.web.drawing import Drawing, store_key
from bot.channels.web.gate import FILE_CSP
from bot.channels.web.site import HISTORY, NAME
from bot.channels.web.streams import FIRST, MOST, Reader, cursor, moment
from bot.messages import Attachment, FileRef
from bot.readers import may_open
from bot.records import Person

BEAT: Final = 20.0  # seconds after which a page hears that we are there, and a session is looked at again
SHOWN: Final = frozenset({"image/jpeg", "image/png", "image/webp"})  # what a browser may show; the rest is saved
PEEK: Final = 4096


@dataclass(frozen=True, slots=True)
class Content:
    """A file to give out: where it lies, and what it is called."""

    path: Path
    name: str


class Feed:
    """Answers to a page that reads."""

    def __init__(self, desk: Desk) -> None:
        """Take what is shared."""
        self._desk = desk

    async def stream(self, request: web.Request) -> web.StreamResponse:
        """Give the conversation as server-sent events, from the last seen on, until the page goes."""
        visitor = await self._desk.visitor(request)
        self._refuse_crowds(visitor)
        response = web.StreamResponse(headers={**self._desk.gate.headers(), "Cache-Control": "no-store"})
        response.content_type = "text/event-stream"
        response.headers["X-Accel-Buffering"] = "no"
        await response.prepare(request)
        there = self._desk.ears.open(visitor.chat, lambda: request.transport is not None)
        with there as bell, suppress(ConnectionResetError):  # the page was closed
            await self._run(request, response, visitor, bell)
        return response

    def _refuse_crowds(self, visitor: Visitor) -> None:
        limits = self._desk.site.limits
        if self._desk.ears.of(visitor.chat) >= limits.streams or len(self._desk.ears) >= limits.streams_in_all:
            raise web.HTTPTooManyRequests(headers={"Retry-After": "15"}, text="Too many pages are open.")

    async def _run(
        self, request: web.Request, response: web.StreamResponse, visitor: Visitor, bell: asyncio.Event
    ) -> None:
        seen = moment(request.headers.get("Last-Event-ID", ""))
        reader = Reader(self._desk.store, visitor.address, self._desk.clock, self._since(seen))
        drawing = Drawing(self._desk.sessions, visitor.chat)
        await response.write(_event("hello", self._hello(visitor.person)))
        limit = MOST if seen else FIRST
        first = await reader.read(limit)
        afresh = seen is not None and len(first) >= limit
        more = len(first) >= limit
        await response.write(_event("lines", {"lines": drawing.lines(first), "more": more, "afresh": afresh}, reader))
        while not self._desk.ears.closing:
            rung = await _rings(bell)
            bell.clear()
            if new := await reader.read():
                await response.write(_event("lines", {"lines": drawing.lines(new)}, reader))
            if await self._desk.person(visitor.chat) is None:
                await response.write(_event("over", {}))
                return
            if not rung:
                await response.write(_event("beat", {}))

    def _since(self, seen: datetime | None) -> datetime:
        return max(seen or datetime.min.replace(tzinfo=self._desk.clock().tzinfo), self._desk.clock() - HISTORY)

    def _hello(self, person: Person) -> dict[str, Any]:
        return {"name": person.name, "language": person.language, "most": self._desk.site.max_file}

    async def lines(self, request: web.Request) -> web.Response:
        """Give the lines before `?before=`, or what came after `?after=`, for a page that only looks now and then."""
        visitor = await self._desk.visitor(request)
        before, after = moment(request.query.get("before", "")), moment(request.query.get("after", ""))
        now = self._desk.clock()
        async with self._desk.store.reading() as reads:
            if before is not None:
                found = await reads.lines_before(visitor.address, min(before, now), now - HISTORY, FIRST)
            else:
                found = await reads.lines(visitor.address, max(after or now - HISTORY, now - HISTORY), now, FIRST)
        drawn = Drawing(self._desk.sessions, visitor.chat).lines(found)
        last = cursor(found[-1].at) if found else ""
        response = web.json_response({"lines": drawn, "more": len(found) >= FIRST, "cursor": last})
        response.headers["Cache-Control"] = "no-store"
        response.enable_compression()
        return response

    async def file(self, request: web.Request) -> web.StreamResponse:
        """Give a file of the conversation: ours, or one that the person sent."""
        visitor = await self._desk.visitor(request)
        key, number, mark = (request.match_info[name] for name in ("key", "number", "mark"))
        if not number.isdecimal() or mark != self._desk.sessions.file_mark(visitor.chat, key, int(number)):
            raise web.HTTPNotFound(text="No such file.")
        content = await self._content(visitor, key, int(number))
        if content is None or not content.path.is_file():
            raise web.HTTPNotFound(text="No such file.")
        return web.FileResponse(content.path, headers=await asyncio.to_thread(self._headers, content))

    async def _content(self, visitor: Visitor, key: str, number: int) -> Content | None:
        async with self._desk.store.reading() as reads:
            line = await reads.line(visitor.address, store_key(key, visitor.chat))
            files: tuple[FileRef | Attachment, ...] = ()
            if line is not None:
                files = (*line.files, *line.message.attachments)
            if number >= len(files):
                return None
            file = files[number]
            if not isinstance(file, FileRef):
                return Content(Path(file.path), file.name) if await may_open(reads, file.reader) else None
            if path := self._desk.uploads.path(file.remote):
                return Content(path, file.name or file.kind)
            kept = await reads.file_from(NAME, file.remote)
        known = kept is not None and kept.state == "kept" and kept.sha256
        return Content(self._desk.site.kept / known, file.name or file.kind) if known else None

    def _headers(self, content: Content) -> dict[str, str]:
        """A photo may be shown, everything else is saved; nothing in it is ever run."""
        with content.path.open("rb") as file:
            mime = self._desk.site.type_of(file.read(PEEK))
        how = "inline" if mime in SHOWN else "attachment"
        return {
            "Content-Type": mime if mime in SHOWN else "application/octet-stream",
            "Content-Disposition": f"{how}; filename*=UTF-8''{quote(content.name, '')}",
            "Content-Security-Policy": FILE_CSP,
            "Cache-Control": "private, max-age=3600",
        }


async def _rings(bell: asyncio.Event) -> bool:
    try:
        async with asyncio.timeout(BEAT):
            await bell.wait()
    except TimeoutError:
        return False
    return True


def _event(name: str, data: dict[str, Any], reader: Reader | None = None) -> bytes:
    mark = f"id: {reader.cursor}\n" if reader is not None else ""
    return f"{mark}event: {name}\ndata: {json.dumps(data, ensure_ascii=False)}\n\n".encode()
