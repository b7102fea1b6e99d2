"""What is to be said, and what was left unsaid."""

from __future__ import annotations

from sqlalchemy import Column, Index, Integer, Table, Text, text

from storage.columns import Big, Json, Moment
from storage.tables.metadata import metadata

# state: pending, held, sending, sent, failed, uncertain, expired
outbox = Table(
    "outbox",
    metadata,
    Column("id", Big, primary_key=True),
    Column("key", Text, nullable=False, unique=True),
    Column("channel", Text, nullable=False),
    Column("chat", Text, nullable=False),
    Column("body", Json, nullable=False),
    Column("priority", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("not_before", Moment),
    Column("drop_key", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("message_id", Text, nullable=False),
    Column("why", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("sent_at", Moment),
    Column("not_after", Moment),  # too late to send from then on
    Column("parts", Integer, nullable=False, server_default="1"),  # messages, as the messenger counts what was sent
    Column("cost", Integer, nullable=False, server_default="0"),  # đồng
    Index(None, "state", "channel", "priority", "id"),
    Index(
        "ix_outbox_not_after",
        "not_after",
        sqlite_where=text("not_after IS NOT NULL AND state = 'pending'"),
        postgresql_where=text("not_after IS NOT NULL AND state = 'pending'"),
    ),
    Index(
        "ix_outbox_drop_key",
        "drop_key",
        sqlite_where=text("drop_key <> ''"),
        postgresql_where=text("drop_key <> ''"),
    ),
    # What is over loses its chat with its body in time, and leaves this index.
    Index("ix_outbox_chat", "chat", sqlite_where=text("chat <> ''"), postgresql_where=text("chat <> ''")),
    # A deleted row's id is never given again: the sender may still be holding it.
    sqlite_autoincrement=True,
)

# A message about several units has a reason to be dropped for each of them; it stands here under its key.
outbox_reasons = Table(
    "outbox_reasons",
    metadata,
    Column("reason", Text, primary_key=True),
    Column("message", Text, primary_key=True),
    sqlite_with_rowid=False,
)

# What the clock left unsaid, and by which rule: to everybody (person ''), or to one person.
unsaid = Table(
    "unsaid",
    metadata,
    Column("occasion", Text, primary_key=True),
    Column("person", Text, primary_key=True),
    Column("rule", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Index(None, "at"),
)
