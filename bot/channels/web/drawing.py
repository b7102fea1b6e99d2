"""A conversation as the page is given it: lines of plain text, buttons and files, as JSON."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any
from urllib.parse import quote

from bot.channels.web.sessions import Sessions
from bot.messages import Attachment, FileRef
from bot.ports import Line


class Drawing:
    """Draws the lines of one chat."""

    def __init__(self, sessions: Sessions, chat: str) -> None:
        """Take what signs the addresses of files."""
        self._sessions = sessions
        self._chat = chat

    def lines(self, lines: Sequence[Line]) -> list[dict[str, Any]]:
        """Draw lines."""
        return [self._line(line) for line in lines]

    def _line(self, line: Line) -> dict[str, Any]:
        message = line.message
        drawn = {
            "key": page_key(line.key),
            "at": int(line.at.timestamp() * 1000),
            "own": line.own,
            "text": message.text,
            "title": message.title,
            "buttons": [{"label": one.label, "data": one.data, "key": one.key} for one in message.buttons],
            "files": self._files(line),
        }
        return {name: value for name, value in drawn.items() if value or name in ("key", "at")}

    def _files(self, line: Line) -> list[dict[str, Any]]:
        files: Sequence[FileRef | Attachment] = (*line.files, *line.message.attachments)
        return [self._file(page_key(line.key), number, file) for number, file in enumerate(files)]

    def _file(self, key: str, number: int, file: FileRef | Attachment) -> dict[str, Any]:
        mark = self._sessions.file_mark(self._chat, key, number)
        name = file.name or file.kind
        size = file.size if isinstance(file, FileRef) else None
        seen = file.kind == "photo" and getattr(file, "mime", "") != "image/heic"  # browsers cannot show it
        return {"name": name, "photo": seen, "size": size, "url": f"chat/file/{key}/{number}/{mark}/{quote(name, '')}"}


def page_key(key: str) -> str:
    """Give the key of a line as the page knows it: what a person said bears the id that their page made."""
    return key[0] + key[1:].rpartition(":")[2]


def store_key(key: str, chat: str) -> str:
    """Give the key of a line as the store knows it."""
    return f"h{chat}:{key[1:]}" if key.startswith("h") else key
