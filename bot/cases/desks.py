"""Whose a case is: the officers above a unit, in the order in which cases and alerts come to them."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import groupby
from typing import Final

from bot.cases.case import Kind
from bot.forms.fold import fold
from bot.records import Role

NOBODY_ABOVE: Final = 99  # steps to the officers who see to everything that nobody else does
ANYTHING: Final = "*"
RANK: Final = {Role.AREA_OFFICER: 0, Role.PROV_LEADER: 1, Role.PROV_OFFICER: 2, Role.ADMIN: 3}


@dataclass(frozen=True, slots=True)
class Officer:
    """Somebody who holds a post at a union so many steps above a unit."""

    person: str
    name: str
    phone: str
    role: Role
    unit: int
    code: str  # of the union
    steps: int
    reachable: bool = True


@dataclass(frozen=True, slots=True)
class Function:
    """A row of the office's book: this officer of that union receives cases of this kind or topic."""

    receives: str
    unit: str
    person: str

    def rank(self, kind: Kind, topic: str) -> int | None:
        """Tell how well it fits: a topic counts more than a kind, a kind more than everything."""
        words = (topic, kind.value, ANYTHING)
        return words.index(self.receives) if self.receives in words else None


@dataclass(frozen=True, slots=True)
class Duty:
    """A row of the office's book: this officer of that union is on duty, always or from one day to another."""

    unit: str
    person: str
    since: date = date.min
    until: date = date.max


@dataclass(frozen=True, slots=True)
class Lists:
    """Who receives what, as the office's book has it."""

    functions: tuple[Function, ...] = ()
    duties: tuple[Duty, ...] = ()


@dataclass(frozen=True, slots=True)
class Rung:
    """A union above a unit with its officers, the one to ask first at the beginning."""

    unit: int
    officers: tuple[Officer, ...]

    @property
    def first(self) -> Officer:
        """Give who has to see to what lies here."""
        return self.officers[0]


def is_named(officer: Officer, unit: str, person: str) -> bool:
    """Tell whether a row of the book means this officer: union by its code, person by name or telephone number."""
    said = fold(person)
    digits = "".join(letter for letter in said if letter.isdecimal())
    by_phone = len(digits) > len("12345") and digits == "".join(c for c in officer.phone if c.isdecimal())
    return fold(unit) == fold(officer.code) and (said == fold(officer.name) or by_phone)


def ladder(above: Sequence[Officer], lists: Lists, kind: Kind, topic: str) -> tuple[Rung, ...]:
    """Give the unions above with an officer, the nearest first; those who can be written to come before all others."""

    def order(officer: Officer) -> tuple[bool, int, int]:
        fits = [
            rank
            for row in lists.functions
            if (rank := row.rank(kind, topic)) is not None and is_named(officer, row.unit, row.person)
        ]
        return (not officer.reachable, min(fits, default=NOBODY_ABOVE), RANK.get(officer.role, NOBODY_ABOVE))

    near = sorted(above, key=lambda one: (one.steps, one.unit))
    rungs = [
        Rung(unit, tuple(sorted(_once(officers), key=order)))
        for (_steps, unit), officers in groupby(near, key=lambda one: (one.steps, one.unit))
    ]
    reachable = [rung for rung in rungs if rung.first.reachable]
    return tuple(reachable or rungs)


def _once(officers: Iterator[Officer]) -> list[Officer]:
    """Give each person once, with the post that counts most."""
    found: dict[str, Officer] = {}
    for officer in sorted(officers, key=lambda one: RANK.get(one.role, NOBODY_ABOVE)):
        found.setdefault(officer.person, officer)
    return list(found.values())


def above_desk(rungs: Sequence[Rung], desk: int | None) -> Rung | None:
    """Give the union next above the one where a case lies; the first one, if it lies nowhere on the way."""
    way = nearest(rungs)
    places = [place for place, rung in enumerate(way) if rung.unit == desk]
    following = way[places[-1] + 1 :] if places else way
    return following[0] if following else None


def at_desk(rungs: Sequence[Rung], desk: int | None) -> Rung | None:
    """Give the union where a case lies, or the next one above that has an officer."""
    return next((rung for rung in rungs if rung.unit == desk), None) or (rungs[0] if rungs else None)


def nearest(rungs: Sequence[Rung]) -> Sequence[Rung]:
    """Leave out the officers who see to what nobody else does, if there are others."""
    return [rung for rung in rungs if rung.first.steps < NOBODY_ABOVE] or rungs


def alerted(above: Sequence[Officer], lists: Lists, today: date) -> tuple[str, ...]:
    """List who is alerted of an incident, one after the other: those on duty, the nearest first.

    A union without a duty list is stood in for by its area officers; then come leaders, then administrators, and when
    there is nobody else left, every other officer.
    """
    near = [one for one in sorted(above, key=lambda one: one.steps) if one.reachable]
    chain: list[str] = []
    for _unit, group in groupby(near, key=lambda one: one.unit):
        officers = list(group)
        chain += _on_duty(officers, lists, today) or [one.person for one in officers if one.role is Role.AREA_OFFICER]
    for role in (Role.PROV_LEADER, Role.ADMIN, Role.AREA_OFFICER, Role.PROV_OFFICER):
        chain += [one.person for one in near if one.role is role]
    return tuple(dict.fromkeys(chain))


def _on_duty(officers: Sequence[Officer], lists: Lists, today: date) -> list[str]:
    rows = [row for row in lists.duties if row.since <= today <= row.until]
    return [one.person for row in rows for one in officers if is_named(one, row.unit, row.person)]


def first_wave(above: Sequence[Officer], lists: Lists, today: date, *, serious: bool) -> tuple[str, ...]:
    """List who is alerted at once: the first of each union on the way up, and leaders if it is serious."""
    chain = alerted(above, lists, today)
    first: dict[int, str] = {}
    for person in chain:
        for one in above:
            if one.person == person and one.steps < NOBODY_ABOVE and one.role is not Role.ADMIN:
                first.setdefault(one.unit, person)
    leaders = [one.person for one in above if one.role is Role.PROV_LEADER and one.reachable] if serious else []
    wave = [person for person in chain if person in first.values() or person in leaders]
    return tuple(wave or chain[:1])


def unmatched(lists: Lists, officers: Collection[Officer]) -> list[str]:
    """List the rows of the book that name nobody who holds a post, as "unit: person"."""
    rows = [(row.unit, row.person) for row in lists.functions] + [(row.unit, row.person) for row in lists.duties]
    return [f"{unit}: {person}" for unit, person in rows if not any(is_named(one, unit, person) for one in officers)]
