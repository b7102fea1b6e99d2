"""How messages go out to Telegram, and what its refusals mean."""

from __future__ import annotations

import asyncio
import socket
import traceback
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.channels.telegram import TelegramChannel
from bot.channels.telegram_api import TelegramAccount
from bot.channels.telegram_text import keyboard
from bot.messages import Attachment, Button, Gone, Later, Message, Moved, Refused, SendFailure, Uncertain
from tests.channels.conftest import account, clock
from tests.fake_telegram import FakeTelegram, FakeUser
from tests.fake_telegram.users import JPEG

CHOICES = (Button("Gửi", "send", "1"), Button("Sửa", "fix", "2"), Button("Để sau", "later", "3"))


@pytest.fixture
def chair(fake: FakeTelegram) -> FakeUser:
    return fake.user(7)


@pytest.fixture
async def hasty(fake: FakeTelegram) -> AsyncIterator[TelegramChannel]:
    """A channel that does not wait long for answers."""
    channel = TelegramChannel(account(fake, patience=0.2), clock)
    await channel.start()
    yield channel
    await channel.close()


async def test_the_title_is_bold_and_previews_are_off(
    fake: FakeTelegram, telegram: TelegramChannel, chair: FakeUser
) -> None:
    """Only the title is markup, everything else is escaped."""
    await telegram.send("7", Message("a < b & c", title="Tháng <11>"))
    assert chair.inbox[0].html == "<b>Tháng &lt;11&gt;</b>\na &lt; b &amp; c"
    assert fake.called("sendMessage")[0].params["link_preview_options"] == {"is_disabled": True}


@pytest.mark.parametrize(
    ("labels", "widths"),
    [
        (["Gửi", "Sửa", "Để sau"], [3]),
        (["Gửi", "Sửa", "Để sau", "Hủy"], [3, 1]),
        (["Tuyển đoàn", "Đối thoại", "Khác"], [2, 1]),
        (["Tuyên truyền, vận động", "Khác"], [1, 1]),
    ],
)
def test_short_labels_stand_side_by_side(labels: list[str], widths: list[int]) -> None:
    """Long ones have a row each, for a phone is narrow."""
    buttons = [Button(label, label[:9], str(number)) for number, label in enumerate(labels, 1)]
    assert [len(row) for row in keyboard(buttons)] == widths


async def test_a_long_text_is_cut_between_paragraphs_with_the_buttons_last(
    telegram: TelegramChannel, chair: FakeUser
) -> None:
    """The limit counts what is shown, not the escapes; each part says which one it is."""
    paragraphs = ["&" * 3000, "<" * 3000, "đoạn cuối"]
    last = await telegram.send("7", Message("\n\n".join(paragraphs), buttons=CHOICES))
    assert [received.text for received in chair.inbox] == [
        f"(1/2)\n{paragraphs[0]}",
        "(2/2)\n" + "\n\n".join(paragraphs[1:]),
    ]
    assert [len(received.buttons) for received in chair.inbox] == [0, 3]
    assert last == str(chair.inbox[-1].message_id)


async def test_a_message_put_off_half_way_goes_on_where_it_stopped(
    fake: FakeTelegram, telegram: TelegramChannel, chair: FakeUser
) -> None:
    """Nobody reads the first part twice; the same words later are said in full again."""
    message = Message("a" * 4000 + "\n\n" + "b" * 4000)
    fake.next_send_fails("slow", times=1)
    fake.release()
    fake.next_send_fails(429, retry_after=1)
    with pytest.raises(Later):
        await telegram.send("7", message)
    await telegram.send("7", message)
    assert [received.text.split()[1][0] for received in chair.inbox] == ["a", "b"]
    await telegram.send("7", message)
    assert [received.text.split()[1][0] for received in chair.inbox] == ["a", "b", "a", "b"]


async def test_an_edit_changes_the_message_and_its_buttons(telegram: TelegramChannel, chair: FakeUser) -> None:
    """The same id, a new look; without buttons they go."""
    first = await telegram.send("7", Message("Câu 1", buttons=CHOICES))
    assert await telegram.send("7", Message("Câu 2", edits=first)) == first
    assert [(shown.text, shown.buttons) for shown in chair.screen] == [("Câu 2", ())]


async def test_an_edit_that_changes_nothing_counts_as_sent(telegram: TelegramChannel, chair: FakeUser) -> None:
    """Telegram's refusal says that the chat shows it already."""
    first = await telegram.send("7", Message("Câu 1", buttons=CHOICES))
    assert await telegram.send("7", Message("Câu 1", buttons=CHOICES, edits=first)) == first
    assert len(chair.inbox) == 1


