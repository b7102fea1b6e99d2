"""Reads notices: whom they are for, what became of their copies, what units told of them."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select

from bot.messages import Address
from bot.notices.notice import Notice, Reader, State, Step
from bot.ports import CopyState, HeardStep, Received
from bot.records import Role
from storage.columns import Moment
from storage.reading.people import PREFERRED_FIRST, preference
from storage.reading.units import ROOTS, not_closed, tree_of, valid
from storage.sql import among, columns_of
from storage.tables import (
    acknowledgements,
    addresses,
    mutes,
    notice_recipients,
    notices,
    outbox,
    people,
    roles,
    submissions,
    units,
)

GIVEN_UP = (State.CANCELLED, State.REFUSED, State.DROPPED)
NOT_OUT = (State.COMPOSED, State.WAITING, State.PLANNED, State.REFUSED, State.DROPPED)

_copy, _step = notice_recipients.c, acknowledgements.c
_ALL = select(*columns_of(notices, Notice))
_BY_ID = _ALL.where(notices.c.id == bindparam("wanted"))
_BY_NUMBER = _ALL.where(notices.c.number == bindparam("wanted"))
_LAST = select(func.coalesce(func.max(notices.c.number), 0))
_OF = (
    _ALL.where(among(notices.c.unit, "units"), notices.c.state != State.DROPPED)
    .order_by(notices.c.number.desc())
    .limit(bindparam("most"))
)
_LIKE = _ALL.where(
    notices.c.digest == bindparam("digest"),
    notices.c.made_at >= bindparam("since", type_=Moment),
    notices.c.state.not_in((State.COMPOSED, *GIVEN_UP)),
).order_by(notices.c.number.desc())
# Each unit once, whoever there got a copy; JSON cannot be told apart by every database, so the ids are.
_UNITS_OF = select(_copy.notice, _copy.unit).where(among(_copy.unit, "units")).distinct().subquery("got")
_RECEIVED = (
    select(*columns_of(notices, Notice), _UNITS_OF.c.unit)
    .join_from(_UNITS_OF, notices, notices.c.id == _UNITS_OF.c.notice)
    .where(notices.c.state.not_in(NOT_OUT))
    .order_by(notices.c.number.desc(), _UNITS_OF.c.unit)
    .limit(bindparam("most"))
)
_RECEIVED_BY = _RECEIVED.where(notices.c.id == bindparam("wanted"))
_DONE_BY = (
    _ALL.join(acknowledgements, _step.notice == notices.c.id)
    .join(submissions, and_(submissions.c.id == _step.report, _step.report != ""))
    .where(
        _step.step == Step.DONE,
        _step.unit == bindparam("unit"),
        submissions.c.unit == bindparam("unit"),
        submissions.c.number == bindparam("report"),
    )
    .order_by(notices.c.number)
)
_STEPS = select(_step.notice, _step.unit, _step.step).where(among(_step.notice, "notices"), among(_step.unit, "units"))
_UNDER = (
    select(units.c.id, units.c.code, func.coalesce(units.c.sector, ""))
    .where(units.c.id.in_(select(tree_of(ROOTS).c.id)), valid(units))
    .order_by(units.c.id)
)
_OF_KINDS = _UNDER.where(among(units.c.kind, "kinds"))
_READERS = (
    select(
        roles.c.unit,
        roles.c.role,
        people.c.id,
        people.c.language,
        addresses.c.channel,
        addresses.c.chat,
        addresses.c.last_used,
    )
    .join_from(roles, people, people.c.id == roles.c.person)
    .join(units, units.c.id == roles.c.unit)
    .outerjoin(addresses, and_(addresses.c.person == people.c.id, addresses.c.state == "open"))
    .outerjoin(mutes, preference())
    .where(among(roles.c.unit, "units"), among(roles.c.role, "roles"), valid(roles), not_closed(units))
    .order_by(roles.c.unit, roles.c.id, *PREFERRED_FIRST)
)
_COUNTS = (
    select(outbox.c.state, func.count())
    .where(outbox.c.drop_key == bindparam("drop"), outbox.c.drop_key != "")
    .group_by(outbox.c.state)
)
_ANY = (
    select(outbox.c.id)
    .where(outbox.c.drop_key == bindparam("drop"), outbox.c.drop_key != "", among(outbox.c.state, "states"))
    .limit(1)
)
_DUE_BEFORE = _ANY.where(or_(outbox.c.not_before.is_(None), outbox.c.not_before < bindparam("moment", type_=Moment)))
_COPIES = select(
    _copy.unit,
    _copy.person,
    _copy.copy,
    _copy.why,
    func.coalesce(outbox.c.state, ""),
    func.coalesce(outbox.c.channel, ""),
    func.coalesce(outbox.c.why, ""),
).outerjoin_from(notice_recipients, outbox, outbox.c.key == _copy.copy)
_FAILED = (
    _COPIES.where(
        outbox.c.drop_key == bindparam("drop"),
        outbox.c.drop_key != "",
        outbox.c.state == "failed",
        _copy.notice == bindparam("wanted"),
        _copy.why == "",
    )
    .order_by(_copy.unit)
    .limit(bindparam("most"))
)
_PAGE = (
    select(_copy.unit)
    .where(_copy.notice == bindparam("wanted"), _copy.unit > bindparam("after"))
    .distinct()
    .order_by(_copy.unit)
    .limit(bindparam("most"))
)
_COPIES_OF = _COPIES.where(_copy.notice == bindparam("wanted"), _copy.unit.in_(_PAGE.scalar_subquery())).order_by(
    _copy.unit, _copy.person
)
_FILED = and_(submissions.c.id == _step.report, _step.report != "")
_HEARD = (
    select(_step.unit, _step.step, _step.person, _step.at, _step.people, submissions.c.number)
    .outerjoin_from(acknowledgements, submissions, _FILED)
    .where(_step.notice == bindparam("wanted"))
    .order_by(_step.unit, _step.at)
)
_HEARD_AT = _HEARD.where(among(_step.unit, "units"))
_took = exists().where(_step.notice == _copy.notice, _step.unit == _copy.unit, among(_step.step, "steps"))
_UNHEARD = _PAGE.where(~_took)
_SENT_AS = select(outbox.c.channel, outbox.c.chat, outbox.c.message_id).where(
    outbox.c.key == bindparam("wanted"), outbox.c.state == "sent"
)


def notice(row: Sequence[Any]) -> Notice:
    """Read a row."""
    found = Notice(*row)
    return replace(found, state=State(found.state))


def _first(row: Sequence[Any] | None) -> Notice | None:
    return notice(row) if row is not None else None


def by_id(connection: Connection, id_: str) -> Notice | None:
    """Give a notice by id."""
    return _first(connection.execute(_BY_ID, {"wanted": id_}).first())


def by_number(connection: Connection, number: int) -> Notice | None:
    """Give a notice by number."""
    return _first(connection.execute(_BY_NUMBER, {"wanted": number}).first())


def last_number(connection: Connection) -> int:
    """Give the highest number."""
    return int(connection.execute(_LAST).scalar_one())


def of_units(connection: Connection, these: Sequence[int], limit: int) -> list[Notice]:
    """List what officers of unions sent or mean to send."""
    return [notice(row) for row in connection.execute(_OF, {"units": these, "most": limit})]


def like(connection: Connection, digest: str, since: datetime) -> list[Notice]:
    """List notices with the same words."""
    return [notice(row) for row in connection.execute(_LIKE, {"digest": digest, "since": since})]


def received(connection: Connection, these: Sequence[int], limit: int) -> list[Received]:
    """List what was sent to units."""
    rows = connection.execute(_RECEIVED, {"units": these, "most": limit}).all()
    return _with_steps(connection, rows)


def received_by(connection: Connection, id_: str, these: Sequence[int]) -> list[Received]:
    """Tell how units stand with a notice."""
    rows = connection.execute(_RECEIVED_BY, {"wanted": id_, "units": these, "most": len(these)}).all()
    return _with_steps(connection, rows)


def done_by(connection: Connection, unit: int, report: int) -> list[Notice]:
    """List the notices that a report did for its unit."""
    return [notice(row) for row in connection.execute(_DONE_BY, {"unit": unit, "report": report})]


def _with_steps(connection: Connection, rows: Iterable[Any]) -> list[Received]:
    found = [(notice(row[:-1]), row[-1]) for row in rows]
    given = {"notices": [one.id for one, _unit in found], "units": [unit for _one, unit in found]}
    steps: dict[tuple[str, int], set[Step]] = defaultdict(set)
    for id_, unit, step in connection.execute(_STEPS, given):
        steps[id_, unit].add(Step(step))
    return [Received(one, unit, frozenset(steps[one.id, unit])) for one, unit in found]


def area_units(
    connection: Connection, under: Sequence[int], kinds: Sequence[str], on: date
) -> list[tuple[int, str, str]]:
    """List the units of some kinds under others."""
    statement = _OF_KINDS if kinds else _UNDER
    given = {"under": under, "on": on, **({"kinds": list(kinds)} if kinds else {})}
    return [(id_, code, sector) for id_, code, sector in connection.execute(statement, given)]


def readers(connection: Connection, these: Sequence[int], wanted: Sequence[Role], on: date) -> list[Reader]:
    """List who holds roles at units, with their open addresses."""
    given = {"units": these, "roles": [role.value for role in wanted], "on": on}
    found: dict[tuple[int, str, str, str], dict[Address, datetime]] = {}
    for unit, role, person, language, channel, chat, used in connection.execute(_READERS, given):
        at = found.setdefault((unit, role, person, language), {})
        if channel is not None:
            at[Address(channel, chat)] = used
    return [
        Reader(unit, Role(role), person, language, tuple(at), tuple(at.values()))
        for (unit, role, person, language), at in found.items()
    ]


def copy_counts(connection: Connection, drop_key: str) -> Mapping[str, int]:
    """Count messages by state."""
    counted: dict[str, int] = dict(connection.execute(_COUNTS, {"drop": drop_key}).all())
    return counted


def any_copy(connection: Connection, drop_key: str, states: Sequence[str]) -> bool:
    """Tell whether a message is in one of these states."""
    return connection.execute(_ANY, {"drop": drop_key, "states": states}).first() is not None


def any_due_before(connection: Connection, drop_key: str, moment: datetime) -> bool:
    """Tell whether an unsent message may be sent before that moment."""
    given = {"drop": drop_key, "states": ["pending"], "moment": moment}
    return connection.execute(_DUE_BEFORE, given).first() is not None


def failed_copies(connection: Connection, id_: str, drop_key: str, limit: int) -> list[CopyState]:
    """List copies that failed, for which nothing else was tried."""
    rows = connection.execute(_FAILED, {"wanted": id_, "drop": drop_key, "most": limit})
    return [_copy_state(row) for row in rows]


def copies_of(connection: Connection, id_: str, after: int, limit: int) -> list[CopyState]:
    """List copies by unit."""
    rows = connection.execute(_COPIES_OF, {"wanted": id_, "after": after, "most": limit})
    return [_copy_state(row) for row in rows]


def _copy_state(row: Sequence[Any]) -> CopyState:
    unit, person, copy, why, state, channel, failed = row
    return CopyState(unit, person, copy, why or failed, state, channel)


def heard(connection: Connection, id_: str, these: Sequence[int] | None = None) -> list[HeardStep]:
    """List the steps that units, or these of them, have taken."""
    given = {"wanted": id_} if these is None else {"wanted": id_, "units": these}
    rows = connection.execute(_HEARD if these is None else _HEARD_AT, given)
    return [HeardStep(unit, Step(step), *rest) for unit, step, *rest in rows]


def unheard(connection: Connection, id_: str, step: Step, page: tuple[int, int]) -> list[int]:
    """List units that have not taken a step, nor a later one: `page` is (after, at most)."""
    later = list(Step)[list(Step).index(step) :]
    given = {"wanted": id_, "steps": [one.value for one in later], "after": page[0], "most": page[1]}
    return list(connection.execute(_UNHEARD, given).scalars())


def sent_as(connection: Connection, key: str) -> tuple[str, str, str] | None:
    """Tell where a message was sent, and what the channel calls it."""
    row = connection.execute(_SENT_AS, {"wanted": key}).first()
    return (row[0], row[1], row[2]) if row is not None else None
