"""Writes what is to be said, once for each key, and forgets what need not be said any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace
from datetime import datetime

from sqlalchemy import Connection, Insert, delete

from bot.effects import DropUnsent, Speak
from bot.messages import Outgoing, Priority
from bot.ports import Claim
from storage.letters import outbox_row
from storage.sql import add_new, among, insert
from storage.tables import outbox

_DROP = delete(outbox).where(among(outbox.c.drop_key, "keys"), outbox.c.drop_key != "", outbox.c.state == "pending")


def speak(connection: Connection, effects: Sequence[Speak | DropUnsent], now: datetime) -> list[Claim]:
    """Insert messages; give the replies that may be sent at once."""
    waiting, dropped = settled(effects)
    if dropped:
        connection.execute(_DROP, {"keys": sorted(dropped)})
    at_once = [out for out in waiting if is_at_once(out)]
    later = [out for out in waiting if not is_at_once(out)]
    add_new(connection, outbox, [outbox_row(out, now) for out in later if not out.replaces_unsent])
    reword(connection, [out for out in later if out.replaces_unsent], now)
    return [
        *claimed(connection, [out for out in at_once if not out.replaces_unsent], now),
        *reword(connection, [out for out in at_once if out.replaces_unsent], now),
    ]


def is_at_once(out: Outgoing) -> bool:
    """Tell whether the sender should have it from memory, right after the commit."""
    return out.priority is Priority.REPLY and out.not_before is None


def settled(effects: Iterable[Speak | DropUnsent]) -> tuple[list[Outgoing], set[str]]:
    """Tell what is left to say of a batch, one message for a key, and the keys to drop of what was said before."""
    waiting: dict[str, Outgoing] = {}
    dropped: set[str] = set()
    for effect in effects:
        if isinstance(effect, DropUnsent):
            dropped.add(effect.drop_key)
            waiting = {key: out for key, out in waiting.items() if out.drop_key != effect.drop_key}
        else:
            _hear(waiting, effect.out)
    return list(waiting.values()), dropped


def _hear(waiting: dict[str, Outgoing], out: Outgoing) -> None:
    before = waiting.get(out.key)
    if before is None:
        waiting[out.key] = out
    elif out.replaces_unsent:
        newer = replace(before, message=out.message, not_before=out.not_before, replaces_unsent=True)
        waiting[out.key] = newer


def claimed(connection: Connection, these: Sequence[Outgoing], now: datetime) -> list[Claim]:
    """Insert replies; those whose key was there already are not said again."""
    if not these:
        return []
    statement = insert(connection, outbox).on_conflict_do_nothing()
    return _returned(connection, statement, these, now)


def reword(connection: Connection, these: Sequence[Outgoing], now: datetime) -> list[Claim]:
    """Insert messages, or give unsent ones of the same key a newer wording and time."""
    if not these:
        return []
    new = insert(connection, outbox)
    statement = new.on_conflict_do_update(
        index_elements=["key"],
        set_={"body": new.excluded.body, "not_before": new.excluded.not_before},
        where=outbox.c.state == "pending",
    )
    return _returned(connection, statement, these, now)


def _returned(connection: Connection, statement: Insert, these: Sequence[Outgoing], now: datetime) -> list[Claim]:
    rows = [outbox_row(out, now) for out in these]
    ids: dict[str, int] = dict(connection.execute(statement.returning(outbox.c.key, outbox.c.id), rows).all())
    return [Claim(ids[out.key], out, out.attempts) for out in these if out.key in ids]