async def test_what_cannot_be_edited_is_said_anew(telegram: TelegramChannel, chair: FakeUser, tmp_path: Path) -> None:
    """A message that is gone, somebody else's, or a photo."""
    path = tmp_path / "a.png"
    path.write_bytes(b"png")
    photo = await telegram.send("7", Message("Ảnh", attachments=(Attachment(str(path), "a.png", "photo"),)))
    for old in ("5", str(await chair.send("của tôi")), photo):
        assert await telegram.send("7", Message("Mới", edits=old)) not in {"5", old}
    assert [received.text for received in chair.inbox[1:]] == ["Mới"] * 3


async def test_a_file_carries_its_text_and_buttons(telegram: TelegramChannel, chair: FakeUser, tmp_path: Path) -> None:
    """One call where it fits: half of it cannot get lost."""
    path = tmp_path / "bao-cao.xlsx"
    path.write_bytes(b"PK\x03\x04")
    file = Attachment(str(path), "Báo cáo quý IV.xlsx")
    await telegram.send("7", Message("Tháng <11>", "Xuất", CHOICES, (file,)))
    (received,) = chair.inbox
    assert (received.file, received.content) == ("Báo cáo quý IV.xlsx", b"PK\x03\x04")
    assert (received.html, len(received.buttons)) == ("<b>Xuất</b>\nTháng &lt;11&gt;", 3)


async def test_a_text_too_long_for_a_caption_goes_before_its_files(
    telegram: TelegramChannel, chair: FakeUser, tmp_path: Path
) -> None:
    """Captions hold less than messages; several files follow each other."""
    path = tmp_path / "x.pdf"
    path.write_bytes(b"%PDF")
    files = (Attachment(str(path), "1.pdf"), Attachment(str(path), "2.pdf"))
    await telegram.send("7", Message("dài " * 400, attachments=files, buttons=CHOICES))
    assert [received.file for received in chair.inbox] == ["", "1.pdf", "2.pdf"]
    assert [len(received.buttons) for received in chair.inbox] == [0, 0, 3]


async def test_a_file_of_ours_that_is_missing_is_refused(telegram: TelegramChannel, chair: FakeUser) -> None:
    """Trying again would not bring it back."""
    with pytest.raises(Refused, match=r"a\.pdf"):
        await telegram.send("7", Message("", attachments=(Attachment("/nowhere/a.pdf", "a.pdf"),)))


async def _failure(channel: TelegramChannel, message: Message | None = None) -> SendFailure:
    with pytest.raises(SendFailure) as caught:
        await channel.send("7", message or Message("Chào"))
    trace = "".join(traceback.format_exception(caught.value))
    assert "AAF4k3" not in trace  # the token
    return caught.value


async def test_too_many_requests_halt_the_channel(
    fake: FakeTelegram, telegram: TelegramChannel, chair: FakeUser
) -> None:
    """For as long as Telegram says."""
    fake.next_send_fails(429, retry_after=17)
    failure = await _failure(telegram)
    assert isinstance(failure, Later)
    assert (failure.after, failure.halts) == (17, True)


@pytest.mark.parametrize(
    ("what", "description", "kind"),
    [
        (500, "", Later),
        (502, "", Later),
        (401, "", Later),
        (404, "", Later),
        (403, "", Gone),
        (403, "Forbidden: user is deactivated", Gone),
        (403, "Forbidden: bot can't initiate conversation with a user", Gone),
        (400, "Bad Request: chat not found", Gone),
        (400, "Bad Request: PEER_ID_INVALID", Gone),
        (400, "Bad Request: BUTTON_DATA_INVALID", Refused),
        (400, "Bad Request: not enough rights to send text messages to the chat", Refused),
        (413, "Request Entity Too Large", Refused),
        ("reset before", "", Uncertain),
        ("reset after", "", Uncertain),
    ],
)
async def test_a_failure_is_named_by_what_to_do(
    fake: FakeTelegram,
    telegram: TelegramChannel,
    chair: FakeUser,
    what: int | str,
    description: str,
    kind: type[SendFailure],
) -> None:
    """And the next message goes through."""
    fake.next_send_fails(what, description=description)
    assert type(await _failure(telegram)) is kind
    await telegram.send("7", Message("tiếp"))
    assert chair.inbox[-1].text == "tiếp"


