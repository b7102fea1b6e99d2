"""Reads cases: by number, by unit, what waits, what is due, and the officers above."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    Select,
    Text,
    and_,
    bindparam,
    case,
    cast,
    exists,
    func,
    literal,
    or_,
    select,
)

from bot.cases.case import WAITING, Case, Deed, Event, Kind, State
from bot.cases.desks import NOBODY_ABOVE, Officer
from bot.records import OFFICERS, Role
from storage.columns import Moment
from storage.reading.units import ROOTS, not_closed, tree_of, valid
from storage.sql import among, columns_of
from storage.tables import addresses, attachments, case_events, cases, people, roles, unit_links, units

_HERE = sorted(role.value for role in OFFICERS)
_LAST = (Role.PROV_LEADER.value, Role.ADMIN.value)  # who sees to what has nobody else
_CASES = select(*columns_of(cases, Case))
_OPEN = cases.c.state != State.CLOSED.value
_BY_NUMBER = _CASES.where(cases.c.number == bindparam("number"))
_OF_REPORT = _CASES.where(cases.c.unit == bindparam("unit"), cases.c.report == bindparam("report")).limit(1)
_HIGHEST = select(func.coalesce(func.max(cases.c.number), 0))
_EVENTS = (
    select(*columns_of(case_events, Event)).where(case_events.c.case == bindparam("of")).order_by(case_events.c.seq)
)
_WRITTEN = (
    select(*columns_of(case_events, Event))
    .where(case_events.c.person == bindparam("whose"), case_events.c.text != "")
    .order_by(case_events.c.at, case_events.c.case, case_events.c.seq)
)
_THEIRS = (
    _CASES.where(
        or_(
            and_(among(cases.c.unit, "units"), cases.c.kind != Kind.QUESTION.value),
            cases.c.person == bindparam("person"),
        )
    )
    .order_by(case((_OPEN, 0), else_=1), cases.c.opened_at.desc(), cases.c.number.desc())
    .limit(bindparam("most"))
)
_UNDER = cases.c.unit.in_(select(tree_of(ROOTS).c.id))
_WAITING = (
    _CASES.where(_UNDER, cases.c.state.in_(sorted(WAITING)))
    .order_by(case((cases.c.kind == Kind.INCIDENT.value, 0), else_=1), cases.c.due_at, cases.c.number)
    .limit(bindparam("most"))
)
_OPENED = _CASES.where(
    _UNDER,
    cases.c.opened_at >= bindparam("since", type_=Moment),
    cases.c.opened_at < bindparam("until", type_=Moment),
).order_by(cases.c.number)
_DUE = (
    _CASES.where(cases.c.next_at <= bindparam("now", type_=Moment))
    .order_by(cases.c.next_at, cases.c.number)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)
_held = exists().where(
    roles.c.person == cases.c.owner,
    or_(and_(roles.c.unit == cases.c.desk, roles.c.role.in_(_HERE)), roles.c.role == Role.ADMIN.value),
    roles.c.unit == units.c.id,
    valid(roles),
    not_closed(units),
)


def _reached() -> ColumnElement[bool]:
    return exists().where(addresses.c.person == roles.c.person, addresses.c.state == "open")


def _officers() -> Select[Any]:
    return (
        select(people.c.id, people.c.name, people.c.phone, roles.c.role, units.c.id, units.c.code)
        .join_from(roles, people, people.c.id == roles.c.person)
        .join(units, units.c.id == roles.c.unit)
        .where(valid(roles), not_closed(units))
    )


def _adrift() -> Select[Any]:
    """Give the open cases whose officer left, or who is not above the unit while somebody else is."""
    start = select(cases.c.unit.label("unit"), cases.c.unit.label("at")).where(_OPEN).distinct()
    climb = start.cte("climb", recursive=True)
    up = and_(unit_links.c.child == climb.c.at, unit_links.c.relation == "manages", valid(unit_links))
    climbed = climb.union(select(climb.c.unit, unit_links.c.parent).join_from(climb, unit_links, up))
    post = and_(roles.c.unit == climbed.c.at, roles.c.role.in_(_HERE), valid(roles))
    above = (
        select(literal(1))
        .select_from(climbed.join(roles, post).join(units, units.c.id == roles.c.unit))
        .where(climbed.c.unit == cases.c.unit, climbed.c.at != cases.c.unit, not_closed(units))
        .correlate(cases)
    )
    reaches = above.where(roles.c.unit == cases.c.desk, roles.c.person == cases.c.owner).exists()
    another = above.where(roles.c.person != cases.c.person, _reached()).exists()
    return (
        _CASES.where(_OPEN, or_(~_held, and_(~reaches, another)))
        .order_by(cases.c.number)
        .limit(bindparam("most"))
        .with_for_update(skip_locked=True)
    )


def _climbing() -> Select[Any]:
    """Climb from a unit, counting the steps; a circle ends after twenty."""
    start: ColumnElement[int] = literal(0)
    climb = select(units.c.id, start.label("steps")).where(units.c.id == bindparam("of")).cte("climb", recursive=True)
    step = select(unit_links.c.parent, climb.c.steps + 1).where(
        unit_links.c.child == climb.c.id, unit_links.c.relation == "manages", valid(unit_links), climb.c.steps < 20
    )
    climbed = climb.union(step)
    return (
        _officers()
        .add_columns(climbed.c.steps, _reached())
        .join(climbed, climbed.c.id == roles.c.unit)
        .where(climbed.c.steps >= bindparam("least"), roles.c.role.in_(_HERE))
        .order_by(climbed.c.steps, roles.c.id)
    )


_ADRIFT = _adrift()
_CLIMBING = _climbing()
_LAST_RESORT = (
    _officers()
    .add_columns(literal(NOBODY_ABOVE), _reached())
    .where(roles.c.role.in_(_LAST))
    .order_by(case((roles.c.role == Role.ADMIN.value, 1), else_=0), roles.c.id)
    .limit(20)
)


def sent_in_cases(by: ColumnElement[bool]) -> Select[tuple[str]]:
    """Give the ids of the files that came with these events: a file of a case has the event's number as its field."""
    seq = attachments.c.field == cast(case_events.c.seq, Text)
    return select(attachments.c.id).join(case_events, and_(attachments.c.draft == case_events.c.case, seq)).where(by)


