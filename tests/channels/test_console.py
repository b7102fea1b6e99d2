"""The terminal: what typed lines mean, and its quiet end."""

from __future__ import annotations

import asyncio
import os
import subprocess
import sys
from collections.abc import AsyncIterator, Iterable
from datetime import timedelta
from pathlib import Path

import pytest
from click import unstyle

from bot.channels.console import ConsoleChannel, typed_lines
from bot.messages import Arrival, Button, Message
from tests.channels.conftest import NOW, Inbox, clock

PROGRAM = """
import asyncio
from bot.channels.console import typed_lines

async def main():
    async for line in typed_lines():
        print("heard", line, flush=True)
        if line == "/thoat":
            return

asyncio.run(main())
"""


async def typing(lines: Iterable[str]) -> AsyncIterator[str]:
    for line in lines:
        yield line


async def heard(inbox: Inbox, *lines: str) -> list[str]:
    written: list[str] = []
    await ConsoleChannel("chair", typing(lines), written.append, clock).run(inbox)
    return [unstyle(text) for text in written]


async def test_empty_lines_say_nothing(inbox: Inbox) -> None:
    """Pressing return twice is no message."""
    await heard(inbox, "", "   ", " 12 ")
    assert [incoming.text for incoming in inbox.taken] == ["12"]


@pytest.mark.parametrize("leave", ["/thoat", "/exit", " /THOAT "])
async def test_leaving_ends_the_talk(inbox: Inbox, leave: str) -> None:
    """What is typed after it is not heard."""
    await heard(inbox, "a", leave, "b")
    assert [incoming.text for incoming in inbox.taken] == ["a"]


async def test_two_runs_never_share_an_id(inbox: Inbox) -> None:
    """A second talk is not taken for a repeat of the first."""
    for start in (NOW, NOW + timedelta(milliseconds=1)):
        await ConsoleChannel("chair", typing(["1"]), print, lambda start=start: start).run(inbox)  # type: ignore[misc]
    assert len({incoming.id for incoming in inbox.taken}) == 2


async def test_files_are_sent_by_their_path(inbox: Inbox, tmp_path: Path) -> None:
    """Pictures are photos, the rest files; quotes keep a name with a space together."""
    for name in ("a.jpg", "b.pdf", "ảnh một.png"):
        (tmp_path / name).write_bytes(b"x")
    await heard(inbox, f'@{tmp_path}/a.jpg @"{tmp_path}/ảnh một.png"', f"@{tmp_path}/b.pdf")
    assert [(i.what, i.files[0].kind, i.files[0].name, bool(i.album)) for i in inbox.taken] == [
        (Arrival.FILES, "photo", "a.jpg", True),
        (Arrival.FILES, "photo", "ảnh một.png", True),
        (Arrival.FILES, "file", "b.pdf", False),
    ]
    assert [len(batch) for batch in inbox.batches] == [2, 1]


async def test_a_file_that_is_not_there_is_named(inbox: Inbox) -> None:
    """And nothing is sent."""
    assert await heard(inbox, '@"khong-co.jpg') == ['No such file: "khong-co.jpg']
    assert not inbox.taken


async def test_the_bot_speaks_behind_a_bar() -> None:
    """Its words are told from typed ones, line by line."""
    written: list[str] = []
    channel = ConsoleChannel("chair", typing(()), written.append, clock)
    await channel.send("chair", Message("Gửi?", "Đối thoại", (Button("Gửi", "s", "1"),)))
    assert [unstyle(text) for text in written] == ["│ Đối thoại\n│ Gửi?\n│ 1. Gửi\n"]
    assert channel.link("K7") == ""


async def test_lines_are_read_as_they_come() -> None:
    """Across pieces, with letters cut in two, and a last line without an end."""
    ours, theirs = os.pipe()
    os.write(theirs, "một\nh".encode())
    os.write(theirs, "ai\nđược".encode()[:-1])
    reader = typed_lines(ours)
    assert [await anext(reader), await anext(reader)] == ["một", "hai"]
    os.write(theirs, "được".encode()[-1:])
    os.close(theirs)
    assert [line async for line in reader] == ["được"]
    os.close(ours)


@pytest.mark.parametrize("close", [False, True])
async def test_a_program_ends_without_noise(close: bool) -> None:
    """Both by leaving while the keyboard is still open, and by the end of the input."""
    process = await asyncio.create_subprocess_exec(
        sys.executable,
        "-X",
        "dev",
        "-c",
        PROGRAM,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
    )
    assert process.stdin
    assert process.stdout
    assert process.stderr
    process.stdin.write("chào\n".encode() if close else "chào\n/thoat\n".encode())
    await process.stdin.drain()
    if close:
        process.stdin.close()
    out, err = await process.stdout.read(), await process.stderr.read()
    assert await process.wait() == 0
    process.stdin.close()
    assert (out.decode().splitlines()[0], err.decode()) == ("heard chào", "")
