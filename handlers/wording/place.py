"""Which part of whose report of which period is worded, and what stands there now."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

from bot.documents.parts import PARTS, Part
from bot.i18n import Text, _
from bot.records import OFFICERS, Unit, Wording
from bot.reporting.periods import Period
from bot.talk import Talk
from handlers.papers import period_in, unit_coded
from handlers.reach import reached

COMMAND: Final = "/loivan"
CUT: Final = "…"


@dataclass(frozen=True, slots=True)
class Place:
    """A period, a unit, and what was asked there: a page, a part, something to be done."""

    period: Period
    unit: Unit
    rest: tuple[str, ...] = ()

    @property
    def part(self) -> Part | None:
        """Give the part that is meant; none: all of them."""
        return PARTS.get(self.rest[0]) if self.rest else None

    @property
    def words(self) -> str:
        """Give the command that comes back here, without a part."""
        return f"{COMMAND} {self.period.code} u{self.unit.id}"


async def find_place(talk: Talk, words: str) -> Place | None:
    """Read "PERIOD uUNIT [part …]" of a button, or what was typed: a period, a unit's code, both or neither."""
    parts = tuple(words.split())
    if len(parts) > 1 and parts[1][:1] == "u" and parts[1][1:].isdecimal():
        unit = await reached(talk, await talk.read(), parts[1][1:])
        period = period_in(talk, parts[0]) if unit is not None else None
        return Place(period, unit, parts[2:]) if unit is not None and period is not None else None
    unit = await unit_coded(talk, parts[-1]) if parts else None
    period = period_in(talk, " ".join(parts[:-1] if unit is not None else parts))
    if period is None:
        return None
    return Place(period, unit or talk.known.units(OFFICERS)[0])


async def written(talk: Talk, place: Place) -> dict[str, Wording]:
    """Give the latest version of each part."""
    reads = await talk.read()
    return {one.part: one for one in await reads.wordings([place.unit.id], place.period.code)}


def short(words: str, most: int) -> str:
    """Cut long words, so that several fit into one message."""
    line = " ".join(words.split())
    return line if len(line) <= most else line[: most - 1].rstrip() + CUT


def named(place: Place) -> Text:
    """Name whose report of which period it is."""
    return _("{unit} · {period}", unit=place.unit.name, period=place.period.title)
