"""Writes people: who they are, what they agreed to, and their erasure."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, delete, func, or_, select, tuple_, update

from bot.effects import ChangePerson, Consent, ErasePerson, NewPerson
from storage.sql import add, among, local_day, row_of
from storage.tables import addresses, asks, attachments, consents, drafts, heard, people, roles, submissions

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


_THEIR_DRAFTS = and_(among(drafts.c.person, "people"), drafts.c.unit.is_(None))
_THEIR_FILES = or_(
    among(attachments.c.id, "files"),
    attachments.c.draft.in_(
        select(submissions.c.draft).where(among(submissions.c.person, "people"), submissions.c.draft != "")
    ),
    attachments.c.draft.in_(select(drafts.c.id).where(_THEIR_DRAFTS)),
)
_ERASURE = (
    update(attachments).where(_THEIR_FILES).values(state="erased", name="", remote="", why=""),
    delete(asks).where(among(asks.c.person, "people")),
    delete(drafts).where(_THEIR_DRAFTS),
    delete(heard).where(
        tuple_(heard.c.channel, heard.c.chat).in_(
            select(addresses.c.channel, addresses.c.chat).where(among(addresses.c.person, "people"))
        )
    ),
    delete(addresses).where(among(addresses.c.person, "people")),
    update(roles)
    .where(
        among(roles.c.person, "people"),
        or_(roles.c.valid_to.is_(None), roles.c.valid_to > bindparam("today")),
    )
    .values(valid_to=bindparam("today")),
    update(people)
    .where(among(people.c.id, "people"))
    .values(name="", phone="", honorific="", erased_at=bindparam("now")),
)


def erase_people(connection: Connection, effects: Sequence[ErasePerson], now: datetime) -> None:
    """Blank what is personal; reports, figures and the dates of consents stay."""
    given: dict[str, Any] = {
        "people": [effect.person for effect in effects],
        "files": [file for effect in effects for file in effect.files],
        "today": local_day(now),
        "now": now,
    }
    for statement in _ERASURE:
        connection.execute(statement, given)
