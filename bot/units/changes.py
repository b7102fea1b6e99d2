"""What an import changes: one small value for each change, as storage writes it and the operator reads it."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from enum import StrEnum

from bot.units.problem import Problem


class Relation(StrEnum):
    """How a unit is tied to another."""

    MANAGES = "manages"
    RECOGNISES = "recognises"
    SUCCESSOR_OF = "successor_of"


@dataclass(frozen=True, slots=True)
class Link:
    """A tie to another unit, from `since` until the day before `until`."""

    relation: Relation
    other: str
    since: date
    until: date | None = None


@dataclass(frozen=True, slots=True)
class New:
    """A unit that was not in the list. `until` is the first day on which it is no more."""

    code: str
    name: str
    kind: str
    since: date
    until: date | None = None
    members: int | None = None
    workers: int | None = None
    sector: str = ""
    links: tuple[Link, ...] = ()


@dataclass(frozen=True, slots=True)
class Renamed:
    """A unit is called something else from `since`. `corrects`: a name that began on that very day gives way."""

    code: str
    before: str
    name: str
    since: date
    corrects: bool = False


@dataclass(frozen=True, slots=True)
class Moved:
    """A unit is tied to another one from the link's first day.

    `before` is the unit it was tied to on that day, since `before_since`; that link ends there, or gives way
    where it began on that very day.
    """

    code: str
    link: Link
    before: str = ""
    before_since: date | None = None


@dataclass(frozen=True, slots=True)
class Closed:
    """A unit is no more from `until`. `before` is the day that the list had until now."""

    code: str
    until: date
    before: date | None = None


@dataclass(frozen=True, slots=True)
class FiguresChanged:
    """A unit has other numbers of members and workers now: both, as they are to stand."""

    code: str
    members: int | None
    workers: int | None


@dataclass(frozen=True, slots=True)
class Corrected:
    """A unit is of another kind or sector: both, as they are to stand."""

    code: str
    kind: str
    sector: str


@dataclass(frozen=True, slots=True)
class Succeeded:
    """It is now known which unit came before."""

    code: str
    link: Link


Change = Renamed | Moved | Closed | FiguresChanged | Corrected | Succeeded


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do, or all that is wrong with it. `unchanged` are the codes of rows that say nothing new."""

    new: tuple[New, ...] = ()
    renamed: tuple[Renamed, ...] = ()
    moved: tuple[Moved, ...] = ()  # under another managing unit
    recognised: tuple[Moved, ...] = ()  # recognised by another unit
    closed: tuple[Closed, ...] = ()
    figures_changed: tuple[FiguresChanged, ...] = ()
    corrected: tuple[Corrected, ...] = ()
    succeeded: tuple[Succeeded, ...] = ()
    unchanged: tuple[str, ...] = ()
    problems: tuple[Problem, ...] = ()

    @property
    def empty(self) -> bool:
        """Tell whether there is nothing to write."""
        changes = (self.renamed, self.moved, self.recognised, self.closed, self.figures_changed, self.corrected)
        return not (self.new or self.succeeded or any(changes))
