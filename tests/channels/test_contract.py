"""One table of cases that every channel passes."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Awaitable, Callable
from functools import partial
from pathlib import Path
from typing import Protocol, cast

import pytest
from aiohttp import ClientResponse, FormData, web
from aiohttp.test_utils import TestClient, TestServer
from click import unstyle

from bot.channels.console import ConsoleChannel
from bot.channels.draw import draw_choice
from bot.channels.telegram import TelegramChannel
from bot.channels.web import Site, WebChannel
from bot.channels.web.drawing import Drawing
from bot.channels.zalo import ZaloChannel
from bot.channels.zalo_oa import ZaloOaChannel
from bot.cli.wiring import LOCALES
from bot.effects import LinkAddress, NewPerson, Speak
from bot.i18n import load_catalogues
from bot.jobs.sniff import type_of
from bot.messages import Address, Arrival, Attachment, Button, Gone, Message, Outgoing, Refused
from bot.ports import Channel, Line, StoreBusy
from bot.records import Person
from storage.migrate import migrate
from storage.store import SqlStore
from tests.channels.conftest import Inbox, clock, running
from tests.channels.official import Watch, kept_in, official
from tests.fake_telegram import FakeTelegram, FakeUser
from tests.fake_telegram.users import JPEG
from tests.fake_zalo import FakeOa, FakeZalo, OaUser, ZaloUser

AWKWARD = "Lương < 5 triệu & phụ cấp > 0: *in đậm* _nghiêng_ `mã` <b>[x](y)</b> \"'&amp; 👍🏽"
CHOICES = (Button("Gửi", "send", "1"), Button("Sửa", "fix", "2"), Button("Bỏ qua", "skip", "BOQUA"))


class Phone(Protocol):
    """The person's side of a channel."""

    @property
    def channel(self) -> Channel: ...

    @property
    def chat(self) -> str: ...

    async def type(self, text: str) -> None: ...

    async def send_photos(self, count: int) -> None: ...

    def shown(self) -> list[str]: ...


class TelegramPhone:
    def __init__(self, channel: TelegramChannel, chair: FakeUser) -> None:
        self.channel, self.chair, self.chat = channel, chair, str(chair.chat.id)

    async def type(self, text: str) -> None:
        await self.chair.send(text)

    async def send_photos(self, count: int) -> None:
        await (self.chair.album(count) if count > 1 else self.chair.photo())

    def shown(self) -> list[str]:
        return [
            "\n".join(part for part in (m.text, "  ".join(b.label for b in m.buttons), m.file) if part)
            for m in self.chair.inbox
        ]


class ZaloPhone:
    def __init__(self, channel: ZaloChannel, user: ZaloUser) -> None:
        self.channel, self.user, self.chat = channel, user, user.chat
        user.wrote = True

    async def type(self, text: str) -> None:
        await self.user.send(text)

    async def send_photos(self, count: int) -> None:
        for _ in range(count):
            await self.user.photo(JPEG)

    def shown(self) -> list[str]:
        return self.user.inbox


class OaPhone:
    def __init__(self, channel: ZaloOaChannel, user: OaUser) -> None:
        self.channel, self.user, self.chat = channel, user, user.chat
        user.acted = clock()

    async def _until_taken(self, send: Callable[[], Awaitable[list[int]]]) -> None:
        for _try in range(1000):  # Zalo calls again
            if await send() == [200]:
                return
        raise AssertionError("it was never taken")

    async def type(self, text: str) -> None:
        event = self.user.event("user_send_text", text=text)
        await self._until_taken(lambda: self.user.fake.bring(event))

    async def send_photos(self, count: int) -> None:
        for _ in range(count):
            await self._until_taken(lambda: self.user.file(JPEG))

    def shown(self) -> list[str]:
        return self.user.inbox


