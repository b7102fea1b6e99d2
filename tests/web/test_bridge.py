"""Links of a messenger: each opens a page for one thing, at one open question, for half an hour."""

from __future__ import annotations

import base64
import io
import json
from collections.abc import AsyncIterator
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from aiohttp import ClientResponse, ClientSession, FormData
from sqlalchemy import Connection, select

from bot.channels.web.bridge import HEADER
from bot.channels.web.sessions import Sessions
from bot.cli.wiring import utc_now
from bot.effects import AddressState
from bot.listing import LIFE
from bot.messages import Address
from bot.ports import Purpose, Ticket
from storage.tables import addresses
from tests.fake_telegram.users import JPEG
from tests.web.conftest import Browser
from tests.webhouse import until
from tests.zalohouse import ZaloHouse, zalo_house

LIMITS = 2000


@pytest.fixture
async def zalo(tmp_path: Path, template: Path) -> AsyncIterator[ZaloHouse]:
    async with zalo_house(tmp_path, template) as house:
        yield house


@pytest.fixture
async def phone(zalo: ZaloHouse) -> AsyncIterator[Browser]:
    """The browser of the chair's phone: it has no session."""
    async with ClientSession() as session:
        yield Browser(zalo.web, session, zalo.base)


def ticket_of(link: str) -> str:
    return link.partition("#")[2]


async def look(phone: Browser, ticket: str) -> ClientResponse:
    return await phone.post("/mo/xem", {"ticket": ticket})


async def send(phone: Browser, ticket: str, id_: str = "photo-number-1", data: bytes = JPEG) -> ClientResponse:
    form = FormData(quote_fields=False)
    form.add_field("file", io.BytesIO(data), filename="ảnh.jpg")
    return await phone.post(f"/mo/tep?id={id_}", data=form, headers={HEADER: ticket})


async def pick(phone: Browser, ticket: str, *picks: str, id_: str = "choice-number-1") -> ClientResponse:
    return await phone.post("/mo/chon", {"ticket": ticket, "id": id_, "picks": list(picks)})


async def test_photos_go_into_the_open_question(zalo: ZaloHouse, phone: Browser) -> None:
    """They arrive where they were asked for, are kept, and the receipt comes in Zalo; there the talk goes on."""
    link = await zalo.at_the_photos()
    ticket = ticket_of(link)
    assert link.startswith(f"{zalo.base}/mo?lang=vi#")
    asked = await (await look(phone, ticket)).json()
    assert (asked["purpose"], asked["most"], asked["have"]) == ("files", 3, 0)
    assert "ảnh" in asked["text"]
    for number in (1, 2):
        answer = await send(phone, ticket, f"photo-number-{number}")
        assert (answer.status, (await answer.json())["have"]) == (200, number)
    await zalo.chair.hears("Đã nhận 2 ảnh")
    assert "Ảnh: 2" in await zalo.says("1")
    await zalo.says("1")  # at the summary
    (report,) = await zalo.web.reports()
    assert len(report.answers["photo"]) == 2

    async def kept() -> bool:
        async with zalo.web.store.reading() as reads:
            files = await reads.files_by_id(report.answers["photo"])
        return {file.state for file in files} == {"kept"}

    await until(kept)


async def test_a_photo_sent_again_counts_once(zalo: ZaloHouse, phone: Browser) -> None:
    """The page never heard that it was taken: it sends it again under the same id."""
    ticket = ticket_of(await zalo.at_the_photos())
    for _try in range(3):
        answer = await send(phone, ticket)
        assert (answer.status, (await answer.json())["have"]) == (200, 1)


async def test_the_link_of_an_answered_question_is_over(zalo: ZaloHouse, phone: Browser) -> None:
    """What comes late goes nowhere: not into the next question, not into another report."""
    ticket = ticket_of(await zalo.at_the_photos())
    await zalo.says("0")
    for answer in (await look(phone, ticket), await send(phone, ticket)):
        assert (answer.status, await answer.text()) == (410, "done")
    assert "Ảnh: 1" not in await zalo.says("0")


async def test_the_link_of_a_logged_out_chat_is_over(zalo: ZaloHouse, phone: Browser) -> None:
    """Whoever is no longer linked sends nothing by an old link."""
    ticket = ticket_of(await zalo.at_the_photos())
    await zalo.web.write(AddressState(Address("zalo", zalo.chair.chat), "unlinked"))
    assert (await send(phone, ticket)).status == 410


async def test_a_link_for_files_does_nothing_else(zalo: ZaloHouse, phone: Browser) -> None:
    """It opens no session, reads no conversation, says nothing and picks nothing."""
    link = await zalo.at_the_photos()
    ticket = ticket_of(link)
    assert (await pick(phone, ticket, "anything")).status == 410
    assert (await phone.say("menu")).status == 401
    assert (await phone.get("/chat/lines")).status == 401
    page = await phone.get(link.removeprefix(zalo.base).partition("#")[0])
    assert (page.status, page.cookies) == (200, {})