@dataclass(frozen=True, slots=True)
class Opened:
    """Cases opened between two moments in the subtrees of `under`."""

    under: Sequence[int]
    since: datetime
    until: datetime


def _case(row: Sequence[Any]) -> Case:
    found = dict(zip(Case.__dataclass_fields__, row, strict=True))
    typed = {"kind": Kind(found["kind"]), "state": State(found["state"]), "alerted": tuple(found["alerted"])}
    return Case(**(found | typed))


def by_number(connection: Connection, number: int) -> Case | None:
    """Give a case by its number."""
    row = connection.execute(_BY_NUMBER, {"number": number}).first()
    return _case(row) if row else None


def of_report(connection: Connection, unit: int, report: int) -> Case | None:
    """Give the case that came with a report."""
    row = connection.execute(_OF_REPORT, {"unit": unit, "report": report}).first()
    return _case(row) if row else None


def highest(connection: Connection) -> int:
    """Give the highest number."""
    return int(connection.execute(_HIGHEST).scalar_one())


def events(connection: Connection, of: str) -> list[Event]:
    """List what happened to a case."""
    return [_event(row) for row in connection.execute(_EVENTS, {"of": of})]


def written_by(connection: Connection, whose: str) -> list[Event]:
    """List what a person wrote."""
    return [_event(row) for row in connection.execute(_WRITTEN, {"whose": whose})]


def _event(row: Sequence[Any]) -> Event:
    found, seq, at, person, deed, to, text = row
    return Event(found, seq, at, person, Deed(deed), to, text)


def theirs(connection: Connection, these: Sequence[int], person: str, most: int) -> list[Case]:
    """List the cases of units, and those that a person opened."""
    return [_case(row) for row in connection.execute(_THEIRS, {"units": these, "person": person, "most": most})]


def waiting(connection: Connection, under: Sequence[int], most: int, on: date) -> list[Case]:
    """List what waits for an answer in subtrees."""
    return [_case(row) for row in connection.execute(_WAITING, {"under": under, "most": most, "on": on})]


def opened(connection: Connection, asked: Opened, on: date) -> list[Case]:
    """List what was opened between two moments."""
    given = {"under": asked.under, "since": asked.since, "until": asked.until, "on": on}
    return [_case(row) for row in connection.execute(_OPENED, given)]


def due(connection: Connection, now: datetime, most: int) -> list[Case]:
    """List the cases at which the clock must look."""
    return [_case(row) for row in connection.execute(_DUE, {"now": now, "most": most})]


def adrift(connection: Connection, most: int, on: date) -> list[Case]:
    """List the open cases whose owner is no longer there, or no longer above their unit."""
    return [_case(row) for row in connection.execute(_ADRIFT, {"most": most, "on": on})]


def officers_over(connection: Connection, unit: int, desk: int | None, on: date) -> list[Officer]:
    """List the officers above a unit; above and at the desk, once nothing is above the unit."""
    found = connection.execute(_CLIMBING, {"of": unit, "least": 1, "on": on}).all()
    if not found and desk is not None:
        found = connection.execute(_CLIMBING, {"of": desk, "least": 0, "on": on}).all()
    rest = connection.execute(_LAST_RESORT, {"on": on}).all()
    known = {(row[0], row[4]) for row in found}
    rows = [*found, *(row for row in rest if (row[0], row[4]) not in known)]
    return [
        Officer(id_, name, phone, Role(role), at, code, steps, bool(reached))
        for id_, name, phone, role, at, code, steps, reached in rows
    ]
