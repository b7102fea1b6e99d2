"""Jobs as their worker sees them: taking what is due, finishing it or putting it back."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime, timedelta

from sqlalchemy import Connection, and_, bindparam, or_, select, update

from bot.effects import StartJob
from bot.ports import JobClaim
from storage.columns import Moment
from storage.sql import among
from storage.tables import jobs

LEASE = timedelta(minutes=10)  # after which a taken job is taken to be lost, and is due again

_c = jobs.c
_COLUMNS = (_c.id, _c.kind, _c.args, _c.not_before, _c.attempts)
_RIPE = select(*_COLUMNS).where(_c.not_before <= bindparam("now", type_=Moment))
_DUE = _RIPE.where(_c.state.in_(("waiting", "taken")))
_DUE_OR_LEFT = select(*_COLUMNS).where(
    or_(
        and_(_c.state == "taken", ~among(_c.id, "ours")),
        and_(_c.state == "waiting", _c.not_before <= bindparam("now", type_=Moment)),
    )
)
_TAKE = (
    update(jobs)
    .where(among(_c.id, "ids"))
    .values(state="taken", attempts=_c.attempts + 1, not_before=bindparam("lease"))
)
# What a job was told (a chat, a person) is not needed any more when it is done.
_DONE = update(jobs).where(among(_c.id, "ids")).values(state="done", done_at=bindparam("now"), args={}, why="")
_LATER = (
    update(jobs)
    .where(_c.id == bindparam("job"))
    .values(state="waiting", not_before=bindparam("then"), why=bindparam("reason"))
)


def take_due(connection: Connection, now: datetime, limit: int, ours: Collection[str] | None = None) -> list[JobClaim]:
    """Take what is due, and at once whatever is taken but not by us, if we say what is `ours`: its worker is gone."""
    due = (_DUE if ours is None else _DUE_OR_LEFT).order_by(_c.not_before, _c.id).limit(limit)
    rows = connection.execute(due.with_for_update(skip_locked=True), {"now": now, "ours": ours}).all()
    if rows:
        connection.execute(_TAKE, {"ids": [row.id for row in rows], "lease": now + LEASE})
    return [JobClaim(StartJob(*row[:4]), row.attempts) for row in rows]


def done(connection: Connection, ids: Sequence[str], now: datetime) -> None:
    """Finish jobs."""
    connection.execute(_DONE, {"ids": ids, "now": now})


def later(connection: Connection, job: str, not_before: datetime, why: str) -> None:
    """Put a job back."""
    connection.execute(_LATER, {"job": job, "then": not_before, "reason": why})
