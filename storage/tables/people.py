"""People, what they hold, where they are reached, and how they came in."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, text

from storage.columns import Moment
from storage.tables.metadata import metadata

people = Table(
    "people",
    metadata,
    Column("id", Text, primary_key=True),
    Column("name", Text, nullable=False),
    Column("honorific", Text, nullable=False),
    Column("phone", Text, nullable=False),
    Column("language", Text, nullable=False),
    Column("erased_at", Moment),
)

roles = Table(
    "roles",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("unit", ForeignKey("units.id"), nullable=False),
    Column("role", Text, nullable=False),
    Column("valid_from", Date, nullable=False),
    Column("valid_to", Date),  # the first day without it
    Index(None, "unit", "role"),
    # A role that is still held cannot be granted again.
    Index(
        "uq_roles_open",
        "person",
        "unit",
        "role",
        unique=True,
        sqlite_where=text("valid_to IS NULL"),
        postgresql_where=text("valid_to IS NULL"),
    ),
)

# state: open, closed (blocked, gone; opens again when somebody writes from it)
addresses = Table(
    "addresses",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("chat", Text, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("state", Text, nullable=False),
    Column("linked_at", Moment, nullable=False),
    Column("last_used", Moment, nullable=False),
)

consents = Table(
    "consents",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("version", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("given", Boolean, nullable=False),
)

invites = Table(
    "invites",
    metadata,
    Column("hash", Text, primary_key=True),
    Column("unit", ForeignKey("units.id")),
    Column("role", Text, nullable=False),
    Column("expires_at", Moment, nullable=False),
    Column("made_by", Text, nullable=False, index=True),
    Column("person", Text, nullable=False, index=True),
    Column("used_at", Moment),
    Column("used_by", Text),
    Column("revoked_at", Moment),
    Index(None, "unit", "role"),
)

invite_tries = Table(
    "invite_tries",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("channel", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "channel", "chat", "at"),
)

# What people asked not to be sent. Topic "but on zalo": what comes by itself anywhere but there, while it can be.
mutes = Table(
    "mutes",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("since", Moment, nullable=False),
)
