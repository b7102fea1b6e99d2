"""Cases (petitions, questions and incidents) with what happened to them, surveys with votes, and registers."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0006"
down_revision = "0004"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the tables."""
    op.create_table(
        "cases",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("kind", sa.Text(), nullable=False),
        sa.Column("topic", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("state", sa.Text(), nullable=False),
        sa.Column("owner", sa.Text(), nullable=False),
        sa.Column("desk", sa.Integer()),
        sa.Column("due_at", MOMENT, nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False),
        sa.Column("step", sa.Integer(), nullable=False),
        sa.Column("next_at", MOMENT),
        sa.Column("answered_at", MOMENT),
        sa.Column("closed_at", MOMENT),
        sa.Column("serious", sa.Boolean(), nullable=False),
        sa.Column("report", sa.Integer(), nullable=False),
        sa.Column("wording", sa.Text(), nullable=False),
        sa.Column("alerted", sa.JSON(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cases")),
        sa.UniqueConstraint("number", name=op.f("uq_cases_number")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_cases_unit")),
        sa.ForeignKeyConstraint(["desk"], ["units.id"], name=op.f("fk_cases_desk")),
    )
    op.create_index(op.f("ix_cases_person"), "cases", ["person"])
    op.create_index(op.f("ix_cases_unit_opened_at"), "cases", ["unit", "opened_at"])
    _partial("ix_cases_next", ["next_at"], "next_at IS NOT NULL")
    _partial("ix_cases_open", ["owner", "desk"], "state <> 'closed'")
    op.create_table(
        "case_events",
        sa.Column("case", sa.Text(), nullable=False),
        sa.Column("seq", sa.Integer(), nullable=False, autoincrement=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("deed", sa.Text(), nullable=False),
        sa.Column("to", sa.Text(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("case", "seq", name=op.f("pk_case_events")),
        sa.ForeignKeyConstraint(["case"], ["cases.id"], name=op.f("fk_case_events_case")),
    )
    op.create_index(op.f("ix_case_events_person"), "case_events", ["person"])
    _surveys()
    _entries()


def _surveys() -> None:
    op.create_table(
        "surveys",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("choices", sa.JSON(), nullable=False),
        sa.Column("opened_at", MOMENT, nullable=False),
        sa.Column("closes_at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_surveys")),
        sa.UniqueConstraint("number", name=op.f("uq_surveys_number")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_surveys_unit")),
    )
    op.create_index(op.f("ix_surveys_unit"), "surveys", ["unit"])
    op.create_table(
        "votes",
        sa.Column("survey", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("choice", sa.Integer(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.PrimaryKeyConstraint("survey", "person", name=op.f("pk_votes")),
        sa.ForeignKeyConstraint(["survey"], ["surveys.id"], name=op.f("fk_votes_survey")),
    )
    op.create_index(op.f("ix_votes_person"), "votes", ["person"])


def _partial(name: str, columns: list[str], where: str) -> None:
    op.create_index(name, "cases", columns, sqlite_where=sa.text(where), postgresql_where=sa.text(where))


def _entries() -> None:
    op.create_table(
        "entries",
        sa.Column("id", sa.Text(), nullable=False),
        sa.Column("register", sa.Text(), nullable=False),
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.Column("answers", sa.JSON(), nullable=False),
        sa.Column("standing", sa.Text(), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_entries")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_entries_unit")),
    )
    op.create_index(op.f("ix_entries_person"), "entries", ["person"])
    op.create_index(op.f("ix_entries_register_unit"), "entries", ["register", "unit"])
