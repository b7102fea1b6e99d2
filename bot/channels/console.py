"""The conversation in a terminal: typed lines come in, messages are drawn as numbered text."""

from __future__ import annotations

import asyncio
import codecs
import logging
import mimetypes
import os
import shlex
import sys
import threading
from collections.abc import AsyncIterator, Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Final

import click

from bot.channels.draw import draw
from bot.channels.pause import FIRST_PAUSE, Pause
from bot.messages import Address, Arrival, FileRef, Incoming, Later, Message, Refused
from bot.ports import Deliver, Facts

log = logging.getLogger(__name__)

BAR: Final = "│ "
LEAVE: Final = frozenset({"/thoat", "/exit"})


class ConsoleChannel:
    """One person at a terminal."""

    name = "console"
    trouble = ""
    facts = Facts(100_000, buttons=False, edits=False, files=True, pace=1000.0, pace_chat=1000.0)

    def __init__(
        self, chat: str, lines: AsyncIterator[str], write: Callable[[str], None], clock: Callable[[], datetime]
    ) -> None:
        """Talk as `chat`: `lines` are what is typed, `write` shows a text."""
        self._address = Address(self.name, chat)
        self._lines = lines
        self._write = write
        self._clock = clock
        self._run = f"{clock():%Y%m%dT%H%M%S%f}"
        self._count = 0

    async def run(self, deliver: Deliver) -> None:
        """Hand over line by line until the input ends or the person leaves."""
        async for line in self._lines:
            typed = line.strip()
            if typed.lower() in LEAVE:
                return
            if batch := self._heard(typed):
                await self._hand_over(batch, deliver)

    async def _hand_over(self, batch: Sequence[Incoming], deliver: Deliver) -> None:
        pause = Pause()
        while True:
            try:
                await deliver(batch)
                return
            except Exception:  # whatever kept the inbox from taking it, what was typed is offered again
                log.warning("console: a line was not taken, trying again", exc_info=True)
                await pause.take()

    def _heard(self, typed: str) -> list[Incoming]:
        if not typed:
            return []
        if not typed.startswith("@"):
            return [self._incoming(typed)]
        files = [_file(path) for path in _paths(typed)]
        missing = [ref.remote for ref in files if ref.size is None]
        if missing:
            self._write(_styled(f"No such file: {', '.join(missing)}", dim=True))
            return []
        album = self._next_id() if len(files) > 1 else ""
        return [replace(self._incoming(""), what=Arrival.FILES, files=(ref,), album=album) for ref in files]

    def _incoming(self, text: str) -> Incoming:
        id_ = self._next_id()
        return Incoming(id_, self._address, self._clock(), text=text, message_id=id_)

    def _next_id(self) -> str:
        self._count += 1
        return f"{self._run}-{self._count}"

    async def send(self, chat: str, message: Message) -> str:
        """Draw one message; edits are drawn anew."""
        if chat != self._address.chat:
            raise Refused(f"nobody called {chat} sits at this terminal")
        files = [f"[{file.name}] {file.path}" for file in message.attachments]
        drawn = draw(message).splitlines() + files
        self._write("\n".join(_lines(drawn, titled=bool(message.title))) + "\n")
        return self._next_id()

    async def fetch(self, remote: str, limit: int) -> bytes:
        """Read a file that was named by its path.

        Raises Later to be tried again, Refused when it is gone or larger than `limit` bytes.
        """
        return await asyncio.to_thread(_content, Path(remote), limit)

    def link(self, _code: str) -> str:
        """Give no address: a terminal has none."""
        return ""

    async def close(self) -> None:
        """Hold nothing, so let go of nothing."""


def _lines(drawn: Sequence[str], *, titled: bool) -> Iterator[str]:
    bar = _styled(BAR, fg="cyan")
    for at, line in enumerate(drawn):
        yield bar + (_styled(line, bold=True) if titled and at == 0 else line)


def _styled(text: str, *, bold: bool | None = None, dim: bool | None = None, fg: str | None = None) -> str:
    return click.style(text, fg=fg, bold=bold, dim=dim) if sys.stdout.isatty() else text


def _paths(typed: str) -> list[str]:
    try:
        words = shlex.split(typed)
    except ValueError:  # an open quotation mark
        words = typed.split()
    return [word.removeprefix("@") for word in words]


def _file(name: str) -> FileRef:
    path = Path(name).expanduser()
    mime = mimetypes.guess_type(path.name)[0] or ""
    kind = "photo" if mime.startswith("image/") else "file"
    size = path.stat().st_size if path.is_file() else None
    return FileRef(str(path.absolute()) if size is not None else name, kind, path.name, mime, size)


def _content(path: Path, limit: int) -> bytes:
    try:
        if path.stat().st_size > limit:
            raise Refused(f"the file is larger than {limit} bytes")
        return path.read_bytes()
    except FileNotFoundError:
        raise Refused("the file is gone") from None
    except OSError as trouble:
        raise Later(FIRST_PAUSE, type(trouble).__name__) from trouble


async def typed_lines(fd: int = 0) -> AsyncIterator[str]:
    """Give the lines of standard input as they are typed, until it ends.

    A thread of its own waits for them. It reads the bare file: one that waits inside `sys.stdin` holds a lock that
    Python complains about when the program ends.
    """
    loop = asyncio.get_running_loop()
    queue: asyncio.Queue[str | None] = asyncio.Queue()

    def post(line: str | None) -> None:
        with suppress(RuntimeError):  # the program is ending and nobody listens any more
            loop.call_soon_threadsafe(queue.put_nowait, line)

    threading.Thread(target=_read, args=(fd, post), name="typed-lines", daemon=True).start()
    while (line := await queue.get()) is not None:
        yield line


def _read(fd: int, post: Callable[[str | None], None]) -> None:
    decoder = codecs.getincrementaldecoder("utf-8")("replace")
    rest = ""
    with suppress(OSError):  # a terminal that was closed has ended
        while data := os.read(fd, 4096):
            *lines, rest = (rest + decoder.decode(data)).split("\n")
            for line in lines:
                post(line)
    if rest:
        post(rest)
    post(None)
