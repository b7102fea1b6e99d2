"""Reads the keys of messengers."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from bot.records import ChannelKeys
from storage.sql import columns_of
from storage.tables import channel_keys

_OF = select(*columns_of(channel_keys, ChannelKeys)).where(channel_keys.c.name == bindparam("channel"))


def of(connection: Connection, name: str) -> ChannelKeys | None:
    """Give the keys of a channel, if any were ever kept."""
    row = connection.execute(_OF, {"channel": name}).first()
    return ChannelKeys(*row) if row else None
