"""Writes down what people said on channels that keep no history of their own."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import astuple
from datetime import datetime

from sqlalchemy import Connection

from bot.effects import Heard
from storage.sql import add_new
from storage.tables import heard


def keep_heard(connection: Connection, effects: Sequence[Heard], _now: datetime) -> None:
    """Insert what was said."""
    add_new(
        connection,
        heard,
        [
            {
                "channel": effect.address.channel,
                "id": effect.id,
                "chat": effect.address.chat,
                "at": effect.at,
                "text": effect.text,
                "files": [astuple(file) for file in effect.files],
            }
            for effect in effects
        ],
    )
