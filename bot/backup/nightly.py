"""When a backup is due, who makes it, and which of the older ones stay."""

from __future__ import annotations

from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from typing import Any, Final

import structlog

from bot.effects import Effect, Mark, StartJob
from bot.i18n import ZONE
from bot.messages import Later
from bot.ports import Store

log = structlog.get_logger(__name__)

KIND: Final = "backup"
MARK: Final = "backup"  # when the last one was made that could be restored
NAME: Final = "tieng-co-so-{:%Y-%m-%d}.backup"
NAMED: Final = "tieng-co-so-????-??-??.backup"
TRIES: Final = 5
AGAIN: Final = 600.0  # seconds


def last_due(at: time, now: datetime) -> datetime:
    """Give the latest moment at which it was this time of day in Vietnam."""
    today = datetime.combine(now.astimezone(ZONE).date(), at, ZONE)
    return today if today <= now else today - timedelta(days=1)


class Nightly:
    """Asks once a day for a backup; what was missed while the program was off is made when it is back."""

    def __init__(self, store: Store, at: time, wake: Callable[[], None], started: datetime) -> None:
        """Take at what time of day; where there never was a backup, what was due before `started` does not count."""
        self._store = store
        self._at = at
        self._wake = wake
        self._started = started
        self._looked: datetime | None = None

    async def __call__(self, now: datetime) -> None:
        """Ask for one if it is due."""
        due = last_due(self._at, now)
        if due == self._looked:
            return
        if await self._lacks(due):
            async with self._store.batch() as batch:
                await batch.write([StartJob(f"backup/{due:%Y-%m-%d}", KIND, {})])
            self._wake()
        self._looked = due

    async def _lacks(self, due: datetime) -> bool:
        made = await self._store.marked(MARK)
        return due > self._started if made is None else due > made


@dataclass(frozen=True, slots=True)
class MakeBackup:
    """Does the job: makes the file in another process, notes when, and lets the oldest ones go."""

    folder: Path
    keep: int
    make: Callable[[Path, datetime], Awaitable[None]]
    clock: Callable[[], datetime]

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Make the backup of today; tried again for a while when the disk or the database is in trouble."""
        del args
        now = self.clock()
        try:
            await self.make(self.folder / NAME.format(now.astimezone(ZONE)), now)
        except OSError as trouble:
            if attempts + 1 < TRIES:
                raise Later(AGAIN, str(trouble)) from trouble
            raise
        for old in sorted(self.folder.glob(NAMED))[: -self.keep]:
            old.unlink(missing_ok=True)
        log.info("backup made", action="backup", folder=str(self.folder))
        return [Mark(MARK, now)]
