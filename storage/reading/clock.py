"""Reads what the clock must know to speak: who holds which posts, who can be reached, who was told today."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any

from sqlalchemy import Connection, and_, bindparam, exists, func, or_, select

from bot.ports import Holder
from bot.records import Draft, Person, Role
from storage.columns import Moment
from storage.reading.people import ROLES, addresses_by_person, persons
from storage.reading.units import ROOTS, not_closed, tree_of, valid
from storage.sql import among, columns_of
from storage.tables import addresses, asks, drafts, mutes, outbox, roles, submissions, units

_open_address = exists().where(addresses.c.person == roles.c.person, addresses.c.state == "open")
_POSTED = (
    select(roles.c.person)
    .join(units, units.c.id == roles.c.unit)
    .where(among(roles.c.role, "roles"), roles.c.person > bindparam("after"), valid(roles), not_closed(units))
    .distinct()
    .order_by(roles.c.person)
    .limit(bindparam("most"))
)
_POSTED_AT = _POSTED.where(among(roles.c.unit, "units"))
_HOLDERS = (
    select(roles.c.unit, roles.c.role, roles.c.person, _open_address)
    .where(among(roles.c.unit, "units"), among(roles.c.role, "roles"), valid(roles))
    .order_by(roles.c.unit, roles.c.id)
)
_HOLD = select(units.c.id).where(among(units.c.id, "units")).order_by(units.c.id).with_for_update(nowait=True)
_MUTED = select(mutes.c.person).where(among(mutes.c.person, "people"), mutes.c.topic == bindparam("topic"))
_SAID = select(outbox.c.key).where(among(outbox.c.key, "keys"))
_BUSY = select(asks.c.person).where(
    among(asks.c.person, "people"),
    or_(asks.c.draft != "", asks.c.until.is_(None), asks.c.until >= bindparam("now", type_=Moment)),
)
_OLD_DRAFTS = (
    select(*columns_of(drafts, Draft))
    .where(and_(drafts.c.touched_at < bindparam("before", type_=Moment), drafts.c.id > bindparam("after")))
    .order_by(drafts.c.id)
    .limit(bindparam("most"))
    .with_for_update(skip_locked=True)
)

_FILED = (
    select(submissions.c.form, func.count())
    .where(
        submissions.c.unit.in_(select(tree_of(ROOTS).c.id)),
        submissions.c.filed_at >= bindparam("since", type_=Moment),
        submissions.c.filed_at < bindparam("until", type_=Moment),
        submissions.c.version == 1,
    )
    .group_by(submissions.c.form)
    .order_by(func.count().desc(), submissions.c.form)
)


@dataclass(frozen=True, slots=True)
class News:
    """What was filed between two moments in the subtrees of `under`."""

    under: Sequence[int]
    since: datetime
    until: datetime


@dataclass(frozen=True, slots=True)
class Page:
    """So many people who hold one of these roles, with ids after that one; `at` these units, or None for anywhere."""

    roles: Sequence[Role]
    after: str
    most: int
    at: Sequence[int] | None


def posted(connection: Connection, page: Page, on: date) -> list[Person]:
    """List people who hold a role today, by id."""
    given: dict[str, Any] = {
        "roles": [role.value for role in page.roles],
        "after": page.after,
        "most": page.most,
        "on": on,
    }
    statement = _POSTED if page.at is None else _POSTED_AT
    ids = list(connection.execute(statement, given | ({} if page.at is None else {"units": page.at})).scalars())
    found = persons(connection, ids, addresses_by_person(connection, ids), on) if ids else {}
    return [found[id_] for id_ in ids]


def holders(connection: Connection, these: Sequence[int], wanted: Sequence[Role], on: date) -> list[Holder]:
    """List who holds these roles at units, in the order in which they came to them."""
    given = {"units": these, "roles": [role.value for role in wanted], "on": on}
    return [
        Holder(unit, ROLES[role], person, bool(open_))
        for unit, role, person, open_ in connection.execute(_HOLDERS, given).all()
    ]


def hold(connection: Connection, these: Sequence[int]) -> None:
    """Keep reports of these units from being filed until the transaction is over."""
    if connection.dialect.name == "postgresql":
        connection.execute(_HOLD, {"units": these})


def muted(connection: Connection, people: Sequence[str], topic: str) -> set[str]:
    """Tell who wants none of a topic."""
    return set(connection.execute(_MUTED, {"people": people, "topic": topic}).scalars())


def said(connection: Connection, keys: Sequence[str]) -> set[str]:
    """Tell which of these messages there are, sent or not."""
    return set(connection.execute(_SAID, {"keys": keys}).scalars())


def busy(connection: Connection, people: Sequence[str], now: datetime) -> set[str]:
    """Tell whom a question is open with."""
    return set(connection.execute(_BUSY, {"people": people, "now": now}).scalars())


def filed_since(connection: Connection, news: News, on: date) -> list[tuple[str, int]]:
    """Count what was filed, by kind."""
    given = {"under": news.under, "since": news.since, "until": news.until, "on": on}
    return [(form, number) for form, number in connection.execute(_FILED, given)]


def old_drafts(connection: Connection, before: datetime, after: str, most: int) -> list[Draft]:
    """List drafts that were not touched since, by id."""
    return [Draft(*row) for row in connection.execute(_OLD_DRAFTS, {"before": before, "after": after, "most": most})]
