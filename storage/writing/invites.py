"""Writes invitations, and the codes that opened nothing."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from bot.effects import NewInvite, RevokeInvites, UseInvite, WrongCode
from storage.sql import add, row_of
from storage.tables import invite_tries, invites

_USE = (
    update(invites).where(invites.c.hash == bindparam("code")).values(used_at=bindparam("at"), used_by=bindparam("by"))
)
_REVOKE = (
    update(invites)
    .where(
        invites.c.unit == bindparam("at_unit"),
        invites.c.role == bindparam("which"),
        invites.c.used_at.is_(None),
        invites.c.revoked_at.is_(None),
    )
    .values(revoked_at=bindparam("at"))
)


def add_invites(connection: Connection, effects: Sequence[NewInvite], _now: datetime) -> None:
    """Insert invitations."""
    add(connection, invites, [row_of(effect.invite) for effect in effects])


def use_invites(connection: Connection, effects: Sequence[UseInvite], _now: datetime) -> None:
    """Note who used an invitation."""
    connection.execute(_USE, [{"code": e.hash, "by": e.person, "at": e.at} for e in effects])


def revoke_invites(connection: Connection, effects: Sequence[RevokeInvites], _now: datetime) -> None:
    """Take back unused invitations."""
    connection.execute(_REVOKE, [{"at_unit": e.unit, "which": e.role, "at": e.at} for e in effects])


def add_tries(connection: Connection, effects: Sequence[WrongCode], _now: datetime) -> None:
    """Count codes that opened nothing, by address."""
    rows = [{"channel": e.address.channel, "chat": e.address.chat, "at": e.at} for e in effects]
    add(connection, invite_tries, rows)
