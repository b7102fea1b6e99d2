"""What goes wrong on demand: with the next calls, or at random with so many of a hundred."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from random import Random

SENDS = frozenset({"sendMessage", "editMessageText", "sendPhoto", "sendDocument"})
GATEWAY = frozenset({502, 503, 504})
WHAT = frozenset({"slow", "reset before", "reset after"})

Kind = int | str


@dataclass(frozen=True, slots=True)
class Fault:
    """What goes wrong: a status, "reset before" (the call is not carried out), "reset after" (it is) or "slow"."""

    methods: frozenset[str]
    what: Kind
    retry_after: int = 0
    description: str = ""
    times: int = 1
    seconds: float = 0.0  # how late a slow answer comes; 0: when the test releases it

    def __post_init__(self) -> None:
        """Refuse what the server would not know how to do."""
        if isinstance(self.what, str) and self.what not in WHAT:
            raise ValueError(f"no such fault: {self.what!r}")


@dataclass(frozen=True, slots=True)
class Chances:
    """Faults at random: for each its share of the calls, between 0 and 1."""

    random: Random
    faults: Mapping[Fault, float]

    def draw(self) -> Fault | None:
        """Draw for one call."""
        left = self.random.random()
        for fault, rate in self.faults.items():
            left -= rate
            if left < 0:
                return fault
        return None


class Faults:
    """What is to go wrong, and what went wrong."""

    def __init__(self) -> None:
        """All goes well."""
        self.happened: Counter[tuple[str, Kind]] = Counter()
        self._next: list[Fault] = []
        self._chances: dict[frozenset[str], Chances] = {}

    def demand(self, fault: Fault) -> None:
        """Let it happen to the next calls."""
        self._next.append(fault)

    def at_random(self, methods: frozenset[str], chances: Chances | None) -> None:
        """Let these methods fail by chance from now on; None: no more."""
        self._chances.pop(methods, None)
        if chances:
            self._chances[methods] = chances

    def draw(self, method: str) -> Fault | None:
        """Tell what happens to this call. What was demanded goes before chance."""
        fault = self._demanded(method) or self._chance(method)
        if fault:
            self.happened[method, fault.what] += 1
        return fault

    def _demanded(self, method: str) -> Fault | None:
        for at, fault in enumerate(self._next):
            if method in fault.methods:
                self._next[at : at + 1] = [replace(fault, times=fault.times - 1)] if fault.times > 1 else []
                return fault
        return None

    def _chance(self, method: str) -> Fault | None:
        drawn = (chances.draw() for methods, chances in self._chances.items() if method in methods)
        return next((fault for fault in drawn if fault), None)
