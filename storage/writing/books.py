"""Writes versions of the office's book of settings."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection

from bot.effects import KeepBook
from storage.sql import add, row_of
from storage.tables import settings


def add_books(connection: Connection, effects: Sequence[KeepBook], _now: datetime) -> None:
    """Insert versions; none is ever changed."""
    add(connection, settings, [row_of(effect.book) for effect in effects])
