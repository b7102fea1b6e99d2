"""Reads what officers said about reports, and which reports wait for them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date
from typing import Any

from sqlalchemy import Connection, Select, and_, bindparam, exists, func, select

from bot.ports import Awaiting
from bot.records import Review, Submission, Verdict
from storage.columns import Moment
from storage.reading.reports import many
from storage.reading.units import ROOTS, tree_of, valid
from storage.sql import among, columns_of
from storage.tables import reviews, submissions, unit_links

_c = submissions.c
_SAID = (
    select(*columns_of(reviews, Review))
    .where(reviews.c.unit == bindparam("unit"), reviews.c.number == bindparam("number"))
    .order_by(reviews.c.turn)
)
_VERSIONS = (
    select(*columns_of(submissions, Submission))
    .where(_c.unit == bindparam("unit"), _c.number == bindparam("number"))
    .order_by(_c.version)
)


def _awaiting(columns: Sequence[Any]) -> Select[Any]:
    accepted = exists().where(
        reviews.c.unit == _c.unit,
        reviews.c.number == _c.number,
        reviews.c.version == _c.version,
        reviews.c.verdict == Verdict.ACCEPTED.value,
    )
    tree = tree_of(ROOTS)
    return select(*columns).where(
        _c.unit.in_(select(tree.c.id)),
        _c.current,
        _c.state == "filed",
        _c.filed_at >= bindparam("since", type_=Moment),
        among(_c.form, "forms"),
        ~accepted.correlate(submissions),
    )


_AWAITING = (
    _awaiting(columns_of(submissions, Submission)).order_by(_c.filed_at, _c.unit, _c.number).limit(bindparam("most"))
)
_managing = and_(unit_links.c.child == _c.unit, unit_links.c.relation == "manages", valid(unit_links))
_COUNTS = (
    _awaiting([unit_links.c.parent, _c.form, func.count()])
    .join(unit_links, _managing)
    .group_by(unit_links.c.parent, _c.form)
    .order_by(unit_links.c.parent, _c.form)
)


def _given(asked: Awaiting, on: date) -> dict[str, Any]:
    return {"under": asked.under, "forms": asked.forms, "since": asked.since, "on": on}


def awaiting(connection: Connection, asked: Awaiting, limit: int, on: date) -> list[Submission]:
    """List reports that nobody accepted nor sent back, the oldest first."""
    return many(connection, _AWAITING, _given(asked, on) | {"most": limit})


def counts(connection: Connection, asked: Awaiting, on: date) -> list[tuple[int, str, int]]:
    """Count them by managing unit and form."""
    return [(parent, form, number) for parent, form, number in connection.execute(_COUNTS, _given(asked, on))]


def said(connection: Connection, unit: int, number: int) -> list[Review]:
    """List what was said about a report, in turn."""
    rows = connection.execute(_SAID, {"unit": unit, "number": number})
    found = (Review(*row) for row in rows)
    return [replace(one, verdict=Verdict(one.verdict)) for one in found]


def versions(connection: Connection, unit: int, number: int) -> list[Submission]:
    """List the versions of a report."""
    return many(connection, _VERSIONS, {"unit": unit, "number": number})
