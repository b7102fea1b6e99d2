"""Reads how the machinery is doing: what waits, what failed."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import Connection, Table, bindparam, func, select

from storage.tables import drafts, failures, jobs, outbox

A_DAY = timedelta(days=1)

_FAILURES = select(func.count()).where(failures.c.at > bindparam("since"))
_DRAFTS = select(func.count()).select_from(drafts)


def failures_of_late(connection: Connection, now: datetime) -> int:
    """Count the failures of the last day."""
    return connection.execute(_FAILURES, {"since": now - A_DAY}).scalar_one()


def counts(connection: Connection, now: datetime) -> dict[str, Any]:
    """Count what waits and what failed; what is over (sent, done) is not counted, it only grows."""
    return {
        "outbox": _by_state(connection, outbox, ("pending", "sending", "failed", "uncertain")),
        "jobs": _by_state(connection, jobs, ("waiting", "taken")),
        "drafts": connection.execute(_DRAFTS).scalar_one(),
        "failures": failures_of_late(connection, now),
    }


def _by_state(connection: Connection, table: Table, states: tuple[str, ...]) -> dict[str, int]:
    counted = select(table.c.state, func.count()).where(table.c.state.in_(states)).group_by(table.c.state)
    return dict.fromkeys(states, 0) | dict(connection.execute(counted).all())
