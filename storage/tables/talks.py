"""Conversations under way, and what was said in them."""

from __future__ import annotations

from sqlalchemy import Column, ForeignKey, Index, Table, Text

from storage.columns import Json, Moment
from storage.tables.metadata import metadata

drafts = Table(
    "drafts",
    metadata,
    Column("id", Text, primary_key=True),
    Column("form", Text, nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("unit", ForeignKey("units.id"), index=True),
    Column("answers", Json, nullable=False),
    Column("accepted", Json, nullable=False),
    Column("sources", Json, nullable=False),
    Column("replaces", Text, nullable=False),
    Column("started_at", Moment),
    Column("touched_at", Moment),
)

asks = Table(
    "asks",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("key", Text, nullable=False),
    Column("choices", Json, nullable=False),
    Column("draft", Text, nullable=False),
    Column("step", Text, nullable=False),
    Column("state", Json, nullable=False),
    Column("until", Moment),
)

# What people said on channels without a history of their own. files: what the channel said of each.
heard = Table(
    "heard",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("chat", Text, nullable=False),
    Column("at", Moment, nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("files", Json, nullable=False),
    Index(None, "channel", "chat", "at"),
)
