"""Writes roles: who holds which, where, from when until when."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, or_, update

from bot.effects import EndRoles, GrantRole
from storage.sql import add_new
from storage.tables import roles

_END = (
    update(roles)
    .where(
        roles.c.unit == bindparam("at_unit"),
        roles.c.role == bindparam("which"),
        roles.c.person != bindparam("sparing"),
        or_(roles.c.valid_to.is_(None), roles.c.valid_to > bindparam("until")),
    )
    .values(valid_to=bindparam("until"))
)


def grant_roles(connection: Connection, effects: Sequence[GrantRole], _now: datetime) -> None:
    """Give roles; one that is held already stays as it is."""
    add_new(
        connection,
        roles,
        [{"person": e.person, "unit": e.unit, "role": e.role.value, "valid_from": e.since} for e in effects],
    )


def end_roles(connection: Connection, effects: Sequence[EndRoles], _now: datetime) -> None:
    """End a role at a unit for everybody but one."""
    rows = [{"at_unit": e.unit, "which": e.role.value, "sparing": e.sparing, "until": e.until} for e in effects]
    connection.execute(_END, rows)
