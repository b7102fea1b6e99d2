"""What officers said about reports."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from storage.columns import Moment
from storage.tables.metadata import metadata

# verdict: accepted, returned, noted. One row a turn: of two officers who speak at once, one is told of the other.
reviews = Table(
    "reviews",
    metadata,
    Column("unit", ForeignKey("units.id"), primary_key=True),
    Column("number", Integer, primary_key=True),
    Column("turn", Integer, primary_key=True),
    Column("version", Integer, nullable=False),
    Column("at", Moment, nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("verdict", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("field", Text, nullable=False),
)
