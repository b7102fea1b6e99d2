"""Officers see only what is managed under their own unions: generated trees and roles, every command there is."""

from __future__ import annotations

import asyncio

import pytest
from hypothesis import HealthCheck, Phase, given, settings

import handlers
from tests.reach.attempts import WAYS
from tests.reach.conftest import Staged
from tests.reach.country import Country, countries
from tests.reach.people import things
from tests.reach.watching import may_know, strangers, told, touched
from tests.stage import Stage

SIZE = 14


def test_every_command_is_tried() -> None:
    """A new command needs a line that says what may be put behind its name."""
    assert set(WAYS) == {command.name for command in handlers.COMMANDS if command.typed}


@settings(max_examples=4, deadline=None, phases=(Phase.reuse, Phase.generate), suppress_health_check=list(HealthCheck))
@given(country=countries(SIZE))
def test_no_command_leads_out_of_ones_area(staged: Staged, country: Country) -> None:
    """Whatever is asked of a unit outside, no unit outside is named, nothing is done to it, and nothing breaks."""
    asyncio.run(_tried(staged, country))


async def _tried(staged: Staged, country: Country) -> None:
    async with staged(country) as stage:
        for code in watched(country):
            await _by(stage, country, code)
        assert (await stage.store.counts())["failures"] == 0


async def _by(stage: Stage, country: Country, code: str) -> None:
    today = stage.clock.now.date()
    about = [one for one in things(country) if one.code in strangers(country, code, today)]
    mine = country.reach(code, today) | country.own(code)
    outside = [unit.id for one, unit in country.units.items() if one not in mine]
    before = await touched(stage, outside)
    above = {one for at in {code, *country.own(code)} for one in country.way(at, today)}
    for name, ways in WAYS.items():
        typed = [f"/{name} {words}".strip() for one in about for words in ways(one)]
        named, others = await told(stage, code.lower(), *dict.fromkeys(typed))
        assert named <= may_know(country, code, today, name), (code, name)
        assert others <= mine | above | country.colleagues(code, today), (code, name)
        await told(stage, code.lower(), "huy", "1")
    assert await touched(stage, outside) == before, code


def watched(country: Country) -> list[str]:
    """Name officers to try as: from whom a union moved away, who has a second post, one in the middle, one far down."""
    left = [one.parent for one in country.places.values() if one.moved_to and not one.reports]
    second = [officer for officer, _at, _role in country.posts]
    return list(dict.fromkeys([*left[:1], *second[:1], "QA02", country.managing()[-1]]))[:3]


def test_commands_of_the_program_cannot_be_typed(staged: Staged) -> None:
    """What only forms run does nothing when somebody types or presses it."""
    hidden = {command.name for command in handlers.COMMANDS if not command.typed}
    assert hidden
    asyncio.run(_hidden(staged, sorted(hidden)))


async def _hidden(staged: Staged, names: list[str]) -> None:
    country = _two_areas()
    async with staged(country) as stage:
        before = await touched(stage, [unit.id for unit in country.units.values()])
        (stranger,) = (one for one in things(country) if one.code == "QA05")
        for name in names:
            for words in (f"/{name} {said}" for said in WAYS["nhaclai"](stranger)):
                named, others = await told(stage, "qa02", words)
                assert (named, others) == (set(), set()), words
        assert await touched(stage, [unit.id for unit in country.units.values()]) == before


def _two_areas() -> Country:
    from tests.reach.country import Place

    tops = {"QA00": Place("ldld_tinh"), "QA01": Place("ldld_tinh")}
    areas = {"QA02": Place("cd_xa_phuong", "QA00"), "QA03": Place("cd_xa_phuong", "QA01")}
    return Country({**tops, **areas, "QA04": Place("cdcs", "QA02"), "QA05": Place("cdcs", "QA03")})


@pytest.mark.parametrize("form", ["moi mot", "mokhoa", "mien", "giaochitieu", "khaosat moi"])
def test_no_form_takes_a_unit_outside(staged: Staged, form: str) -> None:
    """Where a form asks for a unit, one outside is not found, by code, by name, or by the data of a button."""
    asyncio.run(_in_a_form(staged, form))


async def _in_a_form(staged: Staged, form: str) -> None:
    country = _two_areas()
    async with staged(country) as stage:
        stranger = country.units["QA05"]
        await told(stage, "qa02", f"/{form}")
        async with stage.store.reading() as reads:
            (draft,) = await reads.drafts_of("p-QA02")
        presses = [f"a:{draft.id}:unit:{stranger.id}", f"a:{draft.id}:unit:{stranger.code}"]
        for words in ("QA05", "Union QA05", *presses):
            named, _others = await told(stage, "qa02", words)
            assert named <= {"QA02", "QA04"}, words
        async with stage.store.reading() as reads:
            assert [one.answers for one in await reads.drafts_of("p-QA02")] == [{}]
