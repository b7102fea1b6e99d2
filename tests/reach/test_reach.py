"""Officers see only what is managed under their own unit: random trees, every command of theirs, every button."""

from __future__ import annotations

import asyncio
import random
import re
from collections.abc import AsyncIterator, Iterator
from pathlib import Path

import pytest

import handlers
import tests.stage
from bot.messages import Arrival
from bot.ports import Awaiting
from bot.records import OFFICERS, Unit
from storage.migrate import migrate
from tests.reach.country import REPORTING, Country, grown, peopled, written
from tests.stage import Stage, stage

SIZE = 22
NAMED = re.compile(r"(?:Union |Holder-)(QA\d\d)")  # a unit or its people; a code alone may be what was typed
COMMANDS = sorted(
    command.name
    for command in handlers.COMMANDS
    if command.typed and command.roles is not None and command.roles & OFFICERS
)


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("reach") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture(params=[1, 2, 3])
async def place(
    request: pytest.FixtureRequest, template: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> AsyncIterator[tuple[Stage, Country]]:
    """A stage in a made-up country."""
    country = grown(random.Random(request.param), SIZE)
    written(country, tmp_path / "units.csv")
    monkeypatch.setattr(tests.stage, "UNITS", tmp_path / "units.csv")
    async with stage(tmp_path, template) as on_stage:
        await peopled(on_stage, country)
        yield on_stage, country


def strangers(country: Country, code: str) -> list[str]:
    """Name units out of an officer's reach: above, beside, and those that report."""
    outside = sorted(set(country.kinds) - country.below(code))
    reporting = [one for one in outside if country.kinds[one] in REPORTING]
    others = [one for one in outside if country.kinds[one] not in REPORTING]
    return [*reporting[:2], *others[:1]]


def asked_about(unit: Unit) -> Iterator[str]:
    """Say what a button or a curious officer may put behind a command's name."""
    yield from (unit.code, f"{unit.id}", f"1.{unit.id}", f"1.{unit.id} 1.0", f"1.{unit.id} 1.0 attendees")
    yield from (f"{unit.code} 1", f"{unit.id} dialogue", f"{unit.id} khongphatsinh", f"{unit.code} chair")
    yield from (f"2026-11 u={unit.id}", f"2026-11 u={unit.id} all", f"u={unit.id}", f"2026-11 {unit.code}", unit.name)


async def told(stage: Stage, chat: str, *typed: str) -> set[str]:
    """Press (or type) things in one batch; name the units that the officer is told of, but for what was typed."""
    presses = [
        stage.text(chat, words, what=Arrival.PRESS if words.startswith("/") else Arrival.TEXT) for words in typed
    ]
    said = [message for address, message in await stage.gets(*presses) if address.chat == chat]
    shown = " ".join(f"{one.title} {one.text} {' '.join(button.label for button in one.buttons)}" for one in said)
    return set(NAMED.findall(re.sub(r"“([^”]*)”", lambda quoted: _unless_typed(quoted[1], typed), shown)))


def _unless_typed(quoted: str, typed: tuple[str, ...]) -> str:
    """Leave out what only gives the officer's own words back."""
    return "" if any(words.endswith(quoted) for words in typed) else quoted


async def test_no_command_leads_out_of_ones_area(place: tuple[Stage, Country]) -> None:
    """Whatever is asked of a unit outside, no unit outside is named, nothing is done to it, and nothing breaks."""
    on_stage, country = place
    before = await traces(on_stage)
    for code in officers(country):
        inside = country.below(code)
        about = [words for one in strangers(country, code) for words in asked_about(country.units[one])]
        for name in COMMANDS:
            typed = [f"/{name}", *(f"/{name} {words}" for words in about)]
            assert await told(on_stage, code.lower(), *typed) <= inside, name
    assert await traces(on_stage) == before
    assert (await on_stage.store.counts())["failures"] == 0


async def test_no_form_takes_a_unit_outside(place: tuple[Stage, Country]) -> None:
    """Where a form asks for a unit, one outside is not found, by code or by name."""
    on_stage, country = place
    for code in officers(country)[:2]:
        for name in ("moi", "mokhoa", "mien"):
            for stranger in strangers(country, code)[:2]:
                await told(on_stage, code.lower(), f"/{name}")
                for words in (stranger, f"Union {stranger}"):
                    assert await told(on_stage, code.lower(), words) <= country.below(code)
                await told(on_stage, code.lower(), "huy")
                await told(on_stage, code.lower(), "1")


async def test_reads_stay_within_the_area(place: tuple[Stage, Country]) -> None:
    """What the desk reads is exactly what is under the officer's unit."""
    on_stage, country = place
    ids = {code: unit.id for code, unit in country.units.items()}
    names = {unit.id: code for code, unit in country.units.items()}
    async with on_stage.store.reading() as reads:
        for code in officers(country):
            inside = country.below(code)
            reporting = {one for one in inside if country.kinds[one] in REPORTING}
            under = [ids[code]]
            since = on_stage.clock.now.replace(year=2025)
            asked = Awaiting((ids[code],), ("dialogue",), since)
            assert {one.code for one in await reads.within(under, list(ids.values()))} == inside
            assert {names[one.unit] for one in await reads.awaiting(asked, 99)} == reporting
            assert sum(number for *_, number in await reads.awaiting_counts(asked)) == len(reporting)
            assert {one.code for one in await reads.search_units(under, "union", 99)} == inside


def officers(country: Country) -> list[str]:
    """Name units with an officer and something outside their reach, on top, in the middle and far down."""
    found = [code for code, kind in country.kinds.items() if kind not in REPORTING]
    return [found[0], found[2], found[-1]]


async def traces(stage: Stage) -> list[tuple[str, str]]:
    """Give what was done to reports so far: their states, and what was said about them."""
    async with stage.store.reading() as reads:
        units = await reads.units_of_kind("cdcs", 99) + await reads.units_of_kind("nghiep_doan_co_so", 99)
        reports = await reads.submissions([unit.id for unit in units], 999)
        said = [one for unit in units for one in await reads.reviews(unit.id, 1)]
    return sorted((one.id, one.state) for one in reports) + [(one.verdict, one.person) for one in said]
