"""Registers that officers keep."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.columns import Json, Moment
from storage.tables.metadata import metadata

# register: the name of its form. standing: open, done, gone.
entries = Table(
    "entries",
    metadata,
    Column("id", Text, primary_key=True),
    Column("register", Text, nullable=False),
    Column("unit", ForeignKey("units.id"), nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("at", Moment, nullable=False),
    Column("answers", Json, nullable=False),
    Column("standing", Text, nullable=False),
    Index(None, "register", "unit"),
)
