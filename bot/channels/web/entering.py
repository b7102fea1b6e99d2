"""Coming in by an invitation code, and going out again."""

from __future__ import annotations

from dataclasses import dataclass

from aiohttp import web

from bot.channels.web.desk import Desk, body_of, text_of
from bot.channels.web.saying import client_id
from bot.channels.web.sessions import NONCE
from bot.channels.web.site import NAME
from bot.channels.web.streams import OVERLAP
from bot.messages import Address, Arrival, Incoming

LONGEST_CODE = 40


@dataclass(frozen=True, slots=True)
class Attempt:
    """A code that somebody tries, under an id of their browser's own."""

    chat: str
    code: str
    nonce: str
    language: str = ""  # that the page is drawn in


class Entering:
    """Answers about sessions."""

    def __init__(self, desk: Desk) -> None:
        """Take what is shared."""
        self._desk = desk

    async def enter(self, request: web.Request) -> web.Response:
        """Take a code: `{code, nonce, anew}`. Whoever is signed in uses it where they are, unless `anew`.

        A code that opens nothing gives no session; what the assistant says of it is shown where it was typed.
        """
        where = self._desk.gate.address(request)
        if wait := self._desk.wrong_codes.wait(where):
            raise web.HTTPTooManyRequests(headers={"Retry-After": str(wait)}, text="Too many wrong codes.")
        body = await body_of(request)
        known = None if body.get("anew") is True else await self._desk.known(request)
        attempt = self._attempt(body, known.chat if known else "")
        await self._desk.hand_over([self._incoming(attempt)])
        if await self._desk.person(attempt.chat) is None:
            self._desk.wrong_codes.take(where)
            return web.json_response({"entered": False, "said": await self._said(attempt.chat)})
        response = web.json_response({"entered": True})
        if not known:
            self._desk.keep_session(response, attempt.chat)
        return response

    def _attempt(self, body: dict[str, object], chat: str) -> Attempt:
        code, nonce = text_of(body, "code", LONGEST_CODE).strip(), text_of(body, "nonce", 64)
        if not code or not NONCE.fullmatch(nonce):
            raise web.HTTPBadRequest(text="A code and a nonce are wanted.")
        return Attempt(
            chat or self._desk.sessions.chat_for(nonce, code), code, nonce, text_of(body, "language", 8, default="")
        )

    def _incoming(self, attempt: Attempt) -> Incoming:
        id_ = f"{attempt.chat}:enter-{attempt.nonce}"
        words = f"/start {attempt.code}"
        here, now = Address(NAME, attempt.chat), self._desk.clock()
        return Incoming(id_, here, now, text=words, message_id=id_, timed=False, language=attempt.language)

    async def _said(self, chat: str) -> str:
        """Give what the assistant answered to somebody who has no session to read it with."""
        now = self._desk.clock()
        async with self._desk.store.reading() as reads:
            lines = await reads.lines(Address(NAME, chat), now - OVERLAP, now, 5)
        return "\n".join(line.message.text for line in lines if not line.own)

    async def leave(self, request: web.Request) -> web.Response:
        """Log out here, or with `{everywhere: true}` from every browser: the chats are theirs no more."""
        visitor = await self._desk.visitor(request)
        body = await body_of(request)
        id_ = f"{visitor.chat}:{client_id(text_of(body, 'id', 64))}"
        everywhere = "all" if body.get("everywhere") is True else ""
        left = Incoming(id_, visitor.address, self._desk.clock(), Arrival.LEFT, everywhere, timed=False)
        await self._desk.hand_over([left])
        self._desk.ears.wake_all()
        response = web.json_response({})
        self._desk.end_session(response)
        return response