class Terminal:
    def __init__(self, folder: Path) -> None:
        self.folder, self.chat = folder, "chair"
        self.lines: asyncio.Queue[str] = asyncio.Queue()
        self.written: list[str] = []
        self.channel = ConsoleChannel(self.chat, self._typed(), self.written.append, clock)

    async def _typed(self) -> AsyncIterator[str]:
        while True:
            yield await self.lines.get()

    async def type(self, text: str) -> None:
        await self.lines.put(text)

    async def send_photos(self, count: int) -> None:
        paths = [self.folder / f"{number}.jpg" for number in range(count)]
        for path in paths:
            path.write_bytes(JPEG)
        await self.lines.put(" ".join(f"@{path}" for path in paths))

    def shown(self) -> list[str]:
        return ["\n".join(line.removeprefix("│ ") for line in unstyle(text).splitlines()) for text in self.written]


class Written(WebChannel):
    """The web chat with an outbox before it: it shows what the store holds, so there every message is written first."""

    def __init__(self, site: Site, store: SqlStore) -> None:
        super().__init__(site, store, clock)
        self.store = store
        self.shown: list[str] = []

    async def send(self, chat: str, message: Message) -> str:
        address = Address(self.name, chat)
        out = Outgoing(f"row {len(self.shown)}", address, message)
        async with self.store.batch() as batch:
            (claim,) = await batch.write([Speak(out)])
        sent = await super().send(chat, message)
        async with self.store.reading() as reads:
            line = await reads.line(address, f"s{claim.id}")
        assert line is not None
        self.shown.append(self._drawn(line))
        return sent

    def _drawn(self, line: Line) -> str:
        """Write out what the page is given."""
        (drawn,) = Drawing(self._desk.sessions, CHAT).lines([line])
        buttons = "  ".join(draw_choice(Button(**one)).removeprefix("[BOQUA] ") for one in drawn.get("buttons", []))
        names = [file["name"] for file in drawn.get("files", [])]
        return "\n".join(part for part in (drawn.get("title"), drawn["text"], buttons, *names) if part)


CHAT = "a-chat-of-the-web-page"


class Page:
    """A page of the web chat: it sends again, under the same id, what was not taken."""

    def __init__(self, channel: Written, client: TestClient[web.Request, web.Application]) -> None:
        self.channel, self.client, self.chat, self.number = channel, client, CHAT, 0
        self.headers = {"Origin": str(client.make_url("")).rstrip("/")}

    async def _until_taken(self, send: Callable[[], Awaitable[ClientResponse]]) -> None:
        for _try in range(1000):
            if (await send()).status != 503:
                return
            await asyncio.sleep(0)
        raise AssertionError("it was never taken")

    async def type(self, text: str) -> None:
        self.number += 1
        body = {"id": f"message-{self.number}", "text": text}
        await self._until_taken(lambda: self.client.post("/chat/say", json=body, headers=self.headers))

    async def send_photos(self, count: int) -> None:
        album = "&album=an-album-1" if count > 1 else ""
        for number in range(count):
            await self._until_taken(partial(self._photo, f"id=photo-number-{number}{album}"))

    async def _photo(self, query: str) -> ClientResponse:
        form = FormData()
        form.add_field("file", JPEG, filename="a.jpg")
        return await self.client.post(f"/chat/files?{query}", data=form, headers=self.headers)

    def shown(self) -> list[str]:
        return self.channel.shown


@pytest.fixture
async def page(tmp_path: Path) -> AsyncIterator[Page]:
    url = f"sqlite+aiosqlite:///{tmp_path}/web.db"
    await migrate(url)
    store = await SqlStore.open(url, clock)
    async with store.batch() as batch:
        person = Person("p", "Páo")
        await batch.write([NewPerson(person), LinkAddress(Address("web", CHAT), person.id, clock())])
    site = Site("a secret", tmp_path / "uploads", tmp_path / "kept", load_catalogues(LOCALES), type_of)
    channel = Written(site, store)
    app = web.Application()
    channel.mount(app)
    async with TestClient(TestServer(app), cookies=[("session", channel._desk.sessions.cookie(CHAT))]) as client:
        yield Page(channel, client)
    await store.close()


