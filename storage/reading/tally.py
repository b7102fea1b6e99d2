"""Counts how the units of a subtree stand with a period, without naming them."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Date,
    Integer,
    Select,
    and_,
    bindparam,
    case,
    exists,
    func,
    or_,
    select,
)

from bot.ports import Asked, Tally
from bot.reporting.periods import NIL
from storage.columns import Moment
from storage.reading.managing import managers
from storage.reading.reports import CLOSING, CLOSING_BY_KIND, COUNTING
from storage.reading.units import valid
from storage.sql import among
from storage.tables import exemptions, submissions, unit_links, units

_c = submissions.c


# These units and what the managing ones manage.
_THESE = (
    select(units.c.id)
    .where(among(units.c.id, "under"))
    .union_all(
        select(unit_links.c.child).where(
            among(unit_links.c.parent, "parents"), unit_links.c.relation == "manages", valid(unit_links)
        )
    )
)


def _counted(condition: ColumnElement[bool]) -> ColumnElement[int]:
    return func.coalesce(func.sum(case((condition, 1), else_=0), type_=Integer), 0)


def _tally(closing: ColumnElement[bool]) -> Select[Any]:
    filed_at = func.min(func.coalesce(_c.first_filed_at, _c.filed_at), type_=Moment)
    reports = func.count().filter(_c.form != NIL)
    begun_by, lasting = bindparam("begun_by", type_=Date), bindparam("lasting", type_=Date)
    exempted = exists().where(exemptions.c.unit == units.c.id, among(exemptions.c.period, "codes")).correlate(units)
    closed = and_(units.c.valid_to.is_not(None), units.c.valid_to <= lasting)
    exempt = or_(units.c.valid_from > begun_by, closed, exempted)
    # One look at the receipts of each unit; a database that joins by hashing reads those of a whole country at once.
    each = (
        select(filed_at.label("filed_at"), reports.label("reports"), exempt.label("exempt"))
        .join_from(units, submissions, and_(_c.unit == units.c.id, closing, *COUNTING), isouter=True)
        .where(units.c.id.in_(_THESE), valid(units), among(units.c.kind, "kinds"))
        .group_by(units.c.id)
        .subquery("each_unit")
    )
    filed, due_at = each.c.filed_at, bindparam("due_at", type_=Moment)
    counts: list[ColumnElement[Any]] = [
        _counted(or_(filed.is_not(None), each.c.exempt.is_(False))),
        _counted(filed <= due_at),
        _counted(filed > due_at),
        _counted(and_(filed.is_not(None), each.c.reports == 0)),
    ]
    return select(*counts)


_TALLY = _tally(CLOSING)
_TALLY_BY_KIND = _tally(CLOSING_BY_KIND)


def tally(connection: Connection, under: Sequence[int], on: date, asked: Asked) -> Tally:
    """Count the units under these that a period asks to report, and those that did."""
    since, until = asked.days
    given = {
        "under": under,
        "parents": managers(connection, under, on),
        "on": on,
        "codes": asked.codes,
        "forms": asked.forms,
        "nil": asked.nil,
        "since": since,
        "until": until,
        "kinds": sorted(asked.kinds),
        "begun_by": asked.begun_by,
        "lasting": asked.lasting,
        "due_at": asked.due_at,
    }
    return Tally(*connection.execute(_TALLY_BY_KIND if asked.forms else _TALLY, given).one())
