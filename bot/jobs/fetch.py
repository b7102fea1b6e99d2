"""The job "fetch": brings a file that somebody sent from its channel into our folder, once its type is known."""

from __future__ import annotations

import asyncio
import hashlib
import os
import tempfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.effects import Effect, FileFailed, FileKept, Speak
from bot.i18n import Phrase, Voice, _
from bot.jobs.sniff import type_of
from bot.messages import Address, Later, Outgoing, Refused, Say
from bot.ports import Channel

# With waits from ten seconds to an hour, these tries take about a day.
TRIES: Final = 30
DISK_WAIT: Final = 60.0
MEGABYTE: Final = 1024 * 1024
UNFINISHED: Final = ".fetching-"  # before the name of a file that is being written


class FetchFile:
    """Fetches attachments. Each is kept once, under the sha256 of what is in it."""

    def __init__(
        self, channels: Mapping[str, Channel], folder: Path, limit: int, voices: Callable[[str], Voice]
    ) -> None:
        """Take where files lie and where we keep them, how many bytes one may have, and the voice of a language."""
        self._channels = channels
        self._folder = folder
        self._limit = limit
        self._voices = voices

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Fetch one file: `args` has its id as "file", its "channel", and as "ref" what the channel knows of it.

        If it fails for good, whoever sent it is told at "chat" (of "told", or of the same channel),
        in their "language".
        """
        outcome = await self._outcome(args, attempts)
        if isinstance(outcome, FileFailed) and args.get("chat"):
            return [outcome, self._told(args, outcome.why)]
        return [outcome]

    async def _outcome(self, args: Mapping[str, Any], attempts: int) -> FileKept | FileFailed:
        try:
            data = await self._bring(args["channel"], args["ref"]["remote"])
        except Refused:
            return FileFailed(args["file"], "gone")
        except Later:
            if attempts + 1 < TRIES:
                raise
            return FileFailed(args["file"], "unreachable")
        return await self._kept(args["file"], data)

    def _told(self, args: Mapping[str, Any], why: str) -> Speak:
        text = self._sorry_for(why, args["again"]) if args.get("again") else self._sorry(why)
        say = Say(text).spoken(self._voices(args.get("language", "")))
        chat = Address(args.get("told") or args["channel"], args["chat"])
        return Speak(Outgoing(f"failed/{args['file']}", chat, say))

    def _sorry(self, why: str) -> Phrase:
        """Tell what became of a file, and what to do about it."""
        match why:
            case "type":
                return _(
                    "Sorry, a file that {you} sent could not be kept: photos, PDF, Word and Excel files are taken, "
                    "without macros. Please send it again as one of these; if the report was already sent, "
                    "type SUA and its number first."
                )
            case "size":
                return _(
                    "Sorry, a file that {you} sent could not be kept: it has more than {size} MB. Please send a "
                    "smaller one; if the report was already sent, type SUA and its number first.",
                    size=self._limit // MEGABYTE,
                )
            case _:
                return _(
                    "Sorry, a file that {you} sent did not arrive whole and could not be kept. Please send it again; "
                    "if the report was already sent, type SUA and its number first."
                )

    def _sorry_for(self, why: str, code: str) -> Phrase:
        """Tell what became of a file for a case."""
        match why:
            case "type":
                return _(
                    "Sorry, a file that {you} sent for {code} could not be kept: photos, PDF, Word and Excel files are "
                    "taken, without macros. Please send it as one of these, with {code} beneath it.",
                    code=code,
                )
            case "size":
                return _(
                    "Sorry, a file that {you} sent for {code} could not be kept: it has more than {size} MB. Please "
                    "send a smaller one, with {code} beneath it.",
                    code=code,
                    size=self._limit // MEGABYTE,
                )
            case _:
                return _(
                    "Sorry, a file that {you} sent for {code} did not arrive whole and could not be kept. Please send "
                    "it again, with {code} beneath it.",
                    code=code,
                )

    async def _bring(self, channel: str, remote: str) -> bytes:
        if channel not in self._channels:
            raise Later(0, f"the channel {channel} is not running")
        return await self._channels[channel].fetch(remote, self._limit)

    async def _kept(self, file: str, data: bytes) -> FileKept | FileFailed:
        if len(data) > self._limit:
            return FileFailed(file, "size")
        mime = type_of(data)
        if not mime:
            return FileFailed(file, "type")
        try:
            sha256 = await asyncio.to_thread(keep, self._folder, data)
        except OSError as trouble:  # never given up: the file waits until somebody mends the disk
            raise Later(DISK_WAIT, f"cannot write to {self._folder}: {trouble.strerror}") from trouble
        return FileKept(file, sha256, len(data), mime)


def keep(folder: Path, data: bytes) -> str:
    """Write a file under its sha256, so that it is there whole or not at all; give the sha256."""
    sha256 = hashlib.sha256(data).hexdigest()
    target = folder / sha256
    if target.exists():
        target.touch()  # as good as new: a sweep must not take it before its row says that it is needed
    else:
        folder.mkdir(parents=True, exist_ok=True)
        write_whole(target, data)
    return sha256


def write_whole(target: Path, data: bytes) -> None:
    """Write beside the target, make sure that it is on the disk, then give it its name."""
    handle, name = tempfile.mkstemp(dir=target.parent, prefix=UNFINISHED)
    try:
        with os.fdopen(handle, "wb") as file:
            file.write(data)
            file.flush()
            os.fsync(file.fileno())
        Path(name).replace(target)
    except BaseException:
        Path(name).unlink(missing_ok=True)
        raise
    sync_folder(target.parent)


def sync_folder(folder: Path) -> None:
    """Make sure that a new name in a folder survives a power cut."""
    handle = os.open(folder, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
