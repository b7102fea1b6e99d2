"""What officers send to all their units, who heard it, and the documents and questions that belong to it."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, text

from storage.columns import Json, Moment
from storage.tables.metadata import metadata

# Documents to implement. superseded_by: number of the one in its place; file: sha256 of what is kept.
directives = Table(
    "directives",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Text, nullable=False, unique=True),
    Column("day", Date),
    Column("issuer", Text, nullable=False),
    Column("title", Text, nullable=False),
    Column("file", Text, nullable=False),
    Column("superseded_by", Text, nullable=False),
    Column("added_at", Moment, nullable=False),
    Column("added_by", Text, nullable=False),
)

# state: composed, waiting, planned, sending, paused, sent, cancelled, refused, dropped
notices = Table(
    "notices",
    metadata,
    Column("id", Text, primary_key=True),
    Column("number", Integer, nullable=False, unique=True),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),  # who sends it
    Column("unit", ForeignKey("units.id"), nullable=False, index=True),  # for which union
    Column("signed", Text, nullable=False),  # what that union is called
    Column("answers", Json, nullable=False),  # of the form it was composed with
    Column("directive", Text, nullable=False),
    Column("digest", Text, nullable=False, index=True),  # equal for equal words
    Column("state", Text, nullable=False),
    Column("made_at", Moment, nullable=False),
    Column("units", Integer, nullable=False),  # in the audience, when it was looked at last
    Column("copies", Integer, nullable=False),  # people to be written to, likewise
    Column("after", Integer, nullable=False),  # id of the last unit that was provided for
    Column("expanded", Boolean, nullable=False),  # all units were provided for
    Column("sent_at", Moment),  # when the sending began
    Column("approved_by", Text, nullable=False),
    Column("correction", Text, nullable=False),
)

# Who gets a copy for a unit: `copy` is the key of the outbox row. Without a person, `why` says why nobody does.
notice_recipients = Table(
    "notice_recipients",
    metadata,
    Column("notice", ForeignKey("notices.id"), primary_key=True),
    Column("unit", ForeignKey("units.id"), primary_key=True),
    Column("person", Text, primary_key=True),
    Column("copy", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index("ix_notice_recipients_copy", "copy", sqlite_where=text("copy <> ''"), postgresql_where=text("copy <> ''")),
    Index("ix_notice_recipients_unit", "unit", "notice"),
)

# step: received, spread (to so many people), done (with the id of a report, if it asked for one)
acknowledgements = Table(
    "acknowledgements",
    metadata,
    Column("notice", ForeignKey("notices.id"), primary_key=True),
    Column("unit", ForeignKey("units.id"), primary_key=True),
    Column("step", Text, primary_key=True),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
    Column("people", Integer, nullable=False),
    Column("report", Text, nullable=False),
)

notice_questions = Table(
    "notice_questions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("notice", ForeignKey("notices.id"), nullable=False, index=True),
    Column("unit", ForeignKey("units.id"), nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False, index=True),
    Column("text", Text, nullable=False),
    Column("asked_at", Moment, nullable=False),
    Column("answer", Text, nullable=False),
    Column("answered_by", Text, nullable=False),
    Column("answered_at", Moment),
)
