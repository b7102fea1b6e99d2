"""Reads what offices wrote for official reports, and the reports that have words of units for them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from sqlalchemy import Connection, Date, Select, Text, and_, bindparam, cast, or_, select

from bot.ports.wordings import Quoted
from bot.records import Submission, Wording
from storage.reading.reports import COUNTING, many
from storage.reading.units import ROOTS, tree_of
from storage.sql import among, columns_of
from storage.tables import submissions, wordings

_c, _s = wordings.c, submissions.c
_OF = (
    select(*columns_of(wordings, Wording))
    .where(among(_c.unit, "units"), _c.period == bindparam("period"))
    .order_by(_c.unit, _c.part, _c.version)
)


def latest(connection: Connection, units: Sequence[int], period: str) -> list[Wording]:
    """Give the latest version of each part."""
    found = connection.execute(_OF, {"units": units, "period": period})
    return list({(one.unit, one.part): one for one in (Wording(*row) for row in found)}.values())


def quoting(connection: Connection, asked: Quoted, most: int, on: date) -> list[Submission]:
    """List the reports with an answer to any of the fields, of units that are under these today."""
    given = {"under": asked.under, "since": asked.since, "until": asked.until, "on": on, "most": most}
    return many(connection, _with(asked.fields), given)


@lru_cache(maxsize=64)
def _with(fields: tuple[tuple[str, str], ...]) -> Select[Any]:
    """Look for the answers in the JSON as it is stored, without a space; what else looks so has no such answer."""
    answers = cast(_s.answers, Text)
    told = [and_(_s.form == form, answers.contains(f'"{field}":"')) for form, field in fields]
    return (
        select(*columns_of(submissions, Submission))
        .where(*COUNTING, or_(*told))
        .where(_s.unit.in_(select(tree_of(ROOTS).c.id)))
        .where(_s.day.between(bindparam("since", type_=Date), bindparam("until", type_=Date)))
        .order_by(_s.day.desc(), _s.filed_at.desc(), _s.number.desc())
        .limit(bindparam("most"))
    )
