"""Reads what officers decided for single units: locks opened, periods that need no report."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, select

from storage.columns import Moment
from storage.sql import among
from storage.tables import exemptions, unlocks

_UNLOCKED = select(unlocks.c.period, unlocks.c.until).where(
    unlocks.c.unit == bindparam("unit"), unlocks.c.until >= bindparam("now", type_=Moment)
)
_EXEMPTED = select(exemptions.c.unit, exemptions.c.reason).where(
    among(exemptions.c.unit, "units"), among(exemptions.c.period, "periods")
)


def unlocked(connection: Connection, unit: int, now: datetime) -> dict[str, datetime]:
    """Give the periods open for a unit, and until when."""
    return dict(connection.execute(_UNLOCKED, {"unit": unit, "now": now}).all())


def exempted(connection: Connection, units: Sequence[int], periods: Sequence[str]) -> dict[int, str]:
    """Give the exempted units with the reason."""
    return dict(connection.execute(_EXEMPTED, {"units": units, "periods": periods}).all())
