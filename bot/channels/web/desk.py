"""What every answer of the web chat needs: the site, the store, who is asking, and where to hand messages over."""

from __future__ import annotations

import json
import logging
from collections.abc import Awaitable, Callable, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from aiohttp import web

from bot.channels.web.gate import Gate
from bot.channels.web.limits import Buckets
from bot.channels.web.sessions import Sessions
from bot.channels.web.site import NAME, Site
from bot.channels.web.streams import Ears
from bot.channels.web.uploads import Uploads
from bot.messages import Address, Incoming
from bot.ports import Deliver, LookUp, Store, StoreBusy
from bot.records import Person

log = logging.getLogger(__name__)

LONGEST_BODY: Final = 32 * 1024
RETRY: Final = 2  # seconds after which a page tries again
COOKIE: Final = "session"
LANGUAGE: Final = "lang"
Handler = Callable[[web.Request], Awaitable[web.StreamResponse]]


@dataclass(frozen=True, slots=True)
class Visitor:
    """Somebody with a session: their chat, and who they are."""

    chat: str
    person: Person
    renew: bool = False

    @property
    def address(self) -> Address:
        """The address of the chat."""
        return Address(NAME, self.chat)


class Desk:
    """Shared by all answers."""

    def __init__(self, site: Site, store: Store, clock: Callable[[], datetime]) -> None:
        """Set up what the site asks for."""
        self.site = site
        self.store = store
        self.clock = clock
        self.ears = Ears()
        self.gate = Gate(site.public_url, site.proxies, framed=bool(site.seats))
        self.sessions = Sessions(site.secret, site.session_days, clock)
        self.uploads = Uploads(site.uploads, site.type_of)
        self.seats = {seat.name: seat for seat in site.seats}
        self.deliver: Deliver | None = None  # known once the channel runs
        self.look_up: LookUp | None = None  # known once there is an inbox
        limits = site.limits
        self.calls = Buckets(*limits.address)
        self.messages = Buckets(*limits.session)
        self.files = Buckets(*limits.session_files)
        self.wrong_codes = Buckets(*limits.wrong_codes)

    @property
    def cookie_name(self) -> str:
        """Give the name of the session cookie; over https browsers bind this one to us alone."""
        return f"__Host-{COOKIE}" if self.gate.https else COOKIE

    def guarded(self, handler: Handler) -> Handler:
        """Let a handler answer only what may be asked, and give its answers our headers."""

        async def answer(request: web.Request) -> web.StreamResponse:
            try:
                self.gate.check(request)
                allow(self.calls, self.gate.address(request))
                response = await handler(request)
            except web.HTTPException as refusal:
                refusal.headers.update(self.gate.headers())
                raise
            except StoreBusy:
                raise later(self.gate) from None
            except ConnectionError:
                raise
            except Exception:
                log.exception("web: an answer failed")
                raise web.HTTPInternalServerError(headers=self.gate.headers(), text="Something broke.") from None
            if not response.prepared:
                for name, value in self.gate.headers().items():
                    response.headers.setdefault(name, value)
            return response

        return answer

    async def visitor(self, request: web.Request) -> Visitor:
        """Tell who is asking. Raises HTTPUnauthorized for nobody."""
        found = await self.known(request)
        if found is None:
            raise web.HTTPUnauthorized(text="No session.")
        return found

    async def known(self, request: web.Request) -> Visitor | None:
        """Tell who is asking, if it is somebody: the session must be ours, and its chat still linked."""
        seat = self.seats.get(request.match_info.get("seat", ""))
        session = (seat.chat, False) if seat else self.sessions.chat_of(request.cookies.get(self.cookie_name, ""))
        if session is None:
            return None
        person = await self.person(session[0])
        return Visitor(session[0], person, session[1]) if person is not None else None

    async def person(self, chat: str) -> Person | None:
        """Give the person whose chat this is."""
        async with self.store.reading() as reads:
            return await reads.person_at(Address(NAME, chat))

    async def hand_over(self, messages: Sequence[Incoming]) -> None:
        """Give messages to the inbox; return after the commit. Raises StoreBusy when they were not taken."""
        if self.deliver is None:
            raise StoreBusy("not running yet")
        await self.deliver(messages)
        for chat in {message.address.chat for message in messages}:
            self.ears.wake(chat)

    def keep_session(self, response: web.Response, chat: str) -> None:
        """Give a browser its session."""
        response.set_cookie(
            self.cookie_name,
            self.sessions.cookie(chat),
            max_age=self.sessions.seconds,
            path="/",
            secure=self.gate.https,
            httponly=True,
            samesite="Strict",
        )

    def end_session(self, response: web.Response) -> None:
        """Take the session back."""
        response.del_cookie(self.cookie_name, path="/", secure=self.gate.https, httponly=True, samesite="Strict")


def allow(buckets: Buckets, key: str) -> None:
    """Take one of a bucket. Raises HTTPTooManyRequests when it is empty."""
    if wait := buckets.take(key):
        raise web.HTTPTooManyRequests(headers={"Retry-After": str(wait)}, text="Too many at once.")


def later(gate: Gate) -> web.HTTPException:
    """Say that the database cannot take it now."""
    return web.HTTPServiceUnavailable(headers={"Retry-After": str(RETRY), **gate.headers()}, text="Try again.")


async def body_of(request: web.Request) -> dict[str, Any]:
    """Read a JSON object. Raises HTTPUnsupportedMediaType, HTTPRequestEntityTooLarge or HTTPBadRequest."""
    if request.content_type != "application/json":
        raise web.HTTPUnsupportedMediaType(text="JSON is wanted.")
    raw = bytearray()
    async for piece in request.content.iter_any():
        raw += piece
        if len(raw) > LONGEST_BODY:
            raise web.HTTPRequestEntityTooLarge(LONGEST_BODY, len(raw))
    try:
        body = json.loads(raw)
    except ValueError:
        raise web.HTTPBadRequest(text="That is no JSON.") from None
    if not isinstance(body, dict):
        raise web.HTTPBadRequest(text="An object is wanted.")
    return body


def text_of(body: dict[str, Any], name: str, longest: int, *, default: str | None = None) -> str:
    """Take a text out of a body. Raises HTTPBadRequest when it is not there, no text, or too long."""
    value = body.get(name, default)
    if not isinstance(value, str) or len(value) > longest or "\0" in value:
        raise web.HTTPBadRequest(text=f"{name} is wanted as a text of at most {longest} characters.")
    return value
