"""Another way for a message that may not be said where it was to go: the next open address of its person."""

from __future__ import annotations

from dataclasses import replace

from sqlalchemy import Connection, and_, bindparam, exists, select, update

from bot.ports import SentMark
from storage.reading.people import PREFERRED_FIRST, preference
from storage.sql import among
from storage.tables import addresses, mutes, outbox

_here, _said = addresses.alias("here"), outbox.alias("said")
_HAS_IT = exists().where(
    _said.c.drop_key == outbox.c.drop_key,
    _said.c.drop_key != "",
    _said.c.channel == addresses.c.channel,
    _said.c.chat == addresses.c.chat,
    _said.c.created_at == outbox.c.created_at,
)
# An alarm goes to all addresses at once: one that has it already does not get it twice.
_NEXT = (
    select(addresses.c.channel, addresses.c.chat)
    .select_from(outbox)
    .join(_here, and_(_here.c.channel == outbox.c.channel, _here.c.chat == outbox.c.chat))
    .join(addresses, addresses.c.person == _here.c.person)
    .outerjoin(mutes, preference())
    .where(
        outbox.c.id == bindparam("row"),
        addresses.c.state == "open",
        among(addresses.c.channel, "channels"),
        ~and_(addresses.c.channel == outbox.c.channel, addresses.c.chat == outbox.c.chat),
        ~_HAS_IT,
    )
    .order_by(*PREFERRED_FIRST)
    .limit(1)
)
_READDRESS = (
    update(outbox)
    .where(outbox.c.id == bindparam("row"))
    .values(channel=bindparam("new_channel"), chat=bindparam("new_chat"))
)


def elsewhere(connection: Connection, mark: SentMark) -> SentMark:
    """Give a row another address, to be tried there; where there is none, it waits or has failed."""
    found = connection.execute(_NEXT, {"row": mark.id, "channels": list(mark.to)}).first()
    if found is None:
        return replace(mark, state="failed" if mark.again is None else "pending", not_before=mark.again)
    connection.execute(_READDRESS, {"row": mark.id, "new_channel": found.channel, "new_chat": found.chat})
    return replace(mark, state="pending", attempts=0)
