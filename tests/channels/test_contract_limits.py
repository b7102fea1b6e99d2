"""The same table of cases, where it goes wrong: lengths, choices, repeats, failures, secrets."""

from __future__ import annotations

import asyncio
import logging
import re
from pathlib import Path

import pytest

from bot.channels.draw import draw_choice, utf16
from bot.messages import Arrival, Attachment, Button, Later, Message, Refused, SendFailure, Uncertain
from bot.ports import StoreBusy
from tests.channels.conftest import Inbox, running
from tests.channels.phones import (
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


# --- lengths ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("letter", ["ồ", "👍"], ids=["one unit", "two units"])
@pytest.mark.parametrize("over", [-1, 0, 1, 2500])
async def test_no_part_is_longer_than_the_channel_carries(phone: Phone, letter: str, over: int) -> None:
    """Measured as messengers do, in UTF-16 units; nothing is lost, an emoji is never halved."""
    most = min(phone.channel.facts.max_text, 5000)
    text = letter * ((most + over) // utf16(letter))
    await phone.channel.send(phone.chat, Message(text))
    shown = phone.shown()
    assert all(utf16(part) <= phone.channel.facts.max_text for part in shown)
    assert re.sub(r"\s|\(\d/\d\)", "", "".join(shown)) == text
    fits = utf16(text) <= phone.channel.facts.max_text
    assert (len(shown) == 1) is fits


async def test_a_sentence_is_not_cut_where_it_need_not_be(phone: Phone) -> None:
    """Parts end with a full stop, and the words come in their order."""
    sentences = [f"Câu số {number} của thông báo." for number in range(300)]
    await phone.channel.send(phone.chat, Message(" ".join(sentences)))
    parts = [re.sub(r"\s*\(\d/\d\)\s*", "", part) for part in phone.shown()]
    assert all(part.endswith(".") for part in parts)
    assert " ".join(parts) == " ".join(sentences)


# --- choices ----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("count", [1, 5, 6, 12])
async def test_every_choice_is_shown_with_what_is_typed(phone: Phone, count: int) -> None:
    """However many there are, and with labels that are no row."""
    buttons = tuple(Button(f"Việc dài dài của công đoàn số {n}", f"d{n}", str(n)) for n in range(1, count + 1))
    await phone.channel.send(phone.chat, Message("Chọn", buttons=buttons))
    assert all(draw_choice(button) in phone.shown()[0] for button in buttons)


async def test_a_choice_without_a_key_is_shown_by_its_label(phone: Phone) -> None:
    """It is pressed, or typed as it stands there."""
    await phone.channel.send(phone.chat, Message("Xong", buttons=(Button("Báo cáo ngay", "/baocao"),)))
    assert "Báo cáo ngay" in phone.shown()[0]


async def test_a_digit_typed_long_after_is_only_a_digit(phone: Phone, inbox: Inbox) -> None:
    """What a number means is not the channel's business: a stale one is handed over as it was typed."""
    async with running(phone.channel, inbox):
        await phone.channel.send(phone.chat, Message("Câu 1", buttons=CHOICES))
        await phone.channel.send(phone.chat, Message("Hết câu hỏi."))
        await phone.type("2")
        (heard,) = await inbox.has(1)
    assert (heard.what, heard.text) == (Arrival.TEXT, "2")


# --- duplicates and order ---------------------------------------------------------------------------------------------


async def test_a_message_brought_twice_has_one_id(networked: Phone, inbox: Inbox) -> None:
    """By it a repeat is known, whatever was typed; equal texts are not repeats."""
    async with running(networked.channel, inbox):
        await networked.type_twice("1")
        first, second = (await inbox.has(2))[:2]
    assert (first.id, first.text) == (second.id, "1")


async def test_several_messages_come_in_their_order(phone: Phone, inbox: Inbox) -> None:
    """Also when the first of them was refused for a while."""
    inbox.refusals = [StoreBusy("locked")]
    async with running(phone.channel, inbox):
        for text in ("một", "hai", "ba"):
            await phone.type(text)
        heard = await inbox.has(3)
    assert [incoming.text for incoming in heard] == ["một", "hai", "ba"]


async def test_two_messages_at_once_both_arrive(messenger: Phone) -> None:
    """Each once."""
    await asyncio.gather(*(messenger.channel.send(messenger.chat, Message(text)) for text in ("một", "hai")))
    assert sorted(messenger.shown()) == ["hai", "một"]


# --- failures ---------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("what", "failure"), [("quota", Later), ("passing", Later), ("refused", Refused)])
async def test_a_failure_says_what_to_do(messenger: Phone, what: str, failure: type[SendFailure]) -> None:
    """It never passes as sent, and the next message goes through."""
    messenger.fail(what)
    with pytest.raises(failure):
        await messenger.channel.send(messenger.chat, Message("Chào"))
    assert messenger.shown() == []
    await messenger.channel.send(messenger.chat, Message("Chào lại"))
    assert messenger.shown() == ["Chào lại"]


async def test_a_used_up_quota_halts_the_whole_channel(messenger: Phone) -> None:
    """What waits is kept for everybody: asking on would only make it worse."""
    messenger.fail("quota")
    with pytest.raises(Later) as failed:
        await messenger.channel.send(messenger.chat, Message("Chào"))
    assert failed.value.halts


async def test_a_call_that_breaks_off_is_uncertain(breaking: Phone) -> None:
    """It may have arrived, so it is named apart from what surely did not."""
    breaking.fail("unsure")
    with pytest.raises(Uncertain):
        await breaking.channel.send(breaking.chat, Message("Chào"))
    assert breaking.shown() == ["Chào"]


# --- files, secrets, facts --------------------------------------------------------------------------------------------


async def test_two_files_of_ours_are_both_named(phone: Phone, tmp_path: Path) -> None:
    """None is dropped for another, and the words stand once."""
    files = []
    for name in ("Biểu 1.xlsx", "Biểu 2.docx"):
        (tmp_path / name).write_bytes(b"PK")
        files.append(Attachment(str(tmp_path / name), name))
    await phone.channel.send(phone.chat, Message("Đây ạ", attachments=tuple(files)))
    shown = "\n".join(phone.shown())
    assert all(file.name in shown for file in files)
    assert shown.count("Đây ạ") == 1


async def test_no_secret_gets_out(messenger: Phone, inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    """Not in a log, a failure, or what the channel tells of itself."""
    messenger.fail("quota")
    with caplog.at_level(logging.DEBUG):
        async with running(messenger.channel, inbox):
            await messenger.type("Chào")
            await inbox.has(1)
            with pytest.raises(Later) as failed:
                await messenger.channel.send(messenger.chat, Message("Chào"))
    told = caplog.text + str(failed.value) + repr(messenger.channel) + messenger.channel.trouble
    assert messenger.secrets()
    assert not [secret for secret in messenger.secrets() if secret in told]


async def test_what_people_write_is_in_no_log(phone: Phone, inbox: Inbox, caplog: pytest.LogCaptureFixture) -> None:
    """Logs are for whoever keeps the program running."""
    with caplog.at_level(logging.DEBUG, logger="bot"):
        async with running(phone.channel, inbox):
            await phone.type("Tôi bị chậm lương ba tháng")
            await inbox.has(1)
        await phone.channel.send(phone.chat, Message("Cảm ơn anh Páo đã kể"))
    assert "chậm lương" not in caplog.text
    assert "anh Páo" not in caplog.text


def test_a_channel_says_what_it_can_do(phone: Phone) -> None:
    """Limits that can be kept, and a link that leads here, with the code wherever a link can hold one; or none."""
    facts = phone.channel.facts
    assert min(facts.max_text, facts.pace, facts.pace_chat, facts.max_file) > 0
    link = phone.channel.link("CODE-1")
    assert link in {"", "https://zalo.me/5577"} or "CODE-1" in link
    assert phone.channel.trouble == ""
