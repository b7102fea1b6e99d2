"""Writes the keys of messengers."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, update

from bot.effects import KeepKeys
from bot.ports import Conflict
from storage.sql import add, row_of
from storage.tables import channel_keys


def keep_keys(connection: Connection, effects: Sequence[KeepKeys], _now: datetime) -> None:
    """Put each next version in the place of the one before. Conflict where somebody else was first."""
    for effect in effects:
        row = row_of(effect.keys)
        if effect.keys.version == 1:
            add(connection, channel_keys, [row])
            continue
        before = (channel_keys.c.name == row["name"], channel_keys.c.version == row["version"] - 1)
        if connection.execute(update(channel_keys).where(*before).values(**row)).rowcount != 1:
            raise Conflict(f"the keys of {effect.keys.name} were changed meanwhile")
