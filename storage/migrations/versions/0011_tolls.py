"""What each message took: parts, as the messenger counts, and money."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0011"
down_revision = "0010"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Count what was sent until now as one message each, for nothing."""
    op.add_column("outbox", sa.Column("parts", sa.Integer(), nullable=False, server_default="1"))
    op.add_column("outbox", sa.Column("cost", sa.Integer(), nullable=False, server_default="0"))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("outbox", "cost")
    op.drop_column("outbox", "parts")
