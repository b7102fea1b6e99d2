"""What can be asked of the database for an area tells of nothing outside it: every such read of the ports."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import Awaitable, Callable, Iterable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from hypothesis import HealthCheck, Phase, given, settings

from bot.i18n import ZONE
from bot.notices.notice import Directive
from bot.ports import Awaiting, Cell, Reads
from bot.ports.wordings import Quoted
from bot.reporting.completeness import asked
from tests.reach.conftest import Staged
from tests.reach.country import Country, countries
from tests.reach.people import DIRECTIVE
from tests.stage import Stage

SIZE: Final = 16
DAYS: Final = (date(2026, 9, 16), date(2026, 11, 15))
MOMENTS: Final = (datetime(2026, 1, 1, tzinfo=ZONE), datetime(2026, 12, 31, tzinfo=ZONE))
CELL: Final = Cell("dialogue", "attendees")
AREAS: Final = {"under", "asked"}  # what a read calls the unions whose area is asked for


@dataclass(frozen=True, slots=True)
class Asking:
    """An officer's unions, and what is asked with them."""

    stage: Stage
    reads: Reads
    under: list[int]
    units: list[int]  # all there are

    @property
    def awaiting(self) -> Awaiting:
        """Ask for the reports that wait."""
        return Awaiting(tuple(self.under), ("dialogue", "sentiment", "plan"), MOMENTS[0])


Found = Iterable[Any]
Read = Callable[[Asking], Awaitable[Found]]


def _ids(units: Iterable[Any]) -> list[int]:
    return [one.id for one in units]


def _units(rows: Iterable[Any]) -> list[int]:
    return [one.unit for one in rows]


async def _within(asking: Asking) -> Found:
    return _ids(await asking.reads.within(asking.under, asking.units))


async def _subtree(asking: Asking) -> Found:
    return _ids(await asking.reads.subtree(asking.under, asking.stage.clock.now.date()))


async def _search(asking: Asking) -> Found:
    return _ids(await asking.reads.search_units(asking.under, "union", 999))


async def _area_units(asking: Asking) -> Found:
    return [row[0] for row in await asking.reads.area_units(asking.under, (), asking.stage.clock.now.date())]


async def _last_values(asking: Asking) -> Found:
    day = asking.stage.clock.now.date()
    return [row[0] for row in await asking.reads.last_values(asking.under, day, [("dialogue", "attendees")])]


async def _entries(asking: Asking) -> Found:
    return _units(await asking.reads.entries(asking.under, "no_union", 999))


async def _cases_to_see_to(asking: Asking) -> Found:
    return _units(await asking.reads.cases_to_see_to(asking.under, 999))


async def _cases_opened(asking: Asking) -> Found:
    return _units(await asking.reads.cases_opened(asking.under, *MOMENTS))


async def _awaiting(asking: Asking) -> Found:
    return _units(await asking.reads.awaiting(asking.awaiting, 999))


async def _plans(asking: Asking) -> Found:
    one = Directive("d-47", DIRECTIVE, None, "", "")
    return (await asking.reads.directive_standing(one, asking.under)).plans


async def _quoting(asking: Asking) -> Found:
    return _units(await asking.reads.quoting(Quoted(tuple(asking.under), (("dialogue", "key_results"),), *DAYS), 999))


async def _unreached(asking: Asking) -> Found:
    return _units(await asking.reads.unreached(asking.under, MOMENTS[0]))


TODAY: Final[Mapping[str, Read]] = {
    "within": _within,
    "subtree": _subtree,
    "search_units": _search,
    "area_units": _area_units,
    "last_values": _last_values,
    "entries": _entries,
    "cases_to_see_to": _cases_to_see_to,
    "cases_opened": _cases_opened,
    "awaiting": _awaiting,
    "directive_standing": _plans,
    "quoting": _quoting,
    "unreached": _unreached,
}
"""Reads that name units: all of them are managed today by those asked for."""


async def _sums(asking: Asking) -> int:
    return _attendees(await asking.reads.sums(asking.under, *DAYS))


async def _tied(asking: Asking) -> int:
    return _attendees((await asking.reads.tied(asking.under, *DAYS, ("dialogue_type", "dinh_ky"))).sums)


async def _unit_sums(asking: Asking) -> int:
    return _attendees(await asking.reads.unit_sums(asking.under, *DAYS, "dialogue"))


