"""Keys of messengers that change while we run."""

from __future__ import annotations

from sqlalchemy import Column, Integer, Table, Text

from storage.columns import Moment
from storage.tables.metadata import metadata

# seed: hash of the refresh token that the environment gave first. renewing_until: somebody is asking for new ones.
channel_keys = Table(
    "channel_keys",
    metadata,
    Column("name", Text, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("seed", Text, nullable=False),
    Column("refresh", Text, nullable=False),
    Column("access", Text, nullable=False),
    Column("valid_until", Moment, nullable=False),
    Column("renewing_until", Moment),
)
