"""What a page sends: words, presses, files. It hears 200 only after the commit, and sends again until then."""

from __future__ import annotations

import re
from typing import Any, Final

from aiohttp import web

from bot.channels.web.desk import Desk, Visitor, allow, body_of, text_of
from bot.channels.web.receiving import received
from bot.channels.web.site import MAX_TEXT
from bot.messages import Arrival, Incoming

ID: Final = re.compile(r"[A-Za-z0-9_-]{8,64}")
KINDS: Final = {"text": Arrival.TEXT, "press": Arrival.PRESS}
LONGEST_LABEL: Final = 200


class Saying:
    """Answers to what a page sends."""

    def __init__(self, desk: Desk) -> None:
        """Take what is shared."""
        self._desk = desk

    async def say(self, request: web.Request) -> web.Response:
        """Take words or a press: `{id, kind, text, label, line}`."""
        visitor = await self._desk.visitor(request)
        allow(self._desk.messages, visitor.chat)
        await self._desk.hand_over([self._read(visitor, await body_of(request))])
        return web.json_response({})

    def _read(self, visitor: Visitor, body: dict[str, Any]) -> Incoming:
        id_, kind = client_id(text_of(body, "id", 64)), KINDS.get(text_of(body, "kind", 8, default="text"))
        text = text_of(body, "text", MAX_TEXT)
        if kind is None or not text.strip():
            raise web.HTTPBadRequest(text="A kind (text or press) and words are wanted.")
        line = text_of(body, "line", 80, default="") if kind is Arrival.PRESS else id_
        shown = text_of(body, "label", LONGEST_LABEL, default="") if kind is Arrival.PRESS else ""
        return self._incoming(visitor, id_, what=kind, text=text, message_id=line, shown=shown)

    def _incoming(self, visitor: Visitor, id_: str, **more: Any) -> Incoming:
        # When it was typed only the page's own clock knows, and that is nobody's witness: it came when it came.
        return Incoming(f"{visitor.chat}:{id_}", visitor.address, self._desk.clock(), timed=False, **more)

    async def send_file(self, request: web.Request) -> web.Response:
        """Take a file, as the one part of a form; its id and album stand in the address."""
        visitor = await self._desk.visitor(request)
        allow(self._desk.files, visitor.chat)
        id_ = client_id(request.query.get("id", ""))
        album = request.query.get("album", "")
        if album:
            album = f"{visitor.chat}:{client_id(album)}"
        ref = await received(self._desk, request)
        incoming = self._incoming(visitor, id_, what=Arrival.FILES, message_id=id_, files=(ref,), album=album)
        try:
            await self._desk.hand_over([incoming])
        except BaseException:
            self._desk.uploads.drop(ref.remote)
            raise
        return web.json_response({})


def client_id(text: str) -> str:
    """Take the id that a page made for a message. Raises HTTPBadRequest for anything else."""
    if not ID.fullmatch(text):
        raise web.HTTPBadRequest(text="An id of 8 to 64 letters, digits, - and _ is wanted.")
    return text
