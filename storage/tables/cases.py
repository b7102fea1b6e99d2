"""Cases, and what happened to them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, ForeignKey, Index, Integer, Table, Text, text

from storage.columns import Json, Moment
from storage.tables.metadata import metadata

# number: of all units together. person, owner and the people of events may since have been erased.
cases = Table(
    "cases",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("topic", Text, nullable=False),
    Column("unit", ForeignKey("units.id"), nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("opened_at", Moment, nullable=False),
    Column("state", Text, nullable=False),
    Column("owner", Text, nullable=False),
    Column("desk", ForeignKey("units.id")),
    Column("due_at", Moment, nullable=False),
    Column("seq", Integer, nullable=False),
    Column("step", Integer, nullable=False),
    Column("next_at", Moment),
    Column("answered_at", Moment),
    Column("closed_at", Moment),
    Column("serious", Boolean, nullable=False),
    Column("report", Integer, nullable=False),
    Column("wording", Text, nullable=False),
    Column("alerted", Json, nullable=False),
    Index(None, "unit", "opened_at"),
    Index(
        "ix_cases_next",
        "next_at",
        sqlite_where=text("next_at IS NOT NULL"),
        postgresql_where=text("next_at IS NOT NULL"),
    ),
    Index(
        "ix_cases_open",
        "owner",
        "desk",
        sqlite_where=text("state <> 'closed'"),
        postgresql_where=text("state <> 'closed'"),
    ),
)

case_events = Table(
    "case_events",
    metadata,
    Column("case", ForeignKey("cases.id"), primary_key=True),
    Column("seq", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("deed", Text, nullable=False),
    Column("to", Text, nullable=False),
    Column("text", Text, nullable=False),
)
