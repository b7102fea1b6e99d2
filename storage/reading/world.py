"""Reads what the turns of a batch may know, one statement for each kind of fact; marks who wrote just now."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, datetime
from functools import cache
from typing import Any

from sqlalchemy import (
    ColumnElement,
    Connection,
    FromClause,
    Select,
    Update,
    and_,
    bindparam,
    exists,
    false,
    or_,
    select,
    update,
)

from bot.messages import Address, Arrival, Incoming
from bot.ports import World
from bot.records import Ask, Draft, Person, Role
from storage.reading.people import addresses_of, persons
from storage.reading.units import valid
from storage.sql import among, columns_of, insert, local_day
from storage.tables import addresses, asks, drafts, roles, seen_updates

SHARE_DRAFTS = frozenset({Role.CHAIR, Role.DEPUTY, Role.COMMITTEE})

_ASKS = select(*columns_of(asks, Ask)).where(among(asks.c.person, "people"))
# Whose role has ended leaves the draft to the unit; a colleague's draft stays the colleague's.
_HELD = exists().where(roles.c.person == drafts.c.person, roles.c.unit == drafts.c.unit, valid(roles)).correlate(drafts)
_DRAFTS = select(*columns_of(drafts, Draft)).where(
    or_(among(drafts.c.person, "people"), and_(among(drafts.c.unit, "units"), ~_HELD))
)


def unseen(connection: Connection, batch: Sequence[Incoming], now: datetime) -> list[Incoming]:
    """Drop what was seen before, or twice in the batch, and mark the rest as seen."""
    first = {(one.address.channel, one.id): one for one in reversed(batch)}
    # Sorted, so that two processes that were given the same updates wait for each other in the same order.
    rows = [{"channel": channel, "id": id_, "seen_at": now} for channel, id_ in sorted(first)]
    if not rows:
        return []
    mark = insert(connection, seen_updates).on_conflict_do_nothing()
    returned = connection.execute(mark.returning(seen_updates.c.channel, seen_updates.c.id), rows)
    fresh = {tuple(row) for row in returned}
    return [one for one in batch if (key := (one.address.channel, one.id)) in fresh and first[key] is one]


def world(connection: Connection, batch: Sequence[Incoming], now: datetime) -> World:
    """Load people, their asks and drafts."""
    writing = {one.address for one in batch}
    _touch(connection, _reachable(batch), now)
    chats = _by_channel(writing)
    known = connection.execute(_known(len(chats)), _named(chats)).all()
    found = persons(connection, sorted({row.person for row in known}), known, local_day(now))
    whose = {Address(row.channel, row.chat): row.person for row in known}
    return World(
        people={address: found[whose[address]] for address in writing if address in whose},
        asks={row.person: Ask(*row) for row in connection.execute(_ASKS, {"people": list(found)}).all()},
        drafts=_open_drafts(connection, found, local_day(now)),
    )


def _reachable(batch: Sequence[Incoming]) -> set[Address]:
    """Name the addresses that wrote, but not those that were closed after that: the world may be loaded again."""
    last = {one.address: one.what for one in batch if not one.aside}
    return {address for address, what in last.items() if what is not Arrival.BLOCKED}


def _open_drafts(connection: Connection, found: Mapping[str, Person], on: date) -> dict[str, Draft]:
    """Give the drafts of people, and those left to the units they report for."""
    units = {unit.id for person in found.values() for unit in person.units(SHARE_DRAFTS)}
    rows = connection.execute(_DRAFTS, {"people": list(found), "units": sorted(units), "on": on}).all()
    return {row.id: Draft(*row) for row in rows}


def _touch(connection: Connection, writing: Iterable[Address], now: datetime) -> None:
    """Note that addresses were used, and open again those that were closed."""
    chats = _by_channel(writing)
    connection.execute(_used(len(chats)), _named(chats) | {"now": now})


# --- addresses, grouped by channel: a batch mostly comes from one ---------------------------------------------------


def _by_channel(writing: Iterable[Address]) -> dict[str, list[str]]:
    chats: dict[str, list[str]] = defaultdict(list)
    for address in writing:
        chats[address.channel].append(address.chat)
    return chats


def _named(chats: Mapping[str, list[str]]) -> dict[str, Any]:
    """Give the parameters of `_among_chats`."""
    given: dict[str, Any] = {}
    for place, (channel, these) in enumerate(chats.items()):
        given |= {f"channel_{place}": channel, f"chats_{place}": these}
    return given


def _among_chats(table: FromClause, channels: int) -> ColumnElement[bool]:
    """Tell that a row is of one of the addresses given for so many channels."""
    groups = [
        and_(table.c.channel == bindparam(f"channel_{place}"), among(table.c.chat, f"chats_{place}"))
        for place in range(channels)
    ]
    return or_(false(), *groups)


@cache
def _used(channels: int) -> Update:
    here = _among_chats(addresses, channels)
    return update(addresses).where(here).values(last_used=bindparam("now"), state="open")


@cache
def _known(channels: int) -> Select[Any]:
    """Give every address of those who write from these."""
    here = addresses.alias("here")
    return addresses_of(select(here.c.person).where(_among_chats(here, channels)))
