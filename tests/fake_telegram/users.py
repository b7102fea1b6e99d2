"""People at the other end: they type, press, send files, block the bot, and hear what it says."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from tests.fake_telegram.state import Button, Chat, Entry, Received, StoredFile

if TYPE_CHECKING:
    from tests.fake_telegram.server import FakeTelegram

JPEG = b"\xff\xd8\xff\xe0\x00\x10JFIF a photo \xff\xd9"
REMEMBERED = 4


class FakeUser:
    """One person in one chat."""

    def __init__(self, fake: FakeTelegram, chat: Chat) -> None:
        """Take the person's phone."""
        self.fake = fake
        self.chat = chat
        self._heard = 0

    @property
    def inbox(self) -> list[Received]:
        """What came to this person, in order, edits too."""
        return self.chat.inbox

    @property
    def screen(self) -> list[Received]:
        """What the chat shows now of the bot's messages."""
        return [entry.received() for entry in self.chat.log.values() if entry.from_bot]

    # --- doing ---

    async def start(self, code: str = "") -> int:
        """Open the bot by a link."""
        return await self.send(f"/start {code}".strip())

    async def send(self, text: str) -> int:
        """Type a message; gives its id."""
        return await self._message(text=text)

    async def press(self, wanted: str, message_id: int | None = None) -> str:
        """Press a button, named by its label or data, of the newest message with buttons; gives the query's id."""
        entry = self.chat.log[message_id] if message_id else self._newest_with_buttons()
        return await self.press_data(_find(entry, wanted).data, entry.id)

    async def press_data(self, data: str, message_id: int) -> str:
        """Send what a button of a message may have meant, whether it is still there or not; gives the query's id."""
        query = self.fake.query_id()
        self.fake.queries.add(query)
        await self._update(
            "callback_query",
            {
                "id": query,
                "from": self.chat.member,
                "message": self.chat.log[message_id].raw,
                "chat_instance": str(self.chat.id),
                "data": data,
            },
        )
        return query

    async def photo(self, content: bytes = JPEG, caption: str = "", album: str = "") -> int:
        """Send a photo: it comes in a small and a full size."""
        sizes = [
            {**self._keep(content[:8], ".jpg"), "width": 90, "height": 67},
            {**self._keep(content, ".jpg"), "width": 1280, "height": 960},
        ]
        return await self._message(**_filled(photo=sizes, caption=caption, media_group_id=album))

    async def album(self, count: int, caption: str = "") -> list[int]:
        """Send photos together; the caption goes with the first."""
        name = str(13_000_000_000 + self.fake.message_id())
        return [await self.photo(JPEG + bytes([at]), caption if at == 0 else "", name) for at in range(count)]

    async def document(
        self,
        content: bytes = b"%PDF-1.7",
        name: str = "report.pdf",
        mime: str = "application/pdf",
        *,
        caption: str = "",
        size: int | None = None,
    ) -> int:
        """Send a file; `size` claims more than `content` holds."""
        file = {**self._keep(content, name, size), "file_name": name, "mime_type": mime}
        return await self._message(**_filled(document=file, caption=caption))

    async def sticker(self) -> int:
        """Send a sticker."""
        file = self._keep(b"webp", ".webp")
        return await self._message(
            sticker={**file, "type": "regular", "width": 512, "height": 512, "is_animated": False, "is_video": False}
        )

    async def voice(self) -> int:
        """Send a voice message."""
        return await self._message(voice={**self._keep(b"opus", ".oga"), "duration": 3})

    async def location(self) -> int:
        """Send where one is."""
        return await self._message(location={"latitude": 12.66, "longitude": 108.05})

    async def pin(self) -> int:
        """Pin something: a service message."""
        return await self._message(pinned_message={"message_id": 1, "date": 0, "chat": self.chat.described()})

    async def edit(self, message_id: int, text: str) -> None:
        """Change what one wrote."""
        entry = self.chat.log[message_id]
        entry.raw = {**entry.raw, "text": text, "edit_date": int(self.fake.clock().timestamp())}
        await self._update("edited_message", entry.raw)

    async def block(self) -> None:
        """Block the bot."""
        self.chat.blocked = True
        await self._membership("member", "kicked")

    async def unblock(self) -> None:
        """Let the bot write again."""
        self.chat.blocked = False
        await self._membership("kicked", "member")

    async def migrate(self, to: int) -> None:
        """Make the group a supergroup with another id."""
        self.chat.moved_to = to
        self.fake.group(to).chat.type = "supergroup"
        await self._message(migrate_to_chat_id=to)

    # --- hearing ---

    async def hears(self, words: str, timeout: float = 10) -> Received:  # noqa: ASYNC109
        """Wait for a message with these words among those not heard yet; it and all before it are heard then."""
        try:
            await self.chat.bell.until(lambda: self._next_with(words) is not None, timeout)
        except TimeoutError:
            said = "\n---\n".join(received.text for received in self.inbox[self._heard :]) or "(nothing)"
            raise AssertionError(f"waited for {words!r}, heard:\n{said}") from None
        at = self._next_with(words)
        assert at is not None
        self._heard = at + 1
        return self.inbox[at]

    def forget(self) -> None:
        """Forget what was heard, and all but the newest messages of the chat."""
        del self.inbox[: self._heard]
        self._heard = 0
        for number in list(self.chat.log)[:-REMEMBERED]:
            del self.chat.log[number]

    def _next_with(self, words: str) -> int | None:
        unheard = range(self._heard, len(self.inbox))
        return next((at for at in unheard if words.casefold() in self.inbox[at].text.casefold()), None)

    # --- updates ---

    async def _message(self, **content: Any) -> int:
        number = self.fake.message_id()
        raw = {
            "message_id": number,
            "from": self.chat.member,
            "chat": self.chat.described(),
            "date": int(self.fake.clock().timestamp()),
            **content,
        }
        self.chat.log[number] = Entry(number, from_bot=False, text=content.get("text", ""), raw=raw)
        await self._update("message", raw)
        return number

    async def _membership(self, old: str, new: str) -> None:
        bot = {"id": self.fake.bot_id, "is_bot": True, "first_name": "Tiếng Cơ Sở"}
        await self._update(
            "my_chat_member",
            {
                "chat": self.chat.described(),
                "from": self.chat.member,
                "date": int(self.fake.clock().timestamp()),
                "old_chat_member": {"status": old, "user": bot},
                "new_chat_member": {"status": new, "user": bot},
            },
        )

    async def _update(self, kind: str, content: dict[str, Any]) -> None:
        self.fake.updates.add(self.chat.id, kind, content)

    def _keep(self, content: bytes, name: str, size: int | None = None) -> dict[str, Any]:
        number = len(self.fake.files) + 1
        claimed = len(content) if size is None else size
        self.fake.keep(f"file-{number}", StoredFile(f"files/{number}-{name}", content, claimed))
        return {"file_id": f"file-{number}", "file_unique_id": f"u{number}", "file_size": claimed}

    def _newest_with_buttons(self) -> Entry:
        found = next((entry for entry in reversed(self.chat.log.values()) if entry.rows), None)
        assert found, "no message with buttons"
        return found


def _find(entry: Entry, wanted: str) -> Button:
    buttons = [button for row in entry.rows for button in row]
    exact = [button for button in buttons if wanted in {button.label, button.data}]
    found = exact or [button for button in buttons if wanted.casefold() in button.label.casefold()]
    assert found, f"no button {wanted!r} among {[button.label for button in buttons]}"
    return found[0]


def _filled(**content: Any) -> dict[str, Any]:
    return {name: value for name, value in content.items() if value}
