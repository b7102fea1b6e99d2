"""Writes cases with their events; a second event with the same number is a conflict, and is taken again."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.effects import KeepCase
from storage.sql import add, put, row_of
from storage.tables import case_events, cases


def keep_cases(connection: Connection, effects: Sequence[KeepCase], _now: datetime) -> None:
    """Keep the last state of each case, and every event."""
    last = {effect.case.id: row_of(effect.case) for effect in effects}
    put(connection, cases, [row | {"alerted": list(row["alerted"])} for row in last.values()])
    add(connection, case_events, [row_of(effect.event) for effect in effects])
