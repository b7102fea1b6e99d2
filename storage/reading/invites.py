"""Reads invitations."""

from __future__ import annotations

from sqlalchemy import Connection, bindparam, select

from bot.records import Invite
from storage.sql import columns_of
from storage.tables import invites

_BY_HASH = select(*columns_of(invites, Invite)).where(invites.c.hash == bindparam("hash"))


def by_hash(connection: Connection, hash_: str) -> Invite | None:
    """Give an invitation by the hash of its code."""
    row = connection.execute(_BY_HASH, {"hash": hash_}).first()
    return Invite(*row) if row else None
