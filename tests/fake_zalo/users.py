"""A person with Zalo on the phone."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from tests.fake_zalo.server import FakeZalo


class ZaloUser:
    """Types, sends pictures, and reads what the bot says in `inbox`."""

    def __init__(self, fake: FakeZalo, chat: str, name: str) -> None:
        """Begin without having written: until then the bot may say nothing."""
        self.fake, self.chat, self.name = fake, chat, name
        self.inbox: list[str] = []
        self.wrote = False
        self._heard = 0

    async def send(self, text: str, **how: Any) -> list[int]:
        """Type a message."""
        return await self._event("text", how, text=text)

    async def photo(self, content: bytes, caption: str = "", *, url_in: str = "photo", **how: Any) -> list[int]:
        """Send a picture; Zalo gives the bot an address of it."""
        name = f"{len(self.fake.pictures) + 1}.jpg"
        self.fake.pictures[name] = content
        url = f"{self.fake.root}/file/botpictures/{name}"
        return await self._event("image", how, **{url_in: url, "caption": caption})

    async def other(self, kind: str, **how: Any) -> list[int]:
        """Send a sticker, a voice message, or what Zalo only calls "unsupported"."""
        return await self._event(kind, how)

    async def hears(self, words: str, seconds: float = 10) -> str:
        """Wait for a message with these words among those not heard yet; it and all before it are heard then."""
        try:
            await self.fake.until(lambda: self._next(words) is not None, seconds)
        except TimeoutError:
            raise AssertionError(f"waited for {words!r}, heard: {self.inbox[self._heard :]}") from None
        at = self._next(words)
        assert at is not None
        self._heard = at + 1
        return self.inbox[at]

    def _next(self, words: str) -> int | None:
        later = range(self._heard, len(self.inbox))
        return next((at for at in later if words.casefold() in self.inbox[at].casefold()), None)

    async def _event(self, kind: str, how: dict[str, Any], **content: str) -> list[int]:
        self.wrote = True
        message = {
            "from": {"id": self.chat, "display_name": self.name, "is_bot": False},
            "chat": {"id": self.chat, "chat_type": "PRIVATE"},
            "message_id": self.fake.new_id(),
            "date": int(self.fake.clock().timestamp() * 1000),
            **content,
        }
        return await self.fake.bring({"event_name": f"message.{kind}.received", "message": message}, **how)
