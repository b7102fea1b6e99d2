"""What offices write for official reports."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0008"
down_revision = "0007"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "wordings",
        sa.Column("unit", sa.Integer(), nullable=False),
        sa.Column("period", sa.Text(), nullable=False),
        sa.Column("part", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("text", sa.Text(), nullable=False),
        sa.Column("person", sa.Text(), nullable=False),
        sa.Column("at", MOMENT, nullable=False),
        sa.ForeignKeyConstraint(["unit"], ["units.id"], name=op.f("fk_wordings_unit_units")),
        sa.PrimaryKeyConstraint("unit", "period", "part", "version", name=op.f("pk_wordings")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("wordings")
