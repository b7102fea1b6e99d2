"""Writes entries of registers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.effects import KeepEntry
from storage.sql import put, row_of
from storage.tables import entries


def keep_entries(connection: Connection, effects: Sequence[KeepEntry], _now: datetime) -> None:
    """Keep entries as they are now."""
    last = {effect.entry.id: row_of(effect.entry) for effect in effects}
    put(connection, entries, [row | {"answers": dict(row["answers"])} for row in last.values()])
