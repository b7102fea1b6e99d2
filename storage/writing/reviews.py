"""Writes what officers say about reports."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import Connection, bindparam, update

from bot.effects import ReviewReport
from bot.records import Verdict
from storage.sql import add, row_of
from storage.tables import reviews, submissions

STATES = {Verdict.RETURNED: "returned", Verdict.ACCEPTED: "filed"}
_STAND = (
    update(submissions)
    .where(
        submissions.c.unit == bindparam("of_unit"),
        submissions.c.number == bindparam("of_number"),
        submissions.c.version == bindparam("of_version"),
        submissions.c.current,
        submissions.c.state != "withdrawn",
    )
    .values(state=bindparam("stands"))
)


def add_reviews(connection: Connection, effects: Sequence[ReviewReport], _now: datetime) -> None:
    """Insert them; the versions they are about stand as sent back, or no longer so."""
    said = [effect.review for effect in effects]
    add(connection, reviews, [row_of(one) for one in said])
    standing = [
        {"of_unit": one.unit, "of_number": one.number, "of_version": one.version, "stands": STATES[one.verdict]}
        for one in said
        if one.verdict in STATES
    ]
    if standing:
        connection.execute(_STAND, standing)
