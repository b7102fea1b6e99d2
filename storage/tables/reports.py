"""Reports, their figures and files, and what officers decided about them."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, Table, Text, false, text

from storage.columns import Big, Json, Moment
from storage.tables.metadata import metadata

submissions = Table(
    "submissions",
    metadata,
    Column("id", Text, primary_key=True),
    Column("unit", ForeignKey("units.id"), nullable=False),
    Column("form", Text, nullable=False),
    Column("number", Integer, nullable=False),
    Column("version", Integer, nullable=False),
    Column("person", ForeignKey("people.id"), nullable=False),
    Column("channel", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("period", Text, nullable=False),
    Column("filed_at", Moment, nullable=False),
    Column("first_filed_at", Moment),
    Column("answers", Json, nullable=False),
    Column("accepted", Json, nullable=False),
    Column("sources", Json, nullable=False),
    Column("draft", Text, nullable=False),
    Column("replaces", Text, nullable=False),
    Column("state", Text, nullable=False),
    Column("reason", Text, nullable=False),
    Column("current", Boolean, nullable=False),  # no later version, and no report in its place
    Index("uq_submissions_version", "unit", "number", "version", unique=True),
    Index(
        "uq_submissions_draft",
        "draft",
        unique=True,
        sqlite_where=text("draft <> ''"),
        postgresql_where=text("draft <> ''"),
    ),
    # All that the receipts of a period need.
    Index(
        "ix_submissions_receipts",
        "period",
        "unit",
        "form",
        "first_filed_at",
        "filed_at",
        "current",
        "state",
        sqlite_where=text("current AND state IN ('filed', 'returned')"),
        postgresql_where=text("current AND state IN ('filed', 'returned')"),
    ),
    Index(None, "unit", "current", "filed_at"),
    Index(None, "person", "filed_at"),
)

figures = Table(
    "figures",
    metadata,
    Column("submission", ForeignKey("submissions.id"), primary_key=True),
    Column("field", Text, primary_key=True),
    Column("choice", Text, primary_key=True),
    Column("unit", ForeignKey("units.id"), nullable=False),
    Column("parent", ForeignKey("units.id")),  # the managing unit on the day of the event
    Column("form", Text, nullable=False),
    Column("day", Date, nullable=False),
    Column("value", Big, nullable=False),
    Column("weight", Integer, nullable=False),
    Column("filed_at", Moment, nullable=False),  # of the submission: of two on the same day, the later one is the last
    Column(
        "last", Boolean, nullable=False, server_default=false()
    ),  # it holds until the unit tells another one; see `levels`
    Index(None, "parent", "day"),
    # All that the last value of a unit needs, of the figures that are no counts of a choice.
    Index(
        "ix_figures_last",
        "unit",
        "form",
        "field",
        "day",
        "filed_at",
        "value",
        "choice",
        sqlite_where=text("choice = ''"),
        postgresql_where=text("choice = ''"),
    ),
)

# Figures added up for each managing unit (their `parent`) and half month, as they are filed; see storage.totals.
totals = Table(
    "totals",
    metadata,
    Column("parent", ForeignKey("units.id"), primary_key=True),
    Column("half", Date, primary_key=True),  # its first day
    Column("form", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("choice", Text, primary_key=True),
    Column("value", Big, nullable=False),
    Column("reports", Integer, nullable=False),
    sqlite_with_rowid=False,
)

# What the units under a managing unit told last, added up: from each day on which that changed until the next such day.
# `members` and `workers` are what the list of units says of those who told. Form "" and field "": all of its units,
# whether they told anything or not. See storage.levels.
levels = Table(
    "levels",
    metadata,
    Column("parent", ForeignKey("units.id"), primary_key=True),
    Column("form", Text, primary_key=True),
    Column("field", Text, primary_key=True),
    Column("day", Date, primary_key=True),
    Column("value", Big, nullable=False),
    Column("units", Integer, nullable=False),
    Column("members", Big, nullable=False),
    Column("workers", Big, nullable=False),
    sqlite_with_rowid=False,
)

# state: waiting, kept, failed, erased. ref_* is what the channel said of the file, the rest what was fetched.
attachments = Table(
    "attachments",
    metadata,
    Column("id", Text, primary_key=True),
    Column("draft", Text, nullable=False, index=True),
    Column("field", Text, nullable=False),
    Column("channel", Text, nullable=False),
    Column("remote", Text, nullable=False),
    Column("kind", Text, nullable=False),
    Column("name", Text, nullable=False),
    Column("ref_mime", Text, nullable=False),
    Column("ref_size", Big),
    Column("state", Text, nullable=False),
    Column("sha256", Text, nullable=False, index=True),
    Column("size", Big, nullable=False),
    Column("mime", Text, nullable=False),
    Column("why", Text, nullable=False),
    Index(
        "ix_attachments_web",
        "remote",
        sqlite_where=text("channel = 'web'"),
        postgresql_where=text("channel = 'web'"),
    ),
)

# What an officer decided for one unit and period, and why. `person` may since have been erased.
unlocks = Table(
    "unlocks",
    metadata,
    Column("unit", ForeignKey("units.id"), primary_key=True),
    Column("period", Text, primary_key=True),
    Column("until", Moment, nullable=False),
    Column("reason", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)

exemptions = Table(
    "exemptions",
    metadata,
    Column("unit", ForeignKey("units.id"), primary_key=True),
    Column("period", Text, primary_key=True),
    Column("reason", Text, nullable=False),
    Column("person", Text, nullable=False),
    Column("at", Moment, nullable=False),
)
