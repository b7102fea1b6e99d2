"""Writes what officers decided for single units; the last word counts."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.effects import Exempt, Unlock
from storage.sql import put, row_of
from storage.tables import exemptions, unlocks


def unlock(connection: Connection, effects: Sequence[Unlock], _now: datetime) -> None:
    """Open locks."""
    put(connection, unlocks, list({(e.unit, e.period): row_of(e) for e in effects}.values()))


def exempt(connection: Connection, effects: Sequence[Exempt], _now: datetime) -> None:
    """Exempt units."""
    put(connection, exemptions, list({(e.unit, e.period): row_of(e) for e in effects}.values()))
