"""Surveys that ask some units only."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0009"
down_revision = "0008"
branch_labels = None
depends_on = None


def upgrade() -> None:
    """Keep whom a survey is for; the earlier ones were for everybody."""
    op.add_column("surveys", sa.Column("chosen", sa.JSON(), nullable=False, server_default="{}"))


def downgrade() -> None:
    """Forget it."""
    op.drop_column("surveys", "chosen")
