"""Reads invitations, and how often somebody tried a wrong code."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Final

from sqlalchemy import Connection, bindparam, func, select

from bot.messages import Address
from bot.records import Invite
from storage.columns import Moment
from storage.sql import columns_of
from storage.tables import invite_tries, invites

TRIES_COUNT: Final = timedelta(minutes=15)

_BY_HASH = select(*columns_of(invites, Invite)).where(invites.c.hash == bindparam("hash"))
_TRIES = select(func.count()).where(
    invite_tries.c.channel == bindparam("channel"),
    invite_tries.c.chat == bindparam("chat"),
    invite_tries.c.at > bindparam("since", type_=Moment),
)


def by_hash(connection: Connection, hash_: str) -> Invite | None:
    """Give an invitation by the hash of its code."""
    row = connection.execute(_BY_HASH, {"hash": hash_}).first()
    return Invite(*row) if row else None


def wrong_codes(connection: Connection, address: Address, now: datetime) -> int:
    """Count the wrong codes that came from an address of late."""
    given = {"channel": address.channel, "chat": address.chat, "since": now - TRIES_COUNT}
    return connection.execute(_TRIES, given).scalar_one()
