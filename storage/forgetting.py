"""Forgets what was kept long enough, in small steps that never hold the writer up."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, and_, delete, exists, literal_column, or_, select, update
from sqlalchemy.sql.dml import Delete

from storage.tables import failures, heard, invite_tries, outbox, outbox_reasons, seen_updates

STEP = 1_000  # rows in one transaction
TRIES_KEPT = timedelta(days=1)


def steps(now: datetime, bodies: int, seen: int) -> Iterator[Update | Delete]:
    """Give the statements of a pruning, each to be repeated until it changes nothing."""
    old = now - timedelta(days=bodies)
    yield _blank_messages(old)
    yield _blank_failures(old)
    yield _forget_heard(old)
    yield _forget_reasons()
    yield _forget_seen(now - timedelta(days=seen))
    tries = invite_tries.c
    yield delete(invite_tries).where(tries.id.in_(select(tries.id).where(tries.at < now - TRIES_KEPT).limit(STEP)))


def _blank_messages(old: datetime) -> Update:
    row = outbox.c
    unblanked: ColumnElement[bool] = literal_column("chat <> ''")  # written as the index has it, which holds no others
    over = and_(unblanked, row.state.not_in(("pending", "sending", "held")), row.created_at < old)
    return update(outbox).where(row.id.in_(select(row.id).where(over).limit(STEP))).values(body={}, chat="")


def _blank_failures(old: datetime) -> Update:
    row = failures.c
    over = and_(row.at < old, or_(row.incoming != "", row.trace != ""))
    return update(failures).where(row.id.in_(select(row.id).where(over).limit(STEP))).values(incoming="", trace="")


def _forget_reasons() -> Delete:
    """Reasons to drop a message are of no use once it is sent, or dropped."""
    unsent = exists().where(outbox.c.key == outbox_reasons.c.message, outbox.c.state == "pending")
    over = select(outbox_reasons.c.message).where(~unsent).distinct().limit(STEP)
    return delete(outbox_reasons).where(outbox_reasons.c.message.in_(over))


def _forget_heard(old: datetime) -> Delete:
    moments = select(heard.c.at).where(heard.c.at < old).distinct().limit(STEP // 50)
    return delete(heard).where(heard.c.at.in_(moments))


def _forget_seen(old: datetime) -> Delete:
    # Updates are seen in batches, all of a batch at the same moment: there is a bound on how many share one.
    moments = select(seen_updates.c.seen_at).where(seen_updates.c.seen_at < old).distinct().limit(STEP // 50)
    return delete(seen_updates).where(seen_updates.c.seen_at.in_(moments))


def step(connection: Connection, statement: Update | Delete) -> int:
    """Take one step; tell how many rows it changed."""
    done: Any = connection.execute(statement)
    return int(done.rowcount)
