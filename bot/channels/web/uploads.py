"""Files that people sent and that are not fetched yet: one file each, under a random name."""

from __future__ import annotations

import asyncio
import os
import re
import secrets
import time
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Final

from bot.channels.pause import FIRST_PAUSE
from bot.messages import FileRef, Later, Refused
from bot.ports import Store

SHAPE: Final = re.compile(r"[A-Za-z0-9_-]{32}")
YOUNG: Final = 3600.0  # seconds in which an upload may still be on its way to the inbox
LONGEST_NAME: Final = 120


@dataclass(frozen=True, slots=True)
class Uploads:
    """The folder of uploads."""

    folder: Path
    type_of: Callable[[bytes], str]

    async def keep(self, data: bytes, name: str) -> FileRef | None:
        """Write a file down; None for a type that is not taken, told from its content."""
        mime = await asyncio.to_thread(self.type_of, data)
        if not mime:
            return None
        remote = secrets.token_urlsafe(24)
        await asyncio.to_thread(self._write, remote, data)
        kind = "photo" if mime.startswith("image/") else "file"
        return FileRef(remote, kind, clean_name(name), mime, len(data))

    def _write(self, remote: str, data: bytes) -> None:
        self.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        handle = os.open(self.folder / remote, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())

    def path(self, remote: str) -> Path | None:
        """Give where an upload lies, if it does. What is no name of ours is never looked for."""
        path = self.folder / remote
        return path if SHAPE.fullmatch(remote) and path.is_file() else None

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Read an upload.

        Raises Refused when it is gone or larger than `limit` bytes, Later when the disk has trouble.
        """
        return await asyncio.to_thread(self._read, remote, limit)

    def _read(self, remote: str, limit: int) -> bytes:
        path = self.path(remote)
        if path is None:
            raise Refused("the file is gone")
        try:
            if path.stat().st_size > limit:
                raise Refused(f"the file is larger than {limit} bytes")
            return path.read_bytes()
        except OSError as trouble:
            raise Later(FIRST_PAUSE, type(trouble).__name__) from trouble

    def drop(self, remote: str) -> None:
        """Delete an upload that was not taken."""
        if path := self.path(remote):
            path.unlink(missing_ok=True)


class Sweep:
    """Deletes uploads that are fetched, given up or erased, once a minute."""

    def __init__(self, uploads: Uploads, store: Store, channel: str) -> None:
        """Take where they lie, and where it stands which are still waited for."""
        self._uploads = uploads
        self._store = store
        self._channel = channel

    async def __call__(self, now: datetime) -> None:
        """Look once."""
        del now
        old = await asyncio.to_thread(_older, self._uploads.folder, YOUNG)
        if not old:
            return
        async with self._store.reading() as reads:
            waiting = await reads.unfetched(self._channel, old)
        for remote in old:
            if remote not in waiting:
                self._uploads.drop(remote)


def _older(folder: Path, seconds: float) -> list[str]:
    if not folder.is_dir():
        return []
    before = time.time() - seconds
    return [path.name for path in folder.iterdir() if path.is_file() and path.stat().st_mtime < before]


def clean_name(name: str) -> str:
    """Keep of a name what can stand in a list: the last part of a path, no control characters, not too long."""
    last = re.split(r"[/\\]", unicodedata.normalize("NFC", name))[-1]
    return "".join(letter for letter in last if unicodedata.category(letter)[0] != "C").strip()[:LONGEST_NAME]
