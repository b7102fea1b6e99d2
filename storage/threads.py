"""A SQLite file as the event loop sees it: each piece of work is done whole, in a thread of its own.

What the library for this offers goes to its thread and back four times for a statement: a batch of fifty messages went
there sixty times, for a fifth of its time. Here a function of ten statements goes there once.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection, Engine

P = ParamSpec("P")
T = TypeVar("T")


class ThreadEngine:
    """As much of an asynchronous engine as we use, over a plain one and as many threads as it has connections."""

    def __init__(self, engine: Engine, size: int) -> None:
        """Work with so many connections at once."""
        self.sync_engine = engine
        self._threads = ThreadPoolExecutor(size, "sqlite")
        self._free = asyncio.Semaphore(size)

    async def connect(self) -> ThreadConnection:
        """Wait for a connection that nobody uses; it is opened when its transaction begins."""
        await self._free.acquire()
        return ThreadConnection(self)

    async def work(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something in a thread."""
        return await asyncio.get_running_loop().run_in_executor(self._threads, partial(act, *args, **kwargs))

    def given_back(self) -> None:
        """Let the next one have a connection."""
        self._free.release()

    async def dispose(self) -> None:
        """Close every connection, and let the threads end."""
        await self.work(self.sync_engine.dispose)
        self._threads.shutdown(wait=False)


class ThreadConnection:
    """As much of an asynchronous connection as we use. One piece of work at a time, whichever thread does it."""

    def __init__(self, engine: ThreadEngine) -> None:
        """Be one of this engine's."""
        self._engine = engine
        self._opened: Connection | None = None
        self._closed = False

    @property
    def opened(self) -> Connection:
        """The connection, once its transaction has begun."""
        if self._opened is None:
            raise LookupError("no transaction has begun")
        return self._opened

    async def begin(self) -> None:
        """Open the connection and begin a transaction."""
        await self._engine.work(self._begin)

    async def run_sync(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something with the connection."""
        return await self._engine.work(act, self.opened, *args, **kwargs)

    async def commit(self) -> None:
        """Keep what was written."""
        await self._engine.work(self.opened.commit)

    async def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._opened is not None:
                await self._engine.work(self._opened.close)
        finally:
            self._engine.given_back()

    def _begin(self) -> Any:
        self._opened = self._engine.sync_engine.connect()
        return self._opened.begin()
