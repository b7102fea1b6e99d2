"""Writes what is to be said, once for each key, and forgets what need not be said any more."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, or_, select, union_all

from bot.effects import DropUnsent, Speak
from bot.messages import Outgoing
from bot.ports import Claim
from storage.columns import Moment
from storage.letters import outbox_row
from storage.sql import add_new, among
from storage.tables import outbox, outbox_reasons

_IDS = select(outbox.c.key, outbox.c.id).where(among(outbox.c.key, "keys"))
_ABOUT_ONE = select(outbox.c.id).where(among(outbox.c.drop_key, "keys"), outbox.c.drop_key != "")
_ABOUT_SEVERAL = (
    select(outbox.c.id)
    .join_from(outbox_reasons, outbox, outbox.c.key == outbox_reasons.c.message)
    .where(among(outbox_reasons.c.reason, "keys"))
)
# What came too late stays, to be seen as such.
_DROP = delete(outbox).where(
    outbox.c.id.in_(union_all(_ABOUT_ONE, _ABOUT_SEVERAL).scalar_subquery()),
    outbox.c.state == "pending",
    or_(outbox.c.not_after.is_(None), outbox.c.not_after > bindparam("now", type_=Moment)),
)


def speak(connection: Connection, effects: Sequence[Speak | DropUnsent], now: datetime) -> list[Claim]:
    """Insert messages; give the replies that may be sent at once."""
    waiting, dropped = settled(effects)
    if dropped:
        connection.execute(_DROP, {"keys": sorted(dropped), "now": now})
    at_once = [out for out in waiting if out.at_once]
    later = [out for out in waiting if not out.at_once]
    add_new(connection, outbox, [outbox_row(out, now) for out in later])
    reasons = [{"reason": reason, "message": out.key} for out in later for reason in out.reasons]
    add_new(connection, outbox_reasons, reasons)
    return claimed(connection, at_once, now)


def settled(effects: Iterable[Speak | DropUnsent]) -> tuple[list[Outgoing], set[str]]:
    """Tell what is left to say of a batch, one message for a key, and the keys to drop of what was said before."""
    waiting: dict[str, Outgoing] = {}
    dropped: set[str] = set()
    for effect in effects:
        if isinstance(effect, DropUnsent):
            dropped.add(effect.drop_key)
            gone = effect.drop_key
            waiting = {k: out for k, out in waiting.items() if out.drop_key != gone and gone not in out.reasons}
        else:
            waiting.setdefault(effect.out.key, effect.out)
    return list(waiting.values()), dropped


def claimed(connection: Connection, these: Sequence[Outgoing], now: datetime) -> list[Claim]:
    """Insert replies; those whose key was there already are not said again."""
    if not these:
        return []
    # Asking for ids afterwards costs three fifths of INSERT .. RETURNING, a new statement for each number of rows.
    keys = {"keys": [out.key for out in these]}
    said = set(connection.execute(_IDS, keys).scalars())
    fresh = [out for out in these if out.key not in said]
    add_new(connection, outbox, [outbox_row(out, now) for out in fresh])
    ids: dict[str, int] = dict(connection.execute(_IDS, keys).all())
    return [Claim(ids[out.key], out, out.attempts) for out in fresh]
