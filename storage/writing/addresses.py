"""Writes addresses: whose a chat is, and whether it can be reached."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete, exists, update

from bot.effects import AddressState, LinkAddress, MoveAddress
from storage.sql import put
from storage.tables import addresses, outbox

_old = addresses.alias("old")
_HERE = (addresses.c.channel == bindparam("on"), addresses.c.chat == bindparam("at_chat"))

_STATE = update(addresses).where(*_HERE).values(state=bindparam("new_state"))
_MAKE_ROOM = delete(addresses).where(
    addresses.c.channel == bindparam("on"),
    addresses.c.chat == bindparam("to"),
    exists().where(_old.c.channel == bindparam("on"), _old.c.chat == bindparam("at_chat")),
)
_MOVE = update(addresses).where(*_HERE).values(chat=bindparam("to"))
_MOVE_UNSENT = (
    update(outbox)
    .where(
        outbox.c.channel == bindparam("on"),
        outbox.c.chat == bindparam("at_chat"),
        outbox.c.state == "pending",
    )
    .values(chat=bindparam("to"))
)


def link_addresses(connection: Connection, effects: Sequence[LinkAddress], _now: datetime) -> None:
    """Make addresses somebody's, and open."""
    rows = {
        (e.address.channel, e.address.chat): {
            "channel": e.address.channel,
            "chat": e.address.chat,
            "person": e.person,
            "state": "open",
            "linked_at": e.at,
            "last_used": e.at,
        }
        for e in effects
    }
    put(connection, addresses, list(rows.values()))


def set_states(connection: Connection, effects: Sequence[AddressState], _now: datetime) -> None:
    """Open or close addresses."""
    rows = [{"on": e.address.channel, "at_chat": e.address.chat, "new_state": e.state} for e in effects]
    connection.execute(_STATE, rows)


def move_addresses(connection: Connection, effects: Sequence[MoveAddress], _now: datetime) -> None:
    """Give chats their new ids, and send there what still waits."""
    rows = [{"on": e.address.channel, "at_chat": e.address.chat, "to": e.to} for e in effects if e.to != e.address.chat]
    for statement in (_MAKE_ROOM, _MOVE, _MOVE_UNSENT) if rows else ():
        connection.execute(statement, rows)
