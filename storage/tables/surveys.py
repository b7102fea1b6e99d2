"""Surveys and votes."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Integer, Table, Text

from storage.columns import Json, Moment
from storage.tables.metadata import metadata

surveys = Table(
    "surveys",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("person", Text, nullable=False),
    Column("unit", ForeignKey("units.id"), nullable=False, index=True),
    Column("question", Text, nullable=False),
    Column("choices", Json, nullable=False),
    Column("opened_at", Moment, nullable=False),
    Column("closes_at", Moment, nullable=False),
    Column("chosen", Json, nullable=False, server_default="{}"),  # whom it is for, as a notice says it
)

# One row for each person, so that nobody counts twice; read only as counts.
votes = Table(
    "votes",
    metadata,
    Column("survey", ForeignKey("surveys.id"), primary_key=True),
    Column("person", Text, primary_key=True, index=True),
    Column("choice", Integer, nullable=False),
    Column("at", Moment, nullable=False),
)
