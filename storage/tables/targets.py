"""Targets, every version of them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, text

from storage.columns import Big, Moment
from storage.tables.metadata import metadata

# `person` may since have been erased; "operator" is whoever imported a file.
targets = Table(
    "targets",
    metadata,
    Column("unit", ForeignKey("units.id"), primary_key=True),
    Column("indicator", Text, primary_key=True),
    Column("year", Integer, primary_key=True),
    Column("version", Integer, primary_key=True),
    Column("value", Big, nullable=False),
    Column("basis", Text, nullable=False),
    Column("doc_no", Text, nullable=False),
    Column("decided_by", Text, nullable=False),
    Column("valid_from", Date),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("current", Boolean, nullable=False),  # no later version
    Index(
        "ix_targets_current",
        "year",
        "unit",
        sqlite_where=text("current"),
        postgresql_where=text("current"),
    ),
)
