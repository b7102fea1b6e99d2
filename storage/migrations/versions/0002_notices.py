"""Notices: what officers send to their units, who heard it, directives, questions back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0002"
down_revision = "0001"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)
HAS_COPY = sa.text("copy <> ''")


def upgrade() -> None:
    """Make the tables."""
    _directives()
    _notices()
    _recipients()
    _acknowledgements()
    _questions()


def _text(name: str) -> sa.Column[str]:
    return sa.Column(name, sa.Text(), nullable=False)


def _number(name: str) -> sa.Column[int]:
    return sa.Column(name, sa.Integer(), nullable=False)


def _directives() -> None:
    op.create_table(
        "directives",
        _text("id"),
        _text("number"),
        sa.Column("day", sa.Date()),
        *(_text(name) for name in ("issuer", "title", "file", "superseded_by")),
        sa.Column("added_at", MOMENT, nullable=False),
        _text("added_by"),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_directives")),
        sa.UniqueConstraint("number", name=op.f("uq_directives_number")),
    )


def _notices() -> None:
    op.create_table(
        "notices",
        _text("id"),
        _number("number"),
        _text("person"),
        _number("unit"),
        _text("signed"),
        sa.Column("answers", sa.JSON(), nullable=False),
        *(_text(name) for name in ("directive", "digest", "state")),
        sa.Column("made_at", MOMENT, nullable=False),
        *(_number(name) for name in ("units", "copies", "after")),
        sa.Column("expanded", sa.Boolean(), nullable=False),
        sa.Column("sent_at", MOMENT),
        *(_text(name) for name in ("approved_by", "correction")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notices")),
        sa.UniqueConstraint("number", name=op.f("uq_notices_number")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_notices_person")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_notices_unit")),
    )
    for column in ("person", "unit", "digest"):
        op.create_index(op.f(f"ix_notices_{column}"), "notices", [column])


def _recipients() -> None:
    op.create_table(
        "notice_recipients",
        _text("notice"),
        _number("unit"),
        *(_text(name) for name in ("person", "copy", "why")),
        sa.PrimaryKeyConstraint("notice", "unit", "person", name=op.f("pk_notice_recipients")),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name=op.f("fk_notice_recipients_notice")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_notice_recipients_unit")),
    )
    op.create_index("ix_notice_recipients_unit", "notice_recipients", ["unit", "notice"])
    op.create_index(
        "ix_notice_recipients_copy",
        "notice_recipients",
        ["copy"],
        sqlite_where=HAS_COPY,
        postgresql_where=HAS_COPY,
    )


def _acknowledgements() -> None:
    op.create_table(
        "acknowledgements",
        _text("notice"),
        _number("unit"),
        *(_text(name) for name in ("step", "person")),
        sa.Column("at", MOMENT, nullable=False),
        _number("people"),
        _text("report"),
        sa.PrimaryKeyConstraint("notice", "unit", "step", name=op.f("pk_acknowledgements")),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name=op.f("fk_acknowledgements_notice")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_acknowledgements_unit")),
    )


def _questions() -> None:
    op.create_table(
        "notice_questions",
        *(_text(name) for name in ("id", "notice")),
        _number("unit"),
        *(_text(name) for name in ("person", "text")),
        sa.Column("asked_at", MOMENT, nullable=False),
        *(_text(name) for name in ("answer", "answered_by")),
        sa.Column("answered_at", MOMENT),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_notice_questions")),
        sa.ForeignKeyConstraint(["notice"], ["notices.id"], name=op.f("fk_notice_questions_notice")),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_notice_questions_unit")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_notice_questions_person")),
    )
    op.create_index(op.f("ix_notice_questions_notice"), "notice_questions", ["notice"])
    op.create_index(op.f("ix_notice_questions_person"), "notice_questions", ["person"])
