"""Marks in time: until when something has been done."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.sql import insert
from storage.tables import clock_marks

_MARK = select(clock_marks.c.until).where(clock_marks.c.name == bindparam("name"))


def set_mark(connection: Connection, name: str, until: datetime) -> None:
    """Move a mark."""
    new = insert(connection, clock_marks).values(name=name, until=until)
    connection.execute(new.on_conflict_do_update(index_elements=["name"], set_={"until": new.excluded.until}))


def mark(connection: Connection, name: str) -> datetime | None:
    """Read a mark."""
    until: datetime | None = connection.execute(_MARK, {"name": name}).scalar_one_or_none()
    return until
