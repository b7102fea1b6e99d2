"""Writes what offices wrote for official reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.effects import KeepWording
from storage.sql import add, row_of
from storage.tables import wordings


def keep_wordings(connection: Connection, effects: Sequence[KeepWording], _now: datetime) -> None:
    """Insert versions."""
    add(connection, wordings, [row_of(effect.wording) for effect in effects])
