"""Files for many people: uploaded to Telegram once, then sent by the name that it gave them."""

from __future__ import annotations

from typing import Any, Final

from bot.channels.telegram_api import TelegramApi
from bot.channels.telegram_errors import speaks_of
from bot.channels.telegram_text import Part
from bot.messages import Attachment, Refused

KEPT: Final = 100
UNKNOWN: Final = ("wrong file identifier", "wrong remote file", "file reference")


class Uploads:
    """What Telegram calls the files that it was given; it may forget them, then they are uploaded again."""

    def __init__(self, api: TelegramApi) -> None:
        """Begin with none."""
        self._api = api
        self._names: dict[tuple[str, str, str], str] = {}  # path, what it is called, method -> name

    async def send(self, part: Part, params: dict[str, Any], file: Attachment) -> Any:
        """Send a file with a part of a message; give what Telegram says of it. Raises a SendFailure."""
        field, key = part.method.removeprefix("send").lower(), (file.path, file.name, part.method)
        if name := self._names.get(key, ""):
            try:
                return await self._api.call(part.method, {**params, field: name})
            except Refused as refusal:
                if not speaks_of(str(refusal), UNKNOWN):
                    raise
        sent = await self._api.call(part.method, params, file)
        if name := _name_of(sent.get(field)):
            self._keep(key, name)
        return sent

    def _keep(self, key: tuple[str, str, str], name: str) -> None:
        self._names[key] = name
        while len(self._names) > KEPT:
            del self._names[next(iter(self._names))]


def _name_of(described: Any) -> str:
    """Read the name of a document, or of the largest size of a photo; "" where Telegram is silent."""
    largest = described[-1] if isinstance(described, list) and described else described
    return str(largest.get("file_id", "")) if isinstance(largest, dict) else ""
