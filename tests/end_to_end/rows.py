"""What stands in the database of a program that has stopped, or runs on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Table, select
from sqlalchemy.ext.asyncio import AsyncConnection

from storage.engine import open_engines

Row = Mapping[str, Any]


class Rows:
    """Reads whole tables."""

    def __init__(self, connection: AsyncConnection) -> None:
        self._connection = connection

    async def of(self, table: Table, **wanted: object) -> list[Row]:
        """Give the rows with these values, the oldest first."""
        query = select(table).where(*(table.c[name] == value for name, value in wanted.items()))
        found = await self._connection.execute(query.order_by(*table.primary_key))
        rows: list[Row] = [dict(row) for row in found.mappings()]
        await self._connection.rollback()  # the next look shall see what was written since
        return rows


@asynccontextmanager
async def rows_of(url: str) -> AsyncIterator[Rows]:
    """Open a database for reading."""
    engines = open_engines(url)
    try:
        async with engines.reader.connect() as connection:
            yield Rows(connection)
    finally:
        await engines.close()
