"""How units stand with a notice: reached, acknowledged, passed on, done; in all and by area."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from bot.notices.notice import Step
from bot.ports import CopyState, HeardStep
from bot.records import Unit

ARRIVED = frozenset({"sent"})
DEEPEST = 20


@dataclass(frozen=True, slots=True)
class Standing:
    """How one unit stands with a notice."""

    unit: int
    reached: bool
    uncertain: bool
    why: str  # why nobody there has it
    steps: Mapping[Step, HeardStep] = field(default_factory=dict)

    @property
    def received(self) -> bool:
        """Tell whether it has confirmed: whoever has passed it on or done it has it."""
        return bool(self.steps)


@dataclass(frozen=True, slots=True)
class Tally:
    """Some units counted. `people` is to how many they passed it on."""

    units: int = 0
    reached: int = 0
    received: int = 0
    spread: int = 0
    people: int = 0
    done: int = 0


def standings(copies: Iterable[CopyState], heard: Iterable[HeardStep]) -> list[Standing]:
    """Put together what became of the copies for each unit and what it told, by unit id."""
    steps: dict[int, dict[Step, HeardStep]] = defaultdict(dict)
    for one in heard:
        steps[one.unit][one.step] = one
    by_unit: dict[int, list[CopyState]] = defaultdict(list)
    for copy in copies:
        by_unit[copy.unit].append(copy)
    return [_standing(unit, found, steps.get(unit, {})) for unit, found in sorted(by_unit.items())]


def _standing(unit: int, copies: Sequence[CopyState], steps: Mapping[Step, HeardStep]) -> Standing:
    states = {copy.state for copy in copies}
    reached = bool(states & ARRIVED) or bool(steps)
    why = "" if reached else next((copy.why for copy in copies if copy.why), "")
    return Standing(unit, reached, not reached and "uncertain" in states, why, steps)


def tally(these: Iterable[Standing]) -> Tally:
    """Count units."""
    found = list(these)
    spread = [one.steps[Step.SPREAD] for one in found if Step.SPREAD in one.steps]
    return Tally(
        len(found),
        sum(one.reached for one in found),
        sum(one.received for one in found),
        len(spread),
        sum(step.people for step in spread),
        sum(Step.DONE in one.steps for one in found),
    )


def by_area(these: Sequence[Standing], units: Sequence[Unit], roots: Collection[int]) -> dict[int, Tally]:
    """Count by the union right under the officer's own that a unit belongs to, the largest first."""
    parents = {unit.id: unit.parent for unit in units}
    areas: dict[int, list[Standing]] = defaultdict(list)
    for one in these:
        areas[_area(one.unit, parents, roots)].append(one)
    counted = {area: tally(found) for area, found in areas.items()}
    return dict(sorted(counted.items(), key=lambda pair: (-pair[1].units, pair[0])))


def _area(unit: int, parents: Mapping[int, int | None], roots: Collection[int]) -> int:
    here = unit
    for _step in range(DEEPEST):
        above = parents.get(here)
        if above is None or above in roots:
            return here
        here = above
    return here
