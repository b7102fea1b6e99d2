"""Reads people: who writes from where, the posts they hold today, whom to call at a unit."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Sequence
from datetime import date, datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Select, and_, bindparam, func, literal, select

from bot.messages import Address
from bot.ports import Contact, Tenure
from bot.records import BUT_ON, OFFICERS, REPORTERS, Draft, Person, Post, Role, Unit
from storage.columns import Moment
from storage.reading.units import COLUMNS, named, not_closed, valid
from storage.sql import among, columns_of
from storage.tables import addresses, audit, consents, drafts, mutes, people, roles, unit_links, units

ROLES = {role.value: role for role in Role}  # five times as quick as asking the enumeration
RANK = {role.value: place for place, role in enumerate(Role)}


def preference() -> ColumnElement[bool]:
    """Join to an address what says that its person wants to be written to on this channel only, where it can be."""
    return and_(mutes.c.person == addresses.c.person, mutes.c.topic == literal(BUT_ON) + addresses.c.channel)


PREFERRED_FIRST: tuple[ColumnElement[Any], ...] = (
    mutes.c.topic.is_(None),
    addresses.c.last_used.desc(),
    addresses.c.channel,
    addresses.c.chat,
)
_ADDRESSES = (
    select(addresses.c.person, addresses.c.channel, addresses.c.chat, addresses.c.state)
    .outerjoin(mutes, preference())
    .order_by(*PREFERRED_FIRST)
)
_ADDRESSES_OF = _ADDRESSES.where(among(addresses.c.person, "people"))
_PEOPLE = select(people.c.id, people.c.name, people.c.honorific, people.c.phone, people.c.language).where(
    among(people.c.id, "people")
)
_POSTS = (
    select(roles.c.person, roles.c.role, *COLUMNS)
    .join_from(roles, units, units.c.id == roles.c.unit)
    .where(among(roles.c.person, "people"), valid(roles), not_closed(units))
    .order_by(roles.c.id)
)
_PERSON_AT = select(addresses.c.person).where(
    addresses.c.channel == bindparam("channel"), addresses.c.chat == bindparam("chat"), addresses.c.state != "unlinked"
)
_TENURES = (
    select(roles.c.role, units.c.code, named(), roles.c.valid_from, roles.c.valid_to)
    .join_from(roles, units, units.c.id == roles.c.unit)
    .where(among(roles.c.person, "people"))
    .order_by(roles.c.id)
)
_DRAFTS = (
    select(*columns_of(drafts, Draft))
    .where(among(drafts.c.person, "people"))
    .order_by(drafts.c.started_at, drafts.c.id)
)
_AUDITED = select(audit.c.at, audit.c.action).where(among(audit.c.person, "people")).order_by(audit.c.id)
_USED = select(addresses.c.last_used).where(
    addresses.c.channel == bindparam("channel"), addresses.c.chat == bindparam("chat")
)
_CONSENTS = (
    select(consents.c.version, consents.c.at, consents.c.given)
    .where(among(consents.c.person, "people"))
    .order_by(consents.c.id)
)
_FIRST_REPORTER = select(func.min(roles.c.valid_from)).where(among(roles.c.role, "roles"))


def addresses_of(whose: Select[str]) -> Select[Any]:
    """Give the addresses of people, the one they prefer first, then the last used."""
    return _ADDRESSES.where(addresses.c.person.in_(whose))


def persons(connection: Connection, ids: Sequence[str], known: Iterable[Any], on: date) -> dict[str, Person]:
    """Give people by id, with today's posts; `known` are their addresses."""
    given = {"people": ids, "on": on}
    posts: dict[str, list[Post]] = defaultdict(list)
    for person, role, *unit in connection.execute(_POSTS, given).all():
        posts[person].append(Post(ROLES[role], Unit(*unit)))
    open_: dict[str, list[Address]] = defaultdict(list)
    for person, channel, chat, state in known:
        if state == "open":
            open_[person].append(Address(channel, chat))
    return {
        row.id: Person(*row, posts=tuple(posts[row.id]), addresses=tuple(open_[row.id]))
        for row in connection.execute(_PEOPLE, {"people": ids}).all()
    }


def addresses_by_person(connection: Connection, ids: Sequence[str]) -> Sequence[Any]:
    """Give the addresses of people, the one they prefer first, then the last used."""
    return connection.execute(_ADDRESSES_OF, {"people": ids}).all()


def person(connection: Connection, id_: str, on: date) -> Person | None:
    """Give a person by id."""
    return persons(connection, [id_], addresses_by_person(connection, [id_]), on).get(id_)


def person_at(connection: Connection, address: Address, on: date) -> Person | None:
    """Give the person who writes from an address."""
    whose = connection.execute(_PERSON_AT, {"channel": address.channel, "chat": address.chat}).scalar_one_or_none()
    return person(connection, whose, on) if whose is not None else None