@pytest.fixture
def telegram_phone(telegram: TelegramChannel, fake: FakeTelegram) -> Phone:
    return TelegramPhone(telegram, fake.user(7))


@pytest.fixture
def console_phone(tmp_path: Path) -> Phone:
    return Terminal(tmp_path)


@pytest.fixture
def web_phone(page: Page) -> Phone:
    return page


@pytest.fixture
def zalo_phone(zalo: ZaloChannel, fake_zalo: FakeZalo) -> Phone:
    return ZaloPhone(zalo, fake_zalo.user())


@pytest.fixture
async def zalo_oa_phone(tmp_path: Path, inbox: Inbox) -> AsyncIterator[Phone]:
    watch = Watch()
    async with (
        FakeOa(watch) as fake,
        kept_in(tmp_path) as store,
        official(fake, store, inbox, watch) as channel,
    ):
        yield OaPhone(channel, fake.user())


CHANNELS = ("telegram", "console", "web", "zalo", "zalo_oa")


@pytest.fixture(params=CHANNELS)
def phone(request: pytest.FixtureRequest) -> Phone:
    """Each channel in turn, and only that one."""
    return cast(Phone, request.getfixturevalue(f"{request.param}_phone"))


@pytest.mark.parametrize("text", [AWKWARD, "1", "1 3", "0", "/start ABC-123", "x" * 4000])
async def test_what_is_typed_arrives_as_it_was_typed(phone: Phone, inbox: Inbox, text: str) -> None:
    """Digits, commands and awkward characters are all plain text."""
    async with running(phone.channel, inbox):
        await phone.type(text)
        (heard,) = await inbox.has(1)
    assert (heard.what, heard.text) == (Arrival.TEXT, text)
    assert (heard.address.channel, heard.address.chat) == (phone.channel.name, phone.chat)
    assert heard.at == clock()
    assert heard.private
    assert heard.message_id


async def test_every_message_has_its_own_id(phone: Phone, inbox: Inbox) -> None:
    """The same words typed twice are two messages."""
    async with running(phone.channel, inbox):
        for _ in range(3):
            await phone.type("1")
        heard = await inbox.has(3)
    assert len({incoming.id for incoming in heard}) == 3


async def test_what_was_not_taken_comes_again(phone: Phone, inbox: Inbox) -> None:
    """A batch that the inbox could not commit is offered until it can."""
    inbox.refusals = [StoreBusy("locked"), StoreBusy("locked")]
    async with running(phone.channel, inbox):
        await phone.type("12 người")
        (heard,) = await inbox.has(1)
    assert [batch[0].id for batch in inbox.batches] == [heard.id] * 3


@pytest.mark.parametrize("text", [AWKWARD, "Một dòng\n\nĐoạn hai\n  thụt vào", "ồ" * 2000])
async def test_what_is_said_is_shown_as_it_is(phone: Phone, text: str) -> None:
    """Nothing in a text is taken for markup."""
    await phone.channel.send(phone.chat, Message(text))
    assert phone.shown() == [text]


async def test_a_title_stands_first(phone: Phone) -> None:
    """A title is a line of its own, awkward characters included."""
    await phone.channel.send(phone.chat, Message("Chữ", title="Kỳ <11> & 12"))
    assert phone.shown() == ["Kỳ <11> & 12\nChữ"]


async def test_a_text_beyond_the_limit_arrives_whole(phone: Phone) -> None:
    """What does not fit into one message comes in several that say which they are, the choices under the last."""
    paragraphs = [f"Đoạn {number}: " + "dài " * 200 for number in range(20)]
    await phone.channel.send(phone.chat, Message("\n\n".join(paragraphs), title="Tổng hợp", buttons=CHOICES))
    parts = phone.shown()
    numbers = [f"({number}/{len(parts)})" for number in range(1, len(parts) + 1)] if len(parts) > 1 else [""]
    assert [part.startswith(number) for part, number in zip(parts, numbers, strict=True)] == [True] * len(parts)
    shown = "\n\n".join(part.removeprefix(number) for part, number in zip(parts, numbers, strict=True))
    assert shown.split() == [
        "Tổng",
        "hợp",
        *"\n\n".join(paragraphs).split(),
        *_drawn(phone).split(),
    ]
    assert _drawn(phone) in phone.shown()[-1]


