"""Brings a file that somebody sent from its channel, by a job; and how long photos of an album are waited for."""

from __future__ import annotations

from dataclasses import asdict
from datetime import timedelta
from typing import Final

from bot.effects import Effect, KeepFile, StartJob
from bot.messages import Address
from bot.records import FETCH_JOB, StoredFile

ALBUM_PAUSE: Final = timedelta(seconds=1.5)  # photos of an album come one by one; one receipt tells of all
MEGABYTE: Final = 1024 * 1024


def kept(file: StoredFile, address: Address, language: str, again: str = "") -> tuple[Effect, ...]:
    """Keep a file and have it fetched; if that fails, the chat is told so, in a language.

    `again` is what to type to send another one: the code of its case. Without it, it belongs to a report.
    """
    args = {
        "file": file.id,
        "channel": file.channel,
        "ref": asdict(file.ref),
        "told": address.channel,
        "chat": address.chat,
        "language": language,
    }
    return KeepFile(file), StartJob(f"{FETCH_JOB}{file.id}", "fetch", args | ({"again": again} if again else {}))
