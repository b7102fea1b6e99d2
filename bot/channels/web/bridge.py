"""The page behind a link that a messenger shows: files go to one open question, or something is picked for it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from typing import Any, Final

from aiohttp import web

from bot.channels.web.desk import Desk, Handler, allow, body_of, text_of
from bot.channels.web.receiving import received
from bot.channels.web.saying import client_id
from bot.channels.web.site import NAME
from bot.messages import Arrival, Incoming
from bot.ports import OpenQuestion, Purpose, StoreBusy, Ticket

PATH: Final = "/mo"
HEADER: Final = "X-Ticket"
LONGEST_TICKET: Final = 400
MOST_PICKS: Final = 100
OPEN: Final = "open"  # why a link is still good; the others say why it is not
DONE, OVER, FOREIGN = "done", "over", "foreign"


class Bridge:
    """Answers to such a page. It has no session: the ticket is all it may show, and all that it may do."""

    def __init__(self, desk: Desk) -> None:
        """Take what is shared."""
        self._desk = desk

    @property
    def answers(self) -> Mapping[str, Handler]:
        """Name the answers."""
        return {"xem": self.look, "tep": self.send_file, "chon": self.pick}

    async def look(self, request: web.Request) -> web.Response:
        """Show what the link is for: `{ticket}`."""
        body = await body_of(request)
        ticket = self._ticket(text_of(body, "ticket", LONGEST_TICKET))
        return _json(await self._shown(ticket))

    async def send_file(self, request: web.Request) -> web.Response:
        """Take one file for the open question, as the one part of a form; its id stands in the address."""
        ticket = self._ticket(request.headers.get(HEADER, ""))
        allow(self._desk.files, f"{ticket.address.channel}/{ticket.address.chat}")
        id_ = self._id(ticket, client_id(request.query.get("id", "")))
        await self._open(ticket, Purpose.FILES)
        ref = replace(await received(self._desk, request), lies=NAME)
        came = self._incoming(ticket, id_)
        try:
            await self._desk.hand_over([replace(came, what=Arrival.FILES, files=(ref,), album=id_)])
        except BaseException:
            self._desk.uploads.drop(ref.remote)
            raise
        return _json(await self._shown(ticket))

    async def pick(self, request: web.Request) -> web.Response:
        """Take what was picked, as the whole answer: `{ticket, id, picks}`."""
        body = await body_of(request)
        ticket = self._ticket(text_of(body, "ticket", LONGEST_TICKET))
        id_ = self._id(ticket, client_id(text_of(body, "id", 64)))
        question = await self._open(ticket, Purpose.PICK)
        offered = {one.data: one.label for one in question.choices}
        picks = body.get("picks")
        if not isinstance(picks, list) or not picks or len(picks) > (MOST_PICKS if question.several else 1):
            raise web.HTTPBadRequest(text="Picks are wanted.")
        if not all(isinstance(pick, str) and pick in offered for pick in picks):
            raise web.HTTPBadRequest(text="Such a choice is not offered.")
        label = ", ".join(offered[pick] for pick in picks)
        press = replace(self._incoming(ticket, id_), what=Arrival.PRESS, text=_pressed(ticket, question, picks))
        await self._desk.hand_over([replace(press, shown=label)])
        return _json({"state": DONE, "picked": label})

    def _ticket(self, text: str) -> Ticket:
        """Read a ticket that is still good. Raises HTTPGone, which says why it is not."""
        ticket = self._desk.sessions.ticket_of(text)
        if ticket is None:
            raise gone(FOREIGN)
        if self._desk.clock() > ticket.until:
            raise gone(OVER)
        return ticket

    async def _open(self, ticket: Ticket, purpose: Purpose) -> OpenQuestion:
        """Give the question that a ticket is for. Raises HTTPGone once it is no longer asked."""
        question = await self._question(ticket)
        if question is None or ticket.purpose is not purpose:
            raise gone(DONE)
        return question

    async def _question(self, ticket: Ticket) -> OpenQuestion | None:
        if self._desk.look_up is None:
            raise StoreBusy("not running yet")
        asked = await self._desk.look_up(ticket.address)
        return asked if asked is not None and (asked.draft, asked.step) == (ticket.draft, ticket.step) else None

    async def _shown(self, ticket: Ticket) -> dict[str, Any]:
        """Give what the page may know: the question, and nothing of the rest of the conversation."""
        asked = await self._question(ticket)
        if asked is None:
            raise gone(DONE)
        shown = {"state": OPEN, "purpose": ticket.purpose, "title": asked.title, "text": asked.text}
        if ticket.purpose is Purpose.FILES:
            return shown | {"most": asked.most, "have": asked.have, "bytes": self._desk.site.max_file}
        choices = [{"label": one.label, "data": one.data} for one in asked.choices]
        return shown | {"choices": choices, "several": asked.several}

    def _id(self, ticket: Ticket, id_: str) -> str:
        return f"page:{ticket.address.chat}:{id_}"

    def _incoming(self, ticket: Ticket, id_: str) -> Incoming:
        return Incoming(id_, ticket.address, self._desk.clock(), message_id=id_, timed=False, aside=True)


def gone(why: str) -> web.HTTPException:
    """Say why a link is no longer good: the page puts it in words."""
    return web.HTTPGone(text=why)


def _pressed(ticket: Ticket, question: OpenQuestion, picks: list[str]) -> str:
    """Give the data of one press for everything that was picked."""
    if not question.several:
        return picks[0]
    codes = "+".join(pick.rsplit(":", 1)[-1] for pick in picks)
    return f"m:{ticket.draft}:{ticket.step}:{codes}"


def _json(data: Mapping[str, Any]) -> web.Response:
    response = web.json_response(dict(data))
    response.headers["Cache-Control"] = "no-store"
    response.enable_compression()  # a list of all units, on a slow connection
    return response
