"""Writes people: who they are, and what they agreed to."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, func, update

from bot.effects import ChangePerson, Consent, NewPerson
from storage.sql import add, row_of
from storage.tables import consents, people

TOLD = ("name", "honorific", "phone", "language")  # what people tell of themselves, and may change

_CHANGE = (
    update(people)
    .where(people.c.id == bindparam("person"))
    .values({name: func.coalesce(bindparam(f"new_{name}"), people.c[name]) for name in TOLD})
)


def add_people(connection: Connection, effects: Sequence[NewPerson], _now: datetime) -> None:
    """Insert people."""
    add(connection, people, [{name: getattr(e.person, name) for name in ("id", *TOLD)} for e in effects])


def change_people(connection: Connection, effects: Sequence[ChangePerson], _now: datetime) -> None:
    """Change what people told of themselves.

    Raises ValueError for anything else about a person.
    """
    for effect in effects:
        if unknown := set(effect.changes) - set(TOLD):
            raise ValueError(f"people do not tell their {', '.join(sorted(unknown))}")
    rows = [{"person": e.person, **{f"new_{name}": e.changes.get(name) for name in TOLD}} for e in effects]
    connection.execute(_CHANGE, rows)


def add_consents(connection: Connection, effects: Sequence[Consent], _now: datetime) -> None:
    """Insert what people agreed to or took back."""
    add(connection, consents, [row_of(effect) for effect in effects])