async def test_choices_show_their_digits(phone: Phone) -> None:
    """Whoever cannot press can type: the digit stands before the label."""
    await phone.channel.send(phone.chat, Message("Gửi chưa?", buttons=CHOICES))
    assert phone.shown() == [f"Gửi chưa?\n{_drawn(phone)}"]


def _drawn(phone: Phone) -> str:
    return "1. Gửi  2. Sửa  Bỏ qua" if phone.channel.facts.buttons else "1. Gửi  2. Sửa\n[BOQUA] Bỏ qua"


async def test_messages_sent_have_ids(phone: Phone) -> None:
    """Each message can be named later."""
    ids = [await phone.channel.send(phone.chat, Message("Chào")) for _ in range(3)]
    assert all(ids)
    assert len(set(ids)) == 3


async def test_an_edit_shows_the_new_wording(phone: Phone) -> None:
    """Where a channel cannot edit, the new wording is said anew."""
    first = await phone.channel.send(phone.chat, Message("Câu 1", buttons=CHOICES))
    again = await phone.channel.send(phone.chat, Message("Câu 2", buttons=CHOICES, edits=first))
    assert phone.shown()[-1].startswith("Câu 2\n1. Gửi")
    assert (again == first) == phone.channel.facts.edits


async def test_a_photo_can_be_fetched(phone: Phone, inbox: Inbox) -> None:
    """A photo comes with what is needed to bring it."""
    async with running(phone.channel, inbox):
        await phone.send_photos(1)
        (heard,) = await inbox.has(1)
    (ref,) = heard.files
    assert (heard.what, ref.kind, ref.mime, heard.album) == (Arrival.FILES, "photo", "image/jpeg", "")
    assert ref.size in {None, len(JPEG)}
    assert await phone.channel.fetch(ref.remote, len(JPEG)) == JPEG


async def test_photos_sent_together_share_an_album(phone: Phone, inbox: Inbox) -> None:
    """Each photo of an album is one Incoming of its own; Zalo does not tell what was sent together."""
    async with running(phone.channel, inbox):
        await phone.send_photos(3)
        heard = await inbox.has(3)
    assert [len(incoming.files) for incoming in heard] == [1, 1, 1]
    assert len({incoming.album for incoming in heard} - {""}) == (not phone.channel.name.startswith("zalo"))
    assert len({incoming.id for incoming in heard}) == 3


async def test_a_file_beyond_the_limit_is_refused(phone: Phone, inbox: Inbox) -> None:
    """No more is kept in memory than was asked for."""
    async with running(phone.channel, inbox):
        await phone.send_photos(1)
        (heard,) = await inbox.has(1)
    with pytest.raises(Refused, match="larger"):
        await phone.channel.fetch(heard.files[0].remote, len(JPEG) - 1)


async def test_a_file_that_is_gone_is_refused(phone: Phone) -> None:
    """There is no use in trying again."""
    with pytest.raises(Refused):
        await phone.channel.fetch("no-such-file", 1000)


async def test_a_file_of_ours_is_shown_with_its_name(phone: Phone, tmp_path: Path) -> None:
    """Vietnamese file names arrive as they are."""
    path = tmp_path / "x.xlsx"
    path.write_bytes(b"PK")
    name = "Báo cáo tháng 11.xlsx"
    await phone.channel.send(phone.chat, Message("Đây ạ", attachments=(Attachment(str(path), name),)))
    assert phone.shown()[0].startswith("Đây ạ\n")
    assert name in phone.shown()[0]


async def test_a_chat_that_does_not_exist_is_no_success(phone: Phone) -> None:
    """Writing to nobody is a failure with a name."""
    with pytest.raises((Gone, Refused)):
        await phone.channel.send("99", Message("Có ai không?"))
