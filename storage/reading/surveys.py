"""Reads surveys, and votes as counts."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from sqlalchemy import Connection, bindparam, func, select

from bot.surveys import Survey
from storage.sql import among, columns_of
from storage.tables import surveys, votes

_SURVEYS = select(*columns_of(surveys, Survey))
_BY_NUMBER = _SURVEYS.where(surveys.c.number == bindparam("number"))
_HIGHEST = select(func.coalesce(func.max(surveys.c.number), 0))
_AT = _SURVEYS.where(among(surveys.c.unit, "units")).order_by(surveys.c.number.desc()).limit(bindparam("most"))
_VOTES = select(votes.c.choice, func.count()).where(votes.c.survey == bindparam("of")).group_by(votes.c.choice)


def _survey(row: Sequence[Any]) -> Survey:
    found = dict(zip(Survey.__dataclass_fields__, row, strict=True))
    return Survey(**(found | {"choices": tuple(found["choices"])}))


def by_number(connection: Connection, number: int) -> Survey | None:
    """Give a survey by its number."""
    row = connection.execute(_BY_NUMBER, {"number": number}).first()
    return _survey(row) if row else None


def highest(connection: Connection) -> int:
    """Give the highest number."""
    return int(connection.execute(_HIGHEST).scalar_one())


def at(connection: Connection, units: Sequence[int], most: int) -> list[Survey]:
    """List the surveys of unions."""
    return [_survey(row) for row in connection.execute(_AT, {"units": units, "most": most})]


def counts(connection: Connection, of: str) -> dict[int, int]:
    """Count votes by choice."""
    return dict(connection.execute(_VOTES, {"of": of}).all())