async def test_a_link_is_over_after_half_an_hour(zalo: ZaloHouse, phone: Browser) -> None:
    """Then a new one is asked for in the chat."""
    ticket = read(ticket_of(await zalo.at_the_photos()))
    assert timedelta(minutes=29) < ticket.until - utc_now() <= LIFE
    old = Ticket(ticket.purpose, ticket.address, ticket.draft, ticket.step, utc_now() - timedelta(seconds=1))
    answer = await send(phone, zalo.web.page._desk.sessions.ticket(old))
    assert (answer.status, await answer.text()) == (410, "over")


async def test_nobody_can_make_a_link_up(zalo: ZaloHouse, phone: Browser) -> None:
    """Another chat, another question, no signature, a piece cut off: nothing of it opens anything."""
    given = ticket_of(await zalo.at_the_photos())
    told, _dot, mark = given.partition(".")
    other = json.loads(base64.urlsafe_b64decode(told + "=" * (-len(told) % 4)))
    other[2] = "another chat"
    made_up = base64.urlsafe_b64encode(json.dumps(other).encode()).decode().rstrip("=")
    for ticket in (f"{made_up}.{mark}", given[:-1], told, "", "x.y", "ô.ô"):
        answer = await look(phone, ticket)
        assert (answer.status, await answer.text()) == (410, "foreign")


async def test_several_are_picked_from_a_long_list(zalo: ZaloHouse, phone: Browser) -> None:
    """All choices of all screens stand on one page; what is picked is the answer, and the link is over."""
    text = await zalo.says("tuyen truyen", "hom qua")
    assert len(text.encode("utf-16-le")) // 2 <= LIMITS
    ticket = ticket_of(text.split("/mo", 1)[1].split("\n")[0])
    asked = await (await look(phone, ticket)).json()
    assert asked["several"]
    assert len(asked["choices"]) > 12
    chosen = [asked["choices"][number]["data"] for number in (0, 12)]
    answer = await pick(phone, ticket, *chosen)
    assert (answer.status, (await answer.json())["picked"]) == (
        200,
        ", ".join(asked["choices"][number]["label"] for number in (0, 12)),
    )
    await zalo.chair.hears("Về nội dung gì")
    assert (await pick(phone, ticket, *chosen)).status == 410
    assert (await look(phone, ticket)).status == 410


@pytest.mark.parametrize("picks", [[], ["t:draft:forms:nothing"], ["/xuat"], "text", [1]])
async def test_only_what_is_offered_can_be_picked(zalo: ZaloHouse, phone: Browser, picks: Any) -> None:
    """A page sends what it was given; anything else is refused."""
    ticket = ticket_of(await zalo.at_a_long_list())
    answer = await phone.post("/mo/chon", {"ticket": ticket, "id": "choice-number-1", "picks": picks})
    assert answer.status == 400


async def test_what_is_no_photo_or_document_is_refused(zalo: ZaloHouse, phone: Browser) -> None:
    """The type is told from the content; nothing of it is kept."""
    ticket = ticket_of(await zalo.at_the_photos())
    assert (await send(phone, ticket, data=b"<html><script>alert(1)</script>")).status == 415
    assert (await send(phone, ticket, data=JPEG + b"x" * (1024 * 1024))).status == 413
    assert (await (await look(phone, ticket)).json())["have"] == 0


def test_a_link_is_read_as_it_was_written() -> None:
    """Nothing is lost on the way."""
    sessions = Sessions("a secret", 90, utc_now)
    ticket = Ticket(Purpose.PICK, Address("zalo", "7"), "id1", "forms", utc_now().replace(microsecond=0))
    assert sessions.ticket_of(sessions.ticket(ticket)) == ticket


def read(text: str) -> Ticket:
    ticket = Sessions("a-secret-of-the-tests", 90, utc_now).ticket_of(text)
    assert ticket is not None
    return ticket


async def test_the_page_is_no_use_of_the_chat(zalo: ZaloHouse, phone: Browser) -> None:
    """Whoever sends a photo by the page has not written in the messenger, whose free days run from that."""
    ticket = ticket_of(await zalo.at_the_photos())

    async with zalo.web.store.batch() as batch:
        before = await batch.run(_last_used, zalo.chair.chat)
    await send(phone, ticket)
    async with zalo.web.store.batch() as batch:
        assert await batch.run(_last_used, zalo.chair.chat) == before


def _last_used(connection: Connection, chat: str) -> Any:
    return connection.execute(select(addresses.c.last_used).where(addresses.c.chat == chat)).scalar_one()
