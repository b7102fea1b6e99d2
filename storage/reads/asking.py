"""What every room of reads asks with: one connection, and the day that it is."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, datetime
from typing import Concatenate, ParamSpec, TypeVar

from sqlalchemy import Connection
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.refusals import refusals_named
from storage.sql import local_day
from storage.threads import ThreadConnection
from storage.unbroken import to_its_end

P = ParamSpec("P")
T = TypeVar("T")


class Asking:
    """Asks on one connection. `now` decides what "today" is."""

    def __init__(self, connection: AsyncConnection | ThreadConnection, now: datetime) -> None:
        """Read on this connection, as of now."""
        self._connection = connection
        self.now = now

    @property
    def today(self) -> date:
        """The day that it is in Vietnam."""
        return local_day(self.now)

    async def run(self, ask: Callable[Concatenate[Connection, P], T], *args: P.args, **kwargs: P.kwargs) -> T:
        """Run a function of `storage.reading` on the connection, naming what the database refuses."""
        with refusals_named():
            return await to_its_end(self._connection.run_sync(ask, *args, **kwargs))