def used_at(connection: Connection, address: Address) -> datetime | None:
    """Tell when somebody last wrote from this address."""
    here = {"channel": address.channel, "chat": address.chat}
    used: datetime | None = connection.execute(_USED, here).scalar_one_or_none()
    return used


def agreed(connection: Connection, id_: str) -> list[tuple[str, Any, bool]]:
    """List what a person agreed to, in order."""
    return [(row.version, row.at, row.given) for row in connection.execute(_CONSENTS, {"people": [id_]})]


def tenures(connection: Connection, id_: str, on: date) -> list[Tenure]:
    """List every role that a person holds or held, with the unit's name on that day."""
    rows = connection.execute(_TENURES, {"people": [id_], "on": on})
    return [Tenure(Role(role), *rest) for role, *rest in rows]


def drafts_of(connection: Connection, id_: str) -> list[Draft]:
    """List the drafts that a person began."""
    return [Draft(*row) for row in connection.execute(_DRAFTS, {"people": [id_]})]


def audited(connection: Connection, id_: str) -> list[tuple[datetime, str]]:
    """List what was noted of a person's doings."""
    return [(row.at, row.action) for row in connection.execute(_AUDITED, {"people": [id_]})]


# --- whom to call -----------------------------------------------------------------------------------------------------


def _holders() -> Select[Any]:
    return (
        select(roles.c.unit, roles.c.role, people.c.id, people.c.name, people.c.honorific, people.c.phone)
        .join_from(roles, people, people.c.id == roles.c.person)
        .join(units, units.c.id == roles.c.unit)
        .where(valid(roles), not_closed(units))
    )


def _above() -> Select[Any]:
    """Climb from a unit to the units above it, counting the steps; a circle ends after twenty."""
    start: ColumnElement[int] = literal(0)
    climb = select(units.c.id, start.label("steps")).where(among(units.c.id, "units")).cte("climb", recursive=True)
    step = select(unit_links.c.parent, climb.c.steps + 1).where(
        unit_links.c.child == climb.c.id, unit_links.c.relation == "manages", valid(unit_links), climb.c.steps < 20
    )
    climbed = climb.union(step)
    officers = sorted(role.value for role in OFFICERS)
    return (
        _holders()
        .add_columns(climbed.c.steps)
        .join(climbed, climbed.c.id == roles.c.unit)
        .where(climbed.c.steps > 0, roles.c.role.in_(officers))
    )


_AT = _holders().where(among(roles.c.unit, "units"))
_LAST_HEARD = (
    select(roles.c.unit, func.max(addresses.c.last_used, type_=Moment))
    .join_from(roles, addresses, addresses.c.person == roles.c.person)
    .where(among(roles.c.unit, "units"), valid(roles), roles.c.role.in_(sorted(role.value for role in REPORTERS)))
    .group_by(roles.c.unit)
)
_ABOVE = _above()


def at(connection: Connection, these: Sequence[int], on: date) -> list[Contact]:
    """List who holds a role at units, chairs first."""
    rows = connection.execute(_AT, {"units": these, "on": on}).all()
    return contacts(connection, sorted(rows, key=lambda row: (RANK[row.role], row.unit, row.name)))


def above(connection: Connection, unit: int, on: date) -> list[Contact]:
    """List the officers at the units above, the nearest first."""
    rows = connection.execute(_ABOVE, {"units": [unit], "on": on}).all()
    return contacts(connection, sorted(rows, key=lambda row: (row.steps, RANK[row.role], row.name)))


def contacts(connection: Connection, holders: Sequence[Any]) -> list[Contact]:
    """Say of those who hold a role how they can be reached."""
    channels: dict[str, dict[str, None]] = defaultdict(dict)
    for row in connection.execute(_ADDRESSES_OF, {"people": sorted({row.id for row in holders})}):
        if row.state == "open":
            channels[row.person][row.channel] = None
    return [
        Contact(row.unit, row.role, row.id, row.name, row.honorific, row.phone, tuple(channels[row.id]))
        for row in holders
    ]


def last_heard(connection: Connection, these: Sequence[int], on: date) -> dict[int, datetime]:
    """Tell when somebody who reports for these units last wrote."""
    return dict(connection.execute(_LAST_HEARD, {"units": these, "on": on}).all())


def reporting_since(connection: Connection) -> date | None:
    """Give the first day on which anybody could report."""
    first: date | None = connection.execute(_FIRST_REPORTER, {"roles": sorted(REPORTERS)}).scalar_one()
    return first


def channels_in_use(connection: Connection) -> set[str]:
    """Name the channels on which anybody is linked."""
    return set(connection.execute(select(addresses.c.channel).distinct()).scalars())
