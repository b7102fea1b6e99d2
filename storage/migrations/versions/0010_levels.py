"""Levels: what units told last, added up for each managing unit from each day on which that changed."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "0010"
down_revision = "0009"
branch_labels = None
depends_on = None

BIG = sa.BigInteger().with_variant(sa.Integer(), "sqlite")

# What until now only the forms said: which figures hold until their unit tells another one.
LAST = """
UPDATE figures SET last = true WHERE choice = '' AND (
    form = 'membership' AND field IN ('total_members', 'total_female', 'total_workers')
    OR form = 'periodic' AND field IN ('contracts_signed', 'ethnic_workers', 'female_workers', 'insured',
        'self_rented', 'underemployed')
    OR form = 'safety' AND field = 'safety_reps'
    OR form = 'workplace_democracy' AND field = 'total_workers')
"""

FILL = """
WITH spans AS (
    SELECT l.child AS unit, l.parent, coalesce(u.members, 0) AS members, coalesce(u.workers, 0) AS workers,
        CASE WHEN l.valid_from > u.valid_from THEN l.valid_from ELSE u.valid_from END AS since,
        CASE WHEN coalesce(l.valid_to, EVER) < coalesce(u.valid_to, EVER)
            THEN coalesce(l.valid_to, EVER) ELSE coalesce(u.valid_to, EVER) END AS until
    FROM unit_links l JOIN units u ON u.id = l.child WHERE l.relation = 'manages'),
told AS (
    SELECT unit, form, field, value, day AS since, coalesce(
        lead(day) OVER (PARTITION BY unit, form, field ORDER BY day, filed_at, value), EVER) AS until
    FROM figures WHERE last),
held AS (
    SELECT s.parent, t.form, t.field, t.value, s.members, s.workers,
        CASE WHEN t.since < s.since THEN s.since ELSE t.since END AS since,
        CASE WHEN s.until < t.until THEN s.until ELSE t.until END AS until
    FROM spans s JOIN told t ON t.unit = s.unit
    UNION ALL SELECT parent, '', '', 0, members, workers, since, until FROM spans),
steps AS (
    SELECT parent, form, field, since AS day, value, 1 AS units, members, workers FROM held WHERE since < until
    UNION ALL SELECT parent, form, field, until, -value, -1, -members, -workers FROM held
        WHERE since < until AND until < EVER),
days AS (
    SELECT parent, form, field, day, sum(value) AS value, sum(units) AS units, sum(members) AS members,
        sum(workers) AS workers
    FROM steps GROUP BY parent, form, field, day)
INSERT INTO levels (parent, form, field, day, value, units, members, workers)
SELECT parent, form, field, day, sum(value) OVER so_far, sum(units) OVER so_far, sum(members) OVER so_far,
    sum(workers) OVER so_far
FROM days WINDOW so_far AS (PARTITION BY parent, form, field ORDER BY day)
"""


def upgrade() -> None:
    """Mark the figures that hold until the next one, make the table, and fill it."""
    op.add_column("figures", sa.Column("last", sa.Boolean(), nullable=False, server_default=sa.false()))
    op.create_table(
        "levels",
        sa.Column("parent", sa.Integer(), nullable=False),
        sa.Column("form", sa.Text(), nullable=False),
        sa.Column("field", sa.Text(), nullable=False),
        sa.Column("day", sa.Date(), nullable=False),
        sa.Column("value", BIG, nullable=False),
        sa.Column("units", sa.Integer(), nullable=False),
        sa.Column("members", BIG, nullable=False),
        sa.Column("workers", BIG, nullable=False),
        sa.PrimaryKeyConstraint("parent", "form", "field", "day", name=op.f("pk_levels")),
        sa.ForeignKeyConstraint(["parent"], ["units.id"], name=op.f("fk_levels_parent")),
        sqlite_with_rowid=False,
    )
    ever = "'9999-12-31'" if op.get_bind().dialect.name == "sqlite" else "DATE '9999-12-31'"
    op.execute(LAST)
    op.execute(FILL.replace("EVER", ever))
