"""The job "erase_files": what an erased person had sent goes from our folder too."""

from __future__ import annotations

import asyncio
from collections.abc import Iterable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.effects import Effect
from bot.messages import Later
from bot.ports import Store

DISK_WAIT: Final = 60.0


class EraseFiles:
    """Deletes contents that no file needs any more. The same picture may have been sent by somebody else too."""

    def __init__(self, store: Store, folder: Path) -> None:
        """Take where to ask, and where the files lie."""
        self._store = store
        self._folder = folder

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Delete those of `args["hashes"]` (sha256) that are not still kept."""
        del attempts
        hashes = list(args["hashes"])
        async with self._store.reading() as reads:
            needed = await reads.still_kept(hashes)
        try:
            await asyncio.to_thread(_delete, [self._folder / name for name in hashes if name not in needed])
        except OSError as trouble:
            raise Later(DISK_WAIT, f"cannot delete in {self._folder}: {trouble.strerror}") from trouble
        return []


def _delete(paths: Iterable[Path]) -> None:
    for path in paths:
        path.unlink(missing_ok=True)
