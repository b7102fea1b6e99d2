"""The organisation: dated, never overwritten."""

from __future__ import annotations

from sqlalchemy import Column, Date, ForeignKey, Index, Integer, Table, Text

from storage.tables.metadata import metadata

units = Table(
    "units",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("code", Text, nullable=False, unique=True),
    Column("kind", Text, nullable=False),
    Column("sector", Text),
    Column("members", Integer),
    Column("workers", Integer),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),  # the first day on which it is no more
    # Code and every name it ever had, folded by `storage.folding`: what people type is looked for here.
    Column("folded", Text, nullable=False),
)

# A unit is called by the latest of its names whose day has come.
unit_names = Table(
    "unit_names",
    metadata,
    Column("unit", ForeignKey("units.id"), primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("name", Text, nullable=False),
)

# relation: manages (one parent at a time), recognises (gives no access), successor_of.
# valid_to is the first day without.
unit_links = Table(
    "unit_links",
    metadata,
    Column("child", ForeignKey("units.id"), primary_key=True),
    Column("relation", Text, primary_key=True),
    Column("valid_from", Date, primary_key=True),
    Column("parent", ForeignKey("units.id"), primary_key=True),
    Column("valid_to", Date),
    # Whole: going down a tree touches every link once, and this is all it needs of each.
    Index("ix_unit_links_down", "parent", "relation", "child", "valid_from", "valid_to"),
)
