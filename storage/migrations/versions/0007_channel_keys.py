"""Keys of messengers that change while we run."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0007"
down_revision = "0006"
branch_labels = None
depends_on = None

MOMENT = sa.DateTime(timezone=True)


def upgrade() -> None:
    """Make the table."""
    op.create_table(
        "channel_keys",
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("seed", sa.Text(), nullable=False),
        sa.Column("refresh", sa.Text(), nullable=False),
        sa.Column("access", sa.Text(), nullable=False),
        sa.Column("valid_until", MOMENT, nullable=False),
        sa.Column("renewing_until", MOMENT),
        sa.PrimaryKeyConstraint("name", name=op.f("pk_channel_keys")),
    )


def downgrade() -> None:
    """Drop it."""
    op.drop_table("channel_keys")
