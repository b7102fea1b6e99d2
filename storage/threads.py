"""A SQLite file as the event loop sees it: each piece of work is done whole, in the thread of an aiosqlite connection.

Statement by statement, aiosqlite goes to its thread and back four times for each: a batch of fifty messages went there
sixty times, for a fifth of its time. Here a function of ten statements goes there once.
"""

from __future__ import annotations

import asyncio
import sqlite3
import threading
from collections.abc import Callable
from functools import partial
from typing import Any, Concatenate, ParamSpec, TypeVar

import aiosqlite
from sqlalchemy import URL, Connection, Engine, create_engine
from sqlalchemy.pool import SingletonThreadPool

P = ParamSpec("P")
T = TypeVar("T")

ROWS_AT_ONCE = 64  # that aiosqlite would bring to whoever iterated over a cursor of its own


class Worker(aiosqlite.Connection):
    """A connection with its thread, which also takes a whole function."""

    async def work(self, act: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something in the thread."""
        done: T = await self._execute(partial(act, *args, **kwargs))  # type: ignore[no-untyped-call]
        return done


class ThreadEngine:
    """As much of an asynchronous engine as we use, over a plain one and as many workers as it may have connections."""

    def __init__(self, url: URL, size: int, **options: Any) -> None:
        """Work on the file of a URL with so many connections; `options` are those of `create_engine`."""
        arguments = options.pop("connect_args", {})
        url = url.set(drivername="sqlite")
        self._here = threading.local()  # what a worker's thread has opened
        self.sync_engine: Engine = create_engine(
            url, creator=lambda: self._here.opened, poolclass=SingletonThreadPool, pool_size=size + 1, **options
        )
        self._file, settings = self.sync_engine.dialect.create_connect_args(url)
        self._settings: dict[str, Any] = {**settings, **arguments}
        self._idle: list[Worker] = []
        self._disposed = False
        self._free = asyncio.Semaphore(size)

    async def connect(self) -> ThreadConnection:
        """Wait for a connection that nobody uses, and open one where all that are open are in use."""
        await self._free.acquire()
        try:
            worker = self._idle.pop() if self._idle else await self._one_more()
        except BaseException:
            self._free.release()
            raise
        return ThreadConnection(self, worker)

    async def _one_more(self) -> Worker:
        worker = Worker(self._opened, ROWS_AT_ONCE)
        await worker
        return worker

    def _opened(self) -> sqlite3.Connection:
        connect: Callable[..., sqlite3.Connection] = sqlite3.connect
        self._here.opened = opened = connect(*self._file, **self._settings)
        return opened

    def take_back(self, worker: Worker) -> None:
        """Let the next one have a connection. After the end its thread ends too: it would keep the process alive."""
        if self._disposed:
            worker.stop()
        else:
            self._idle.append(worker)
        self._free.release()

    async def dispose(self) -> None:
        """Close every connection that nobody uses, and let their threads end; those in use follow once back."""
        self._disposed = True
        while self._idle:
            await self._idle.pop().close()


class ThreadConnection:
    """As much of an asynchronous connection as we use. One piece of work at a time."""

    def __init__(self, engine: ThreadEngine, worker: Worker) -> None:
        """Be one of this engine's."""
        self._engine = engine
        self._worker = worker
        self._begun: Connection | None = None
        self._closed = False

    @property
    def begun(self) -> Connection:
        """The connection, once its transaction has begun."""
        if self._begun is None:
            raise LookupError("no transaction has begun")
        return self._begun

    async def begin(self) -> None:
        """Begin a transaction."""
        await self._worker.work(self._begin)

    async def run_sync(self, act: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Do something with the connection."""
        return await self._worker.work(act, self.begun, *args, **kwargs)

    async def commit(self) -> None:
        """Keep what was written; afterwards there is nothing left to do but to close."""
        await self._worker.work(self._end)

    async def close(self) -> None:
        """Give the connection back; what was not committed is undone."""
        if self._closed:
            return
        self._closed = True
        try:
            if self._begun is not None and not self._begun.closed:
                await self._worker.work(self._begun.close)
        finally:
            self._engine.take_back(self._worker)

    def _begin(self) -> None:
        self._begun = self._engine.sync_engine.connect()
        self._begun.begin()

    def _end(self) -> None:
        self.begun.commit()
        self.begun.close()