def _attendees(sums: Iterable[Any]) -> int:
    return sum(one.value for one in sums if one.field == CELL.field)


async def _shares(asking: Asking) -> int:
    return sum(one.value for one in await asking.reads.shares(asking.under, DAYS, CELL))


async def _parts(asking: Asking) -> int:
    every = await asking.reads.parts(asking.under, DAYS, CELL, asking.units)
    return sum(one.value for one in every)


THEN: Final[Mapping[str, Callable[[Asking], Awaitable[int]]]] = {
    "sums": _sums,
    "unit_sums": _unit_sums,
    "shares": _shares,
    "parts": _parts,
    "tied": _tied,
}
"""Reads that add figures up: those of the units that were under the ones asked for on the day."""


async def _awaiting_counts(asking: Asking) -> int:
    return sum(number for *_who, number in await asking.reads.awaiting_counts(asking.awaiting))


async def _filed_since(asking: Asking) -> int:
    return sum(number for _form, number in await asking.reads.filed_since(asking.under, *MOMENTS))


async def _last_sums(asking: Asking) -> int:
    """Each unit has twenty members by the list, and told nothing."""
    found = await asking.reads.last_sums(asking.under, asking.stage.clock.now.date(), {("none", "told"): "members"})
    return sum(one.value for one in found) // 20


async def _tally(asking: Asking) -> int:
    period = asking.stage.house.calendar.at("2026-11")
    return (await asking.reads.tally(asking.under, asking.stage.clock.now.date(), asked(period))).received


async def _more_than(asking: Asking) -> int:
    size = 0
    while await asking.reads.more_than(asking.under, size):
        size += 1
    return size


COUNTS: Final[Mapping[str, Callable[[Asking], Awaitable[int]]]] = {
    "awaiting_counts": _awaiting_counts,
    "filed_since": _filed_since,
    "last_sums": _last_sums,
    "tally": _tally,
    "more_than": _more_than,
}
"""Reads that count what is managed today: units, reports or both."""


def test_every_read_of_an_area_is_tried() -> None:
    """A new read that takes the unions of an officer needs its line here."""
    asked_for = {
        name
        for name, read in inspect.getmembers(Reads, inspect.isfunction)
        if AREAS & set(inspect.signature(read).parameters)
    }
    assert asked_for == {*TODAY, *THEN, *COUNTS}


@settings(max_examples=12, deadline=None, phases=(Phase.reuse, Phase.generate), suppress_health_check=list(HealthCheck))
@given(country=countries(SIZE))
def test_reads_stay_within_the_area(staged: Staged, country: Country) -> None:
    """What is named is under the officer's unions today; what is added up was on the day; what is counted is there."""
    asyncio.run(_read(staged, country))


async def _read(staged: Staged, country: Country) -> None:
    async with staged(country) as stage, stage.store.reading() as reads:
        today = stage.clock.now.date()
        names = {unit.id: code for code, unit in country.units.items()}
        for code in country.managing():
            asking = Asking(stage, reads, [country.units[code].id], list(names))
            inside = country.below(code, today)
            for name, read in TODAY.items():
                assert {names[one] for one in await read(asking)} <= inside, (code, name)
            for name in ("within", "subtree", "search_units", "area_units"):
                assert {names[one] for one in await TODAY[name](asking)} == inside, (code, name)
            for name, add_up in THEN.items():
                assert await add_up(asking) == 7 * _dialogues(country, code, today), (code, name)
            for name, count in COUNTS.items():
                assert await count(asking) == _counted(country, inside)[name], (code, name)


def _dialogues(country: Country, code: str, today: date) -> int:
    """Count the dialogues of reporting units that were under one on their days."""
    found = 0
    for one, place in country.places.items():
        last = min(today, place.last_day)
        days = (last, min(date(2026, 10, 20), last)) if place.reports else ()
        found += sum(1 for day in days if DAYS[0] <= day <= DAYS[1] and code in country.way(one, day))
    return found


def _counted(country: Country, inside: set[str]) -> dict[str, int]:
    """Say how much is there: of the four reports of each unit that reports, all wait for an officer."""
    reporting = [one for one in inside if country.places[one].reports]
    return {
        "awaiting_counts": 4 * len(reporting),
        "filed_since": 4 * len(reporting),
        "last_sums": len(inside),
        "tally": len(reporting),
        "more_than": len(inside),
    }
