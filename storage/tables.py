"""Every table, on both databases. A change here needs a revision in `storage/migrations/versions` too."""

from __future__ import annotations

from sqlalchemy import Boolean, Column, Date, ForeignKey, Index, Integer, MetaData, Table, Text, text

from storage.columns import Big, Json, Moment

metadata = MetaData(
    naming_convention={
        "pk": "pk_%(table_name)s",
        "fk": "fk_%(table_name)s_%(column_0_name)s",
        "uq": "uq_%(table_name)s_%(column_0_N_name)s",
        "ix": "ix_%(table_name)s_%(column_0_N_name)s",
    }
)

# --- the organisation: dated, never overwritten ---------------------------------------------------

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

# --- people ---------------------------------------------------------------------------------------

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

# --- conversations --------------------------------------------------------------------------------

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

# --- reports --------------------------------------------------------------------------------------

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

# --- machinery ------------------------------------------------------------------------------------

# state: waiting, taken (until the lease in not_before runs out), done
jobs = Table(
    "jobs",
    metadata,
    Column("id", Text, primary_key=True),
    Column("kind", Text, nullable=False),
    Column("args", Json, nullable=False),
    Column("state", Text, nullable=False),
    Column("attempts", Integer, nullable=False),
    Column("not_before", Moment, nullable=False),
    Column("why", Text, nullable=False),
    Column("created_at", Moment, nullable=False),
    Column("done_at", Moment),
    Index(None, "state", "not_before"),
)

seen_updates = Table(
    "seen_updates",
    metadata,
    Column("channel", Text, primary_key=True),
    Column("id", Text, primary_key=True),
    Column("seen_at", Moment, nullable=False, index=True),
    sqlite_with_rowid=False,
)

# state: pending, sending, sent, failed, uncertain, expired
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

# What people asked not to be sent.
mutes = Table(
    "mutes",
    metadata,
    Column("person", ForeignKey("people.id"), primary_key=True),
    Column("topic", Text, primary_key=True),
    Column("since", Moment, nullable=False),
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

clock_marks = Table(
    "clock_marks",
    metadata,
    Column("name", Text, primary_key=True),
    Column("until", Moment, nullable=False),
)

# The office's book of settings, whole in each version; the latest is in force.
settings = Table(
    "settings",
    metadata,
    Column("version", Integer, primary_key=True, autoincrement=False),
    Column("at", Moment, nullable=False),
    Column("by", Text, nullable=False),
    Column("note", Text, nullable=False),
    Column("sheets", Json, nullable=False),
)

failures = Table(
    "failures",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False, index=True),
    Column("place", Text, nullable=False),
    Column("incoming", Text, nullable=False),
    Column("trace", Text, nullable=False),
)

audit = Table(
    "audit",
    metadata,
    Column("id", Integer, primary_key=True),
    Column("at", Moment, nullable=False),
    Column("person", Text, nullable=False, index=True),
    Column("action", Text, nullable=False),
    Column("subject", Text, nullable=False),
    Column("detail", Text, nullable=False),
)
