"""Foundation: units, people, conversations, reports and the machinery that carries them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")


def upgrade() -> None:
    """Make every table."""
    _attachments()
    _audit()
    _clock_marks()
    _failures()
    _heard()
    _invite_tries()
    _jobs()
    _outbox()
    _outbox_reasons()
    _people()
    _seen_updates()
    _settings()
    _units()
    _unsaid()
    _addresses()
    _asks()
    _consents()
    _drafts()
    _exemptions()
    _invites()
    _mutes()
    _roles()
    _submissions()
    _unit_links()
    _unit_names()
    _unlocks()
    _figures()
    _totals()


def _attachments() -> None:
    op.create_table(
        "attachments",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("remote", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("ref_mime", sa.Text(), nullable=False),
        sa.Column("ref_size", BIG),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("sha256", sa.Text(), nullable=False),
        sa.Column("size", BIG, nullable=False),
        sa.Column("mime", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_attachments")),
    )
    op.create_index(op.f("ix_attachments_draft"), "attachments", ["draft"])
    op.create_index(op.f("ix_attachments_sha256"), "attachments", ["sha256"])
    op.create_index(
        "ix_attachments_web",
        "attachments",
        ["remote"],
        sqlite_where=sa.text("channel = 'web'"),
        postgresql_where=sa.text("channel = 'web'"),
    )


def _audit() -> None:
    op.create_table(
        "audit",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("action", sa.Text(), nullable=False),
        sa.Column("subject", sa.Text(), nullable=False),
        sa.Column("detail", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_audit")),
    )
    op.create_index(op.f("ix_audit_person"), "audit", ["person"])


def _clock_marks() -> None:
    op.create_table(
        "clock_marks",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_clock_marks")),
    )


def _failures() -> None:
    op.create_table(
        "failures",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("place", sa.Text(), nullable=False),
        sa.Column("incoming", sa.Text(), nullable=False),
        sa.Column("trace", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_failures")),
    )
    op.create_index(op.f("ix_failures_at"), "failures", ["at"])


def _heard() -> None:
    op.create_table(
        "heard",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("files", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("channel", "id", name=op.f("pk_heard")),
    )
    op.create_index(op.f("ix_heard_at"), "heard", ["at"])
    op.create_index(op.f("ix_heard_channel_chat_at"), "heard", ["channel", "chat", "at"])


def _invite_tries() -> None:
    op.create_table(
        "invite_tries",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_invite_tries")),
    )
    op.create_index(op.f("ix_invite_tries_channel_chat_at"), "invite_tries", ["channel", "chat", "at"])


def _jobs() -> None:
    op.create_table(
        "jobs",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("args", sa.JSON(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("not_before", MOMENT, nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("done_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_jobs")),
    )
    op.create_index(op.f("ix_jobs_state_not_before"), "jobs", ["state", "not_before"])


def _outbox() -> None:
    op.create_table(
        "outbox",
        sa.Column("id", BIG, nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("body", sa.JSON(), nullable=False),
        sa.Column("priority", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("not_before", MOMENT),
        sa.Column("drop_key", sa.Text(), nullable=False),
        sa.Column("attempts", sa.Integer(), nullable=False),
        sa.Column("message_id", sa.Text(), nullable=False),
        sa.Column("why", sa.Text(), nullable=False),
        sa.Column("created_at", MOMENT, nullable=False),
        sa.Column("sent_at", MOMENT),
        sa.Column("not_after", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_outbox")),
        sa.UniqueConstraint("key", name=op.f("uq_outbox_key")),
        sqlite_autoincrement=True,
    )
    op.create_index(
        op.f("ix_outbox_chat"),
        "outbox",
        ["chat"],
        sqlite_where=sa.text("chat <> ''"),
        postgresql_where=sa.text("chat <> ''"),
    )
    op.create_index(
        op.f("ix_outbox_drop_key"),
        "outbox",
        ["drop_key"],
        sqlite_where=sa.text("drop_key <> ''"),
        postgresql_where=sa.text("drop_key <> ''"),
    )
    op.create_index(
        op.f("ix_outbox_not_after"),
        "outbox",
        ["not_after"],
        sqlite_where=sa.text("not_after IS NOT NULL AND state = 'pending'"),
        postgresql_where=sa.text("not_after IS NOT NULL AND state = 'pending'"),
    )
    op.create_index(op.f("ix_outbox_state_channel_priority_id"), "outbox", ["state", "channel", "priority", "id"])


def _people() -> None:
    op.create_table(
        "people",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("honorific", sa.Text(), nullable=False),
        sa.Column("phone", sa.Text(), nullable=False),
        sa.Column("language", sa.Text(), nullable=False),
        sa.Column("erased_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_people")),
    )


def _seen_updates() -> None:
    op.create_table(
        "seen_updates",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("seen_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "id", name=op.f("pk_seen_updates")),
        sqlite_with_rowid=False,
    )
    op.create_index(op.f("ix_seen_updates_seen_at"), "seen_updates", ["seen_at"])


def _settings() -> None:
    op.create_table(
        "settings",
        sa.Column("version", sa.Integer(), autoincrement=False, nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("by", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("sheets", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("version", name=op.f("pk_settings")),
    )


def _units() -> None:
    op.create_table(
        "units",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("code", sa.Text(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("sector", sa.Text()),
        sa.Column("members", sa.Integer()),
        sa.Column("workers", sa.Integer()),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.Column("folded", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_units")),
        sa.UniqueConstraint("code", name=op.f("uq_units_code")),
    )


def _addresses() -> None:
    op.create_table(
        "addresses",
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("chat", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("linked_at", MOMENT, nullable=False),
        sa.Column("last_used", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("channel", "chat", name=op.f("pk_addresses")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_addresses_person")),
    )
    op.create_index(op.f("ix_addresses_person"), "addresses", ["person"])


def _asks() -> None:
    op.create_table(
        "asks",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("key", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("step", sa.Text(), nullable=False),
        sa.Column("state", sa.JSON(), nullable=False),
        sa.Column("until", MOMENT),
        sa.PrimaryKeyConstraint("person", name=op.f("pk_asks")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_asks_person")),
    )


def _consents() -> None:
    op.create_table(
        "consents",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("version", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("given", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_consents")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_consents_person")),
    )
    op.create_index(op.f("ix_consents_person"), "consents", ["person"])


def _drafts() -> None:
    op.create_table(
        "drafts",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer()),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("started_at", MOMENT),
        sa.Column("touched_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_drafts")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_drafts_person")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_drafts_unit")),
    )
    op.create_index(op.f("ix_drafts_person"), "drafts", ["person"])
    op.create_index(op.f("ix_drafts_unit"), "drafts", ["unit"])


def _invites() -> None:
    op.create_table(
        "invites",
        sa.Column("hash", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer()),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("expires_at", MOMENT, nullable=False),
        sa.Column("made_by", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("used_at", MOMENT),
        sa.Column("used_by", sa.Text()),
        sa.Column("revoked_at", MOMENT),
        sa.PrimaryKeyConstraint("hash", name=op.f("pk_invites")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_invites_unit")),
    )
    op.create_index(op.f("ix_invites_made_by"), "invites", ["made_by"])
    op.create_index(op.f("ix_invites_person"), "invites", ["person"])
    op.create_index(op.f("ix_invites_unit_role"), "invites", ["unit", "role"])


def _roles() -> None:
    op.create_table(
        "roles",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("role", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_roles")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_roles_person")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_roles_unit")),
    )
    op.create_index(op.f("ix_roles_person"), "roles", ["person"])
    op.create_index(op.f("ix_roles_unit_role"), "roles", ["unit", "role"])
    op.create_index(
        op.f("uq_roles_open"),
        "roles",
        ["person", "unit", "role"],
        unique=True,
        sqlite_where=sa.text("valid_to IS NULL"),
        postgresql_where=sa.text("valid_to IS NULL"),
    )


def _submissions() -> None:
    op.create_table(
        "submissions",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.Column("first_filed_at", MOMENT),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("accepted", sa.JSON(), nullable=False),
        sa.Column("sources", sa.JSON(), nullable=False),
        sa.Column("draft", sa.Text(), nullable=False),
        sa.Column("replaces", sa.Text(), nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("current", sa.Boolean(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_submissions")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_submissions_unit")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_submissions_person")),
    )
    op.create_index(op.f("ix_submissions_person_filed_at"), "submissions", ["person", "filed_at"])
    op.create_index(op.f("ix_submissions_unit_current_filed_at"), "submissions", ["unit", "current", "filed_at"])
    op.create_index(
        "ix_submissions_receipts",
        "submissions",
        ["period", "unit", "form", "first_filed_at", "filed_at", "current", "state"],
        sqlite_where=sa.text("current AND state IN ('filed', 'returned')"),
        postgresql_where=sa.text("current AND state IN ('filed', 'returned')"),
    )
    op.create_index(
        op.f("uq_submissions_draft"),
        "submissions",
        ["draft"],
        unique=True,
        sqlite_where=sa.text("draft <> ''"),
        postgresql_where=sa.text("draft <> ''"),
    )
    op.create_index(op.f("uq_submissions_version"), "submissions", ["unit", "number", "version"], unique=True)


def _unit_links() -> None:
    op.create_table(
        "unit_links",
        sa.Column("child", sa.Integer(), nullable=False),
        sa.Column("relation", sa.Text(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("valid_to", sa.Date()),
        sa.PrimaryKeyConstraint("child", "relation", "valid_from", "parent", name=op.f("pk_unit_links")),
        sa.ForeignKeyConstraint(["child"], ["units.id"], name=op.f("fk_unit_links_child")),
        sa.ForeignKeyConstraint(["parent"], ["units.id"], name=op.f("fk_unit_links_parent")),
    )
    op.create_index("ix_unit_links_down", "unit_links", ["parent", "relation", "child", "valid_from", "valid_to"])


def _unit_names() -> None:
    op.create_table(
        "unit_names",
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("valid_from", sa.Date(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("unit", "valid_from", name=op.f("pk_unit_names")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_unit_names_unit")),
    )


def _unlocks() -> None:
    op.create_table(
        "unlocks",
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("until", MOMENT, nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("unit", "period", name=op.f("pk_unlocks")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_unlocks_unit")),
    )


def _exemptions() -> None:
    op.create_table(
        "exemptions",
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("unit", "period", name=op.f("pk_exemptions")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_exemptions_unit")),
    )


def _mutes() -> None:
    op.create_table(
        "mutes",
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("since", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("person", "topic", name=op.f("pk_mutes")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_mutes_person")),
    )


def _unsaid() -> None:
    op.create_table(
        "unsaid",
        sa.Column("occasion", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("occasion", "person", name=op.f("pk_unsaid")),
    )
    op.create_index(op.f("ix_unsaid_at"), "unsaid", ["at"])


def _outbox_reasons() -> None:
    op.create_table(
        "outbox_reasons",
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("message", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("reason", "message", name=op.f("pk_outbox_reasons")),
        sqlite_with_rowid=False,
    )


def _figures() -> None:
    op.create_table(
        "figures",
        sa.Column("submission", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("parent", sa.Integer()),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", BIG, nullable=False),
        sa.Column("weight", sa.Integer(), nullable=False),
        sa.Column("filed_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("submission", "field", "choice", name=op.f("pk_figures")),
        sa.ForeignKeyConstraint(["submission"], ["submissions.id"], name=op.f("fk_figures_submission")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_figures_unit")),
        sa.ForeignKeyConstraint(["parent"], ["units.id"], name=op.f("fk_figures_parent")),
    )
    op.create_index(op.f("ix_figures_parent_day"), "figures", ["parent", "day"])
    op.create_index(
        "ix_figures_last",
        "figures",
        ["unit", "form", "field", "day", "filed_at", "value", "choice"],
        sqlite_where=sa.text("choice = ''"),
        postgresql_where=sa.text("choice = ''"),
    )


def _totals() -> None:
    op.create_table(
        "totals",
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("half", sa.Date(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("choice", sa.Text(), nullable=False),
        sa.Column("value", BIG, nullable=False),
        sa.Column("reports", sa.Integer(), nullable=False),
        sa.PrimaryKeyConstraint("parent", "half", "form", "field", "choice", name=op.f("pk_totals")),
        sa.ForeignKeyConstraint(["parent"], ["units.id"], name=op.f("fk_totals_parent")),
        sqlite_with_rowid=False,
    )
