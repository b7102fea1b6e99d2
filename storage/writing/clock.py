"""Writes what the clock notes: until when it has spoken, what it left unsaid, and what people want none of."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, delete

from bot.effects import Mark, Mute, Unmute, Unsaid
from storage.marks import set_mark
from storage.sql import add_new, row_of
from storage.tables import mutes, unsaid

_UNMUTE = delete(mutes).where(mutes.c.person == bindparam("whose"), mutes.c.topic == bindparam("what"))


def set_marks(connection: Connection, effects: Sequence[Mark], _now: datetime) -> None:
    """Move marks."""
    for effect in effects:
        set_mark(connection, effect.name, effect.until)


def note_unsaid(connection: Connection, effects: Sequence[Unsaid], _now: datetime) -> None:
    """Note what was left unsaid, the first reason being the one."""
    add_new(connection, unsaid, [row_of(effect) for effect in effects])


def mute(connection: Connection, effects: Sequence[Mute], _now: datetime) -> None:
    """Keep that people want none of a topic."""
    add_new(connection, mutes, [row_of(effect) for effect in effects])


def unmute(connection: Connection, effects: Sequence[Unmute], _now: datetime) -> None:
    """Forget it."""
    connection.execute(_UNMUTE, [{"whose": effect.person, "what": effect.topic} for effect in effects])
