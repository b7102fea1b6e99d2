"""Reviews: what officers say about reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0003"
down_revision = "0002"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "reviews",
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("turn", sa.Integer(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("verdict", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("note", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_reviews_unit")),
        sa.ForeignKeyConstraint(["person"], ["people.id"], name=op.f("fk_reviews_person")),
        sa.PrimaryKeyConstraint("unit", "number", "turn", name=op.f("pk_reviews")),
    )
    op.create_index(op.f("ix_reviews_person"), "reviews", ["person"])


def downgrade() -> None:
    """Drop it."""
    op.drop_table("reviews")
