"""Makes a backup from a database and tries it out, and fills a database from one."""

from __future__ import annotations

import asyncio
import tempfile
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bot.backup.archive import BrokenBackup, Manifest, Reader, Writer
from bot.ports import Conflict
from bot.worker import in_process
from storage.copying import copy_in, copy_out, shapes
from storage.migrate import newest


@dataclass(frozen=True, slots=True)
class Sources:
    """What a backup is made of: a database that is up to date, the folder of attachments, the settings file."""

    url: str
    attachments: Path
    config: Path


async def backup_nightly(sources: Sources, path: Path, now: datetime) -> None:
    """Make a backup in a process of its own."""
    await in_process(make_backup, sources, path, now)


def make_backup(sources: Sources, path: Path, now: datetime) -> Manifest:
    """Write the file and restore it for a trial beside it; say what is in it.

    Raises BrokenBackup when it does not restore (no file is left then), StoreBusy, OSError.
    """
    with Writer(path) as writer:
        told = asyncio.run(_write(writer, sources, now))
    try:
        _try(Reader(path))
    except BaseException:
        path.unlink()
        raise
    return told


async def _write(writer: Writer, sources: Sources, now: datetime) -> Manifest:
    async for piece in copy_out(sources.url):
        writer.rows(piece)
    writer.attachments(sources.attachments)
    writer.config(sources.config)
    return writer.manifest(now, newest(), shapes())


def _try(reader: Reader) -> None:
    with tempfile.TemporaryDirectory(prefix="trial-", dir=reader.path.parent) as scratch:
        asyncio.run(fill(f"sqlite+aiosqlite:///{Path(scratch).absolute()}/trial.db", reader))


async def fill(url: str, reader: Reader, *, replace: bool = False) -> None:
    """Put the rows of a backup into a database.

    Raises BrokenBackup when they do not fit together, and what `copy_in` raises.
    """
    told = reader.manifest
    try:
        await copy_in(url, told.revision, told.shapes, reader.pieces(), replace=replace)
    except (Conflict, ValueError, KeyError) as error:
        raise BrokenBackup(f"{reader.path} does not fit together ({error})") from None
