"""What offices wrote for official reports, every version of it."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from storage.columns import Moment
from storage.tables.metadata import metadata

# part: a code of bot.documents.parts. `person` may since have been erased; what they wrote is the office's.
wordings = Table(
    "wordings",
    metadata,
    Column("unit", ForeignKey("units.id"), primary_key=True),
    Column("period", Text, primary_key=True),
    Column("part", Text, primary_key=True),
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("text", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
