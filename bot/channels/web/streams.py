"""Open pages: each listens to its chat, and reads what is new when it is woken."""

from __future__ import annotations

import asyncio
from collections import defaultdict
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from typing import Final

from bot.messages import Address
from bot.ports import Line, Store

OVERLAP: Final = timedelta(seconds=10)  # what two processes commit at once may be seen in the wrong order
FIRST: Final = 200  # lines of a page that is opened
MOST: Final = 500  # lines of a page that comes back; beyond them it is opened afresh


class Ears:
    """Who listens to which chat."""

    def __init__(self) -> None:
        """Begin with nobody."""
        self.closing = False
        self._open: dict[str, dict[asyncio.Event, Callable[[], bool]]] = defaultdict(dict)
        self._count = 0

    def __len__(self) -> int:
        """Count the open pages."""
        return self._count

    def of(self, chat: str) -> int:
        """Count the open pages of a chat, without those that went and were not yet missed."""
        return sum(there() for there in self._open.get(chat, {}).values())

    @contextmanager
    def open(self, chat: str, there: Callable[[], bool]) -> Iterator[asyncio.Event]:
        """Listen to a chat: the event is set when there may be something new. `there` tells if the page is."""
        bell = asyncio.Event()
        self._open[chat][bell] = there
        self._count += 1
        try:
            yield bell
        finally:
            self._count -= 1
            del self._open[chat][bell]
            if not self._open[chat]:
                del self._open[chat]

    def wake(self, chat: str) -> None:
        """Wake the pages of a chat."""
        for bell in self._open.get(chat, ()):
            bell.set()

    def wake_all(self) -> None:
        """Wake every page."""
        for bells in self._open.values():
            for bell in bells:
                bell.set()

    def close(self) -> None:
        """Let every page go: the program stops."""
        self.closing = True
        self.wake_all()


class Reader:
    """Reads a conversation as it grows, each line once (again when its wording changed)."""

    def __init__(self, store: Store, address: Address, clock: Callable[[], datetime], since: datetime) -> None:
        """Begin after `since`."""
        self._store = store
        self._address = address
        self._clock = clock
        self._since = since
        self._seen: dict[str, datetime] = {}

    @property
    def cursor(self) -> str:
        """Give the id under which a page can go on from here."""
        return cursor(self._since)

    async def read(self, limit: int = MOST) -> list[Line]:
        """Give what is new."""
        async with self._store.reading() as reads:
            found = await reads.lines(self._address, self._since - OVERLAP, self._clock(), limit)
        new = [line for line in found if self._seen.get(line.key) != line.at]
        self._since = max([self._since, *(line.at for line in new)])
        self._seen |= {line.key: line.at for line in new}
        self._seen = {key: at for key, at in self._seen.items() if at >= self._since - OVERLAP}
        return new


def cursor(at: datetime) -> str:
    """Write a moment as the id of an event."""
    return str(int(at.timestamp() * 1_000_000))


def moment(text: str) -> datetime | None:
    """Read the id of an event."""
    if not text.isascii() or not text.isdecimal() or len(text) > 17:
        return None
    return datetime.fromtimestamp(int(text) / 1_000_000, UTC)
