"""Reads how the machine fares: what waits to be sent, and who did not get what was."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime

from sqlalchemy import Connection, and_, bindparam, func, or_, select

from bot.messages import SILENT
from bot.ports import Unreached
from storage.columns import Moment
from storage.reading.units import ROOTS, tree_of, valid
from storage.tables import addresses, outbox, roles

_WAITING = (
    select(func.count())
    .select_from(outbox)
    .where(
        outbox.c.state == "pending",
        or_(outbox.c.not_before.is_(None), outbox.c.not_before <= bindparam("now", type_=Moment)),
    )
)
_UNREACHED = (
    select(roles.c.unit, roles.c.person, outbox.c.why)
    .select_from(outbox)
    .join(addresses, and_(addresses.c.channel == outbox.c.channel, addresses.c.chat == outbox.c.chat))
    .join(roles, and_(roles.c.person == addresses.c.person, valid(roles)))
    .where(
        or_(
            outbox.c.state.in_(("failed", "uncertain")),
            and_(outbox.c.state == "pending", outbox.c.why.like(f"{SILENT}%")),
        ),
        outbox.c.created_at >= bindparam("since", type_=Moment),
        roles.c.unit.in_(select(tree_of(ROOTS).c.id)),
    )
    .order_by(outbox.c.id)
)


def waiting(connection: Connection, now: datetime) -> int:
    """Count what is due and not sent yet."""
    return connection.execute(_WAITING, {"now": now}).scalar_one()


def unreached(connection: Connection, under: Sequence[int], since: datetime, on: date) -> list[Unreached]:
    """List who did not get a message."""
    rows = connection.execute(_UNREACHED, {"under": under, "since": since, "on": on})
    last = {(unit, person): why for unit, person, why in rows}
    return [Unreached(unit, person, why) for (unit, person), why in sorted(last.items())]
