"""Sweeps the folders once an hour, so that nothing lies there that nobody needs, whatever was broken off or erased."""

from __future__ import annotations

import asyncio
import re
from collections.abc import Iterable
from datetime import datetime, timedelta
from pathlib import Path
from typing import Final

import structlog

from bot.jobs.fetch import UNFINISHED
from bot.ports import Store

log = structlog.get_logger(__name__)

EVERY: Final = timedelta(hours=1)
SETTLED: Final = timedelta(hours=1)  # what is younger may be a fetch whose row does not know of it yet
COPIES_KEPT: Final = timedelta(days=1)  # an exported copy lies here no longer than this
ASKED_AT_ONCE: Final = 500
CONTENT: Final = re.compile(r"[0-9a-f]{64}")  # named by its sha256
LEFT: Final = re.compile(re.escape(UNFINISHED) + r".*")
ANY: Final = re.compile(r".*")


class Sweep:
    """Deletes contents that no file needs, what a crash left half written, and copies made long ago."""

    def __init__(self, store: Store, attachments: Path, exports: Path) -> None:
        """Take where to ask, and the two folders."""
        self._store = store
        self._attachments = attachments
        self._exports = exports
        self._next: datetime | None = None

    async def __call__(self, now: datetime) -> None:
        """Sweep if an hour has passed."""
        if self._next is not None and now < self._next:
            return
        try:
            await self._sweep(now)
        except OSError as trouble:  # told once an hour, not at every tick
            log.warning("sweep: a folder could not be swept", why=str(trouble))
        self._next = now + EVERY

    async def _sweep(self, now: datetime) -> None:
        settled = now - SETTLED
        for folder, names, moment in (
            (self._attachments, LEFT, settled),
            (self._exports, ANY, now - COPIES_KEPT),
        ):
            await asyncio.to_thread(_delete, _files(folder, names), moment)
        await self._sweep_contents(settled)

    async def _sweep_contents(self, settled: datetime) -> None:
        files = await asyncio.to_thread(_older, _files(self._attachments, CONTENT), settled)
        for start in range(0, len(files), ASKED_AT_ONCE):
            some = files[start : start + ASKED_AT_ONCE]
            async with self._store.reading() as reads:
                needed = await reads.still_kept([path.name for path in some])
            # One that was fetched anew since we asked is young again, and stays.
            await asyncio.to_thread(_delete, [path for path in some if path.name not in needed], settled)


def _files(folder: Path, names: re.Pattern[str]) -> Iterable[Path]:
    """List the files of a folder whose names look like this; none where there is no folder."""
    return (path for path in folder.glob("*") if names.fullmatch(path.name) and path.is_file())


def _older(paths: Iterable[Path], moment: datetime) -> list[Path]:
    return [path for path in paths if _is_older(path, moment)]


def _delete(paths: Iterable[Path], moment: datetime) -> None:
    for path in list(paths):
        if _is_older(path, moment):
            path.unlink(missing_ok=True)


def _is_older(path: Path, moment: datetime) -> bool:
    try:
        return path.stat().st_mtime < moment.timestamp()
    except FileNotFoundError:  # somebody else was faster
        return False