async def test_an_answer_that_does_not_come_leaves_it_uncertain(
    fake: FakeTelegram, hasty: TelegramChannel, chair: FakeUser
) -> None:
    """Here it did arrive: nobody can know."""
    fake.next_send_fails("slow")
    assert isinstance(await _failure(hasty), Uncertain)
    assert chair.inbox[0].text == "Chào"


async def test_no_connection_means_later() -> None:
    """Nothing was sent, so sending again is safe."""
    with socket.socket() as nobody:
        nobody.bind(("127.0.0.1", 0))  # bound, not listening: connections are refused
        root = f"http://127.0.0.1:{nobody.getsockname()[1]}"
        channel = TelegramChannel(TelegramAccount("4:AAF4k3", f"{root}/bot", f"{root}/file/bot"), clock)
        await channel.start()
        assert isinstance(await _failure(channel), Later)
        await channel.close()


async def test_blocked_unknown_and_moved_chats(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    """The address book is corrected from these."""
    fake.user(7).chat.blocked = True
    assert isinstance(await _failure(telegram), Gone)
    with pytest.raises(Gone):
        await telegram.send("8", Message("Chào"))
    fake.group(-5).chat.moved_to = -1005
    with pytest.raises(Moved) as moved:
        await telegram.send("-5", Message("Chào"))
    assert moved.value.to == "-1005"


async def test_an_edit_fails_as_a_send_does(fake: FakeTelegram, telegram: TelegramChannel, chair: FakeUser) -> None:
    """Only what cannot be edited is said anew."""
    first = await telegram.send("7", Message("Câu 1"))
    fake.next_send_fails(429, retry_after=3)
    assert isinstance(await _failure(telegram, Message("Câu 2", edits=first)), Later)
    chair.chat.blocked = True
    assert isinstance(await _failure(telegram, Message("Câu 2", edits=first)), Gone)


async def test_messages_to_many_go_out_at_once(fake: FakeTelegram, telegram: TelegramChannel) -> None:
    """Two hundred sends share a bounded number of connections."""
    people = [fake.user(number) for number in range(1, 201)]
    await asyncio.gather(*(telegram.send(str(person.chat.id), Message("Chào")) for person in people))
    assert all(len(person.inbox) == 1 for person in people)


async def test_fetching_tells_gone_from_trouble(fake: FakeTelegram, telegram: TelegramChannel, chair: FakeUser) -> None:
    """A file too big for bots or lost is refused, a broken connection is tried again."""
    await chair.document(b"x", size=21 * 1024 * 1024)
    await chair.document(b"")
    await chair.document(b"pdf")
    with pytest.raises(Refused, match="too big"):
        await telegram.fetch("file-1", 10**9)
    with pytest.raises(Refused, match="gone"):
        await telegram.fetch("file-2", 1000)
    for what in (502, 429, "reset before"):
        fake.next_fails("getFile", what, retry_after=1)
        with pytest.raises(Later):
            await telegram.fetch("file-3", 1000)
    fake.next_fails("download", "reset before", times=2)  # aiohttp itself repeats a GET once
    with pytest.raises(Later):
        await telegram.fetch("file-3", 1000)
    assert await telegram.fetch("file-3", 1000) == b"pdf"


async def test_a_file_larger_than_it_claims_is_dropped_while_it_comes(
    fake: FakeTelegram, telegram: TelegramChannel, chair: FakeUser
) -> None:
    """The size in the answer is a hint only."""
    await chair.document(b"x" * 5000, size=10)
    with pytest.raises(Refused, match="larger"):
        await telegram.fetch("file-1", 1000)


async def test_a_file_for_many_is_uploaded_once(fake: FakeTelegram, telegram: TelegramChannel, tmp_path: Path) -> None:
    """A notice with a plan of some megabytes goes to a thousand chats: after the first one by the name it got there."""
    plan, photo = tmp_path / "a", tmp_path / "b"
    plan.write_bytes(b"%PDF-1.7 plan")
    photo.write_bytes(JPEG)
    files = (Attachment(str(plan), "ke-hoach.pdf"), Attachment(str(photo), "anh.jpg", "photo"))
    users = [fake.user(chat) for chat in (7, 8, 9)]
    for user in users[:2]:
        await telegram.send(str(user.chat.id), Message("Kế hoạch", attachments=files))
    fake.uploads.clear()  # Telegram has forgotten them: they are uploaded again
    await telegram.send("9", Message("Kế hoạch", attachments=files))
    assert [[received.content for received in user.inbox] for user in users] == [[plan.read_bytes(), JPEG]] * 3
    given = [call.params["document"] for call in fake.called("sendDocument")]
    assert [isinstance(document, str) for document in given] == [False, True, True, False]
