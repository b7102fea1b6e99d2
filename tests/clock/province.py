"""A province of any size for the clock: units under areas, chairs and deputies who can be reached or not, officers."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Any

from bot.records import Role
from storage.sql import add
from storage.store import SqlStore
from storage.tables import addresses, people, roles, unit_links, unit_names, units

FOUNDED = date(2020, 1, 1)
LINKED = datetime(2026, 1, 1, tzinfo=UTC)
AREA = 30  # units of one area
EVERY = 10_000  # rows of one insert


@dataclass(frozen=True)
class Province:
    """Who is where: unit to the person who is reminded for it, None where nobody can be reached."""

    units: tuple[int, ...]
    reminded: dict[int, str | None]


async def lay_out(store: SqlStore, count: int, young: dict[int, date] | None = None, *, area: int = AREA) -> Province:
    """Insert `count` grassroots unions with their people; `young` ones were founded later.

    Of every twenty units, one has no chair, one a chair who cannot be reached and a deputy, one shares its chair with
    the next, the rest have a chair each.
    """
    first = 1_000
    these = tuple(range(first, first + count))
    areas = {unit: 2 + (unit - first) // area % 900 for unit in these}
    reminded: dict[int, str | None] = {}
    rows: dict[Any, list[dict[str, Any]]] = {
        table: [] for table in (units, unit_names, unit_links, people, roles, addresses)
    }
    for id_, kind in [(1, "ldld_tinh"), *((area, "cd_xa_phuong") for area in sorted(set(areas.values())))]:
        _unit(rows, id_, kind, None if id_ == 1 else 1, FOUNDED)
        _person(rows, f"officer-{id_:07}", id_, Role.PROV_OFFICER if id_ == 1 else Role.AREA_OFFICER)
    for unit in these:
        _unit(rows, unit, "cdcs", areas[unit], (young or {}).get(unit, FOUNDED))
        reminded[unit] = _staff(rows, unit, unit % 20, these[-1])
    async with store.batch() as batch:
        for table, all_ in rows.items():
            for start in range(0, len(all_), EVERY):
                await batch.run(add, table, all_[start : start + EVERY])
    return Province(these, reminded)


def _staff(rows: dict[Any, list[dict[str, Any]]], unit: int, place: int, last: int) -> str | None:
    chair, deputy = f"chair-{unit:07}", f"deputy-{unit:07}"
    if place == 0:
        return None
    if place == 1:
        _person(rows, chair, unit, Role.CHAIR, state="closed")
        _person(rows, deputy, unit, Role.DEPUTY)
        return deputy
    if place == 2 and unit < last:
        _person(rows, chair, unit, Role.CHAIR)
        _post(rows, chair, unit + 1, Role.CHAIR)
        return chair
    if place == 3:
        return f"chair-{unit - 1:07}"
    _person(rows, chair, unit, Role.CHAIR)
    return chair


def _unit(rows: dict[Any, list[dict[str, Any]]], id_: int, kind: str, parent: int | None, since: date) -> None:
    name = f"CĐCS {id_}"
    rows[units].append({"id": id_, "code": f"U{id_}", "kind": kind, "valid_from": since, "folded": f"u{id_} | {id_}"})
    rows[unit_names].append({"unit": id_, "valid_from": since, "name": name})
    if parent is not None:
        rows[unit_links].append(
            {"child": id_, "parent": parent, "relation": "manages", "valid_from": since, "valid_to": None}
        )


def _person(rows: dict[Any, list[dict[str, Any]]], id_: str, unit: int, role: Role, state: str = "open") -> None:
    rows[people].append({"id": id_, "name": "Páo", "honorific": "anh", "phone": "", "language": "vi"})
    rows[addresses].append(
        {"channel": "telegram", "chat": id_, "person": id_, "state": state, "linked_at": LINKED, "last_used": LINKED}
    )
    _post(rows, id_, unit, role)


def _post(rows: dict[Any, list[dict[str, Any]]], person: str, unit: int, role: Role) -> None:
    rows[roles].append({"person": person, "unit": unit, "role": role.value, "valid_from": FOUNDED, "valid_to": None})
