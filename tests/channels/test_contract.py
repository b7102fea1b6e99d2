"""One table of cases that every channel passes."""

from __future__ import annotations

from pathlib import Path

import pytest

from bot.messages import Arrival, Attachment, Gone, Message, Refused
from bot.ports import StoreBusy
from tests.channels.conftest import Inbox, clock, running
from tests.channels.phones import (
    AWKWARD,
    CHOICES,
    Phone,
    breaking,
    console_phone,
    messenger,
    networked,
    page,
    phone,
    telegram_phone,
    web_phone,
    zalo_oa_phone,
    zalo_phone,
)
from tests.fake_telegram.users import JPEG

__all__ = [
    "breaking",
    "console_phone",
    "messenger",
    "networked",
    "page",
    "phone",
    "telegram_phone",
    "web_phone",
    "zalo_oa_phone",
    "zalo_phone",
]


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
