"""Whom a notice will reach, by which channels, and what that costs: reckoned before it is sent."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType
from typing import Final

from bot.notices.copies import CLOSED, NOBODY, by_unit, chosen
from bot.notices.notice import Reader, Readers
from bot.ports import Facts

SILENT: Final = "silent"  # whoever holds the role must write first
TEMPLATE: Final = "notice"


@dataclass(frozen=True, slots=True)
class Way:
    """Where one person will be written to, and for how many đồng."""

    channel: str
    price: int
    counted: bool  # on this channel it depends on when they last wrote
    instead: bool  # their first channel may not carry it now


def way(
    reader: Reader,
    facts: Mapping[str, Facts],
    now: datetime,
    parts: Mapping[str, int] = MappingProxyType({}),
    template: str = TEMPLATE,
) -> Way | None:
    """Choose the first address of somebody that may carry a notice (or the like) now; None where none may."""
    for place, address in enumerate(reader.addresses):
        window = facts[address.channel].window if address.channel in facts else None
        if window is None:
            return Way(address.channel, 0, counted=False, instead=place > 0)
        price = window.price_after(now - reader.used[place], template, parts.get(address.channel, 1))
        if price is not None:
            return Way(address.channel, price, counted=True, instead=place > 0)
    return None


@dataclass(frozen=True, slots=True)
class Reach:
    """What a preview tells: units, how people are written to, and the units that nobody reads for."""

    units: int
    ways: Mapping[str, Way]  # person -> how
    unreached: Mapping[int, str]  # unit -> why

    @property
    def people(self) -> int:
        """Count the copies."""
        return len(self.ways)

    @property
    def channels(self) -> Mapping[str, int]:
        """Count the people on each channel."""
        return Counter(one.channel for one in self.ways.values())

    @property
    def free(self) -> int:
        """Count those who wrote of late, where it matters."""
        return sum(one.counted and not one.price for one in self.ways.values())

    @property
    def paid(self) -> int:
        """Count those to whom it costs something."""
        return sum(one.price > 0 for one in self.ways.values())

    @property
    def cost(self) -> int:
        """Add up what it costs, in đồng."""
        return sum(one.price for one in self.ways.values())

    def costs(self, channel: str) -> list[int]:
        """List what each message costs that has to be paid for on a channel, the cheapest first."""
        return sorted(one.price for one in self.ways.values() if one.channel == channel and one.price)

    @property
    def instead(self) -> int:
        """Count those who are reached on another channel than they would be."""
        return sum(one.instead for one in self.ways.values())


@dataclass(slots=True)
class Counting:
    """Counts an audience, some units at a time."""

    which: Readers
    facts: Mapping[str, Facts]
    now: datetime
    parts: Mapping[str, int] = field(default_factory=dict)  # channel -> messages that it makes of this one; or 1
    _ways: dict[str, Way] = field(default_factory=dict)
    _unreached: dict[int, str] = field(default_factory=dict)
    _units: int = 0

    def add(self, units: Sequence[int], readers: Sequence[Reader]) -> None:
        """Count some units with those who read there."""
        at = by_unit(readers)
        self._units += len(units)
        for unit in units:
            here = at.get(unit, [])
            ways = {
                one.person: found for one in here if (found := way(one, self.facts, self.now, self.parts)) is not None
            }
            reached = chosen([one for one in here if one.person in ways], self.which)
            for one in reached:
                self._ways.setdefault(one.person, ways[one.person])
            if not reached:
                self._unreached[unit] = _why(here)

    def reach(self) -> Reach:
        """Give what was counted."""
        return Reach(self._units, self._ways, self._unreached)


def _why(here: Sequence[Reader]) -> str:
    """Tell why a unit is not reached."""
    if any(one.addresses for one in here):
        return SILENT
    return CLOSED if here else NOBODY


def seconds_at(channels: Mapping[str, int], pace: Mapping[str, float]) -> float:
    """Give the seconds that a notice takes: channels send side by side, each at its pace (messages a second)."""
    return max((number / pace.get(channel, 1.0) for channel, number in channels.items()), default=0.0)
