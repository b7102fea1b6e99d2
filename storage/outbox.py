"""The outbox as its sender sees it: taking what is due, noting what became of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, bindparam, func, literal_column, or_, select, update

from bot.messages import NIGHT, SHORT, SILENT, Priority
from bot.ports import Claim, SentMark, Toll
from storage.columns import Moment
from storage.elsewhere import elsewhere
from storage.letters import COLUMNS, claim
from storage.sql import among, prepared
from storage.tables import outbox

_DUE = (
    select(*COLUMNS)
    .where(
        outbox.c.state == "pending",
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now", type_=Moment)),
    )
    .order_by(outbox.c.priority, outbox.c.id)
    .with_for_update(skip_locked=True)
)
_EXPIRE = (
    update(outbox)
    .where(
        literal_column("not_after IS NOT NULL AND state = 'pending'"),  # as the partial index has it
        outbox.c.not_after <= bindparam("now", type_=Moment),
    )
    .values(state="expired", why="too late to be sent")
)
_ON = outbox.c.channel == bindparam("channel")
_DUE_ON = _DUE.where(_ON)
_TAKE = update(outbox).where(among(outbox.c.id, "ids")).values(state="sending")
_LEFT = (
    update(outbox)
    .where(outbox.c.state == "sending")
    .values(state="uncertain", why="the program stopped while it was being sent")
)
_NEXT = select(func.min(func.coalesce(outbox.c.not_before, outbox.c.created_at), type_=Moment)).where(
    outbox.c.state == "pending"
)
_NEXT_ON = _NEXT.where(_ON)
_PUT_BACK = (
    select(outbox.c.chat, func.max(outbox.c.not_before, type_=Moment))
    .where(
        outbox.c.state == "pending",
        _ON,
        outbox.c.not_before > bindparam("now", type_=Moment),
        outbox.c.why.not_in(("", SHORT, NIGHT)),
        outbox.c.why.not_like(f"{SILENT}%"),
    )
    .group_by(outbox.c.chat)
)
_SENT = select(func.coalesce(func.sum(outbox.c.parts), 0), func.coalesce(func.sum(outbox.c.cost), 0)).where(
    outbox.c.state == "sent", _ON, outbox.c.sent_at >= bindparam("since", type_=Moment)
)
_MARK = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values({name: bindparam(f"new_{name}") for name in ("state", "why", "attempts", "sent_at", "parts", "cost")})
    # What was said keeps the moment before which it was not: the web chat shows it at that place.
    .values(not_before=func.coalesce(bindparam("new_not_before", type_=Moment), outbox.c.not_before))
    .values(message_id=bindparam("new_message_id"))
)


def take_due(connection: Connection, now: datetime, limit: int, channel: str) -> list[Claim]:
    """Take what is due, marking as "sending" all but replies: repeating a reply does no harm.

    What it is too late for expires.
    """
    connection.execute(_EXPIRE, {"now": now})
    due = (_DUE_ON if channel else _DUE).limit(limit)
    claims = [claim(tuple(row)) for row in connection.execute(due, {"now": now, "channel": channel})]
    once = [one.id for one in claims if one.out.priority is not Priority.REPLY]
    if once:
        connection.execute(_TAKE, {"ids": once})
    return claims


def give_up_left(connection: Connection) -> None:
    """Note that what a crash left in the middle of sending may have arrived."""
    connection.execute(_LEFT)


def next_at(connection: Connection, channel: str) -> datetime | None:
    """Tell when the earliest pending message is due, on one channel or ("") on any."""
    moment: datetime | None = connection.execute(_NEXT if not channel else _NEXT_ON, {"channel": channel}).scalar_one()
    return moment


def mark(connection: Connection, marks: Sequence[SentMark], now: datetime) -> None:
    """Note what became of sends."""
    settled = [one if one.state != "elsewhere" else elsewhere(connection, one) for one in marks]
    if settled:
        prepared(connection.dialect, _MARK).run(connection, [_marked(one, now) for one in settled])


def _marked(one: SentMark, now: datetime) -> dict[str, Any]:
    return {
        "row": one.id,
        "new_state": one.state,
        "new_not_before": one.not_before,
        "new_why": one.why,
        "new_attempts": one.attempts,
        "new_message_id": one.message_id,
        "new_sent_at": now if one.state == "sent" else None,
        "new_parts": one.took.parts,
        "new_cost": one.took.cost,
    }


def put_back(connection: Connection, channel: str, now: datetime) -> list[tuple[str, datetime]]:
    """List the chats in which something was tried and waits; what is only planned for later holds nobody up."""
    return [(chat, until) for chat, until in connection.execute(_PUT_BACK, {"channel": channel, "now": now})]


def sent_since(connection: Connection, channel: str, since: datetime) -> Toll:
    """Add up what a channel has sent since."""
    parts, cost = connection.execute(_SENT, {"channel": channel, "since": since}).one()
    return Toll(int(parts), int(cost))
