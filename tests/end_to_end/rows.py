"""What stands in the database of a program that has stopped, or runs on."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import asynccontextmanager
from typing import Any

from sqlalchemy import Connection, Select, Table, select

from storage.engine import Engines, open_engines
from storage.store import transaction

Row = Mapping[str, Any]


class Rows:
    """Reads whole tables."""

    def __init__(self, engines: Engines) -> None:
        self._engines = engines

    async def of(self, table: Table, **wanted: object) -> list[Row]:
        """Give the rows with these values, the oldest first."""
        query = select(table).where(*(table.c[name] == value for name, value in wanted.items()))
        async with transaction(self._engines.reader) as connection:  # each look sees what was written since
            return await connection.run_sync(_mapped, query.order_by(*table.primary_key))


def _mapped(connection: Connection, query: Select[Any]) -> list[Row]:
    return [dict(row) for row in connection.execute(query).mappings()]


@asynccontextmanager
async def rows_of(url: str) -> AsyncIterator[Rows]:
    """Open a database for reading."""
    engines = open_engines(url)
    try:
        yield Rows(engines)
    finally:
        await engines.close()
