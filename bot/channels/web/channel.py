"""The web chat as a channel: its messages lie in the outbox already, so that sending is to wake the open pages."""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from datetime import datetime
from typing import Final

from aiohttp import web

from bot.channels.web.bridge import PATH, Bridge
from bot.channels.web.desk import LANGUAGE, Desk
from bot.channels.web.entering import Entering
from bot.channels.web.feed import Feed
from bot.channels.web.pages import Pages
from bot.channels.web.saying import Saying
from bot.channels.web.site import NAME, Site
from bot.channels.web.uploads import Sweep
from bot.messages import Gone, Message
from bot.ports import Deliver, Facts, LookUp, Store, Ticket

MANY: Final = 100_000.0  # nobody but the page itself has to keep up


class WebChannel:
    """The web chat."""

    name = NAME
    trouble = ""

    def __init__(self, site: Site, store: Store, clock: Callable[[], datetime]) -> None:
        """Serve a site over a store."""
        self.facts = Facts(
            100_000, buttons=True, edits=False, files=True, pace=MANY, pace_chat=MANY, max_file=site.max_file
        )
        self._site = site
        self._desk = Desk(site, store, clock)
        self.tidy = Sweep(self._desk.uploads, store, NAME)

    def mount(self, app: web.Application) -> None:
        """Add our pages and answers to the program's server."""
        desk = self._desk
        pages, feed, saying, entering = Pages(desk), Feed(desk), Saying(desk), Entering(desk)
        add = app.router.add_route
        add("GET", "/", desk.guarded(pages.demo if desk.seats else pages.chat))
        add("GET", "/vao", desk.guarded(pages.chat))
        add("GET", PATH, desk.guarded(pages.bridge))
        for name, answer in Bridge(desk).answers.items():
            add("POST", f"{PATH}/{name}", desk.guarded(answer))
        add("GET", "/worker.js", desk.guarded(pages.worker))
        add("GET", "/static/{version}/{name}", desk.guarded(pages.asset))
        add("POST", "/chat/enter", desk.guarded(entering.enter))
        add("POST", "/chat/leave", desk.guarded(entering.leave))
        if desk.seats:
            add("GET", "/demo/{seat}/", desk.guarded(pages.chat))
        for place in ("", "/demo/{seat}") if desk.seats else ("",):
            add("GET", f"{place}/chat/stream", desk.guarded(feed.stream))
            add("GET", f"{place}/chat/lines", desk.guarded(feed.lines))
            add("GET", f"{place}/chat/file/{{key}}/{{number}}/{{mark}}/{{name}}", desk.guarded(feed.file))
            add("POST", f"{place}/chat/say", desk.guarded(saying.say))
            add("POST", f"{place}/chat/files", desk.guarded(saying.send_file))
        app.on_shutdown.append(self._let_go)

    async def _let_go(self, _app: web.Application) -> None:
        self._desk.ears.close()

    async def run(self, deliver: Deliver) -> None:
        """Hand over what pages send, until cancelled. What `deliver` refused the page sends again."""
        self._desk.deliver = deliver
        try:
            await asyncio.Event().wait()
        finally:
            self._desk.deliver = None

    async def send(self, chat: str, message: Message) -> str:
        """Wake the pages of a chat: they read the outbox. Raises Gone for a chat that is nobody's."""
        if not self._desk.ears.of(chat) and await self._desk.person(chat) is None:
            raise Gone("nobody is signed in here any more")
        self._desk.ears.wake(chat)
        return secrets.token_urlsafe(9)

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Bring a file that somebody sent. Raises Refused when it is gone or larger than `limit` bytes."""
        return await self._desk.uploads.fetch(remote, limit)

    def link(self, code: str) -> str:
        """Give the address that opens the chat with an invitation code."""
        return web_link(web_base(self._site.public_url, self._site.port), code)

    def ticket_link(self, ticket: Ticket, language: str) -> str:
        """Give the address that honours a ticket; "" without a public address, since no phone could open it."""
        if not self._site.public_url:
            return ""
        return f"{self._site.public_url}{PATH}?{LANGUAGE}={language}#{self._desk.sessions.ticket(ticket)}"

    def looks_up(self, look: LookUp) -> None:
        """Learn how to find out what is asked of a chat."""
        self._desk.look_up = look

    async def close(self) -> None:
        """Let the open pages go."""
        self._desk.ears.close()


def web_base(public_url: str | None, port: int) -> str:
    """Give the address of the page."""
    return public_url or f"http://127.0.0.1:{port}"


def web_link(base: str, code: str) -> str:
    """Give the address of an invitation. The code stands behind the #: browsers do not send it, no log has it."""
    return f"{base}/vao#{code}"
