"""How the areas of a union stand with a period: its units' standings, by the unit below it through which they come."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass

from bot.ports import Tally
from bot.records import Unit
from bot.reporting.completeness import Completeness, UnitStanding


@dataclass(frozen=True, slots=True)
class Area:
    """One unit below, and how what it manages stands; `unit` None: what reports to the union itself."""

    unit: Unit | None
    standing: Completeness


def by_area(under: Collection[int], tree: Sequence[Unit], whole: Completeness) -> list[Area]:
    """Part the standings of a tree by area, the least complete first; those without an area come last."""
    known = {unit.id: unit for unit in tree}
    parts: dict[int | None, list[UnitStanding]] = defaultdict(list)
    for one in whole.units:
        parts[_area_of(one.unit, under, known)].append(one)
    areas = [_area(known.get(id_) if id_ is not None else None, whole, ones) for id_, ones in parts.items()]
    return sorted(areas, key=_place)


def _area(unit: Unit | None, whole: Completeness, ones: Sequence[UnitStanding]) -> Area:
    return Area(unit, Completeness(whole.period, tuple(ones)))


def _place(area: Area) -> tuple[bool, float, str]:
    return area.unit is None, area.standing.share, area.unit.code if area.unit is not None else ""


def _area_of(unit: Unit, under: Collection[int], known: Mapping[int, Unit]) -> int | None:
    """Climb to the unit right below one of those above; None for a unit that is itself right below (or on top)."""
    at = unit
    while at.id not in under and at.parent in known and at.parent not in under and at.parent is not None:
        at = known[at.parent]
    return at.id if at.id != unit.id and at.id not in under else None


def tally_of(standing: Completeness) -> Tally:
    """Count standings."""
    nil = sum(1 for one in standing.units if one.nil)
    return Tally(standing.due, standing.on_time, standing.late, nil)
