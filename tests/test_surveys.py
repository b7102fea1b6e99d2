"""Surveys: to some units only, by the same rules as notices; a result that gives nobody away."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.i18n import Catalogue, Voice
from bot.records import Role
from bot.surveys import Survey, result, too_few
from storage.migrate import migrate
from tests.stage import Stage, stage

NOW = datetime(2026, 11, 10, 2, 0, tzinfo=UTC)
SURVEY = Survey("s", 1, "mai", 2, "Which day?", ("23", "25", "30"), NOW, NOW + timedelta(days=3))


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("surveys") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def province(tmp_path: Path, template: Path) -> AsyncIterator[Stage]:
    """An officer, two chairs and a committee member."""
    async with stage(tmp_path, template) as on_stage:
        for name, role, unit in (
            ("Lan", Role.PROV_OFFICER, "LC"),
            ("Mai", Role.AREA_OFFICER, "TU"),
            ("Páo", Role.CHAIR, "TU-01"),
            ("Sùng", Role.CHAIR, "TU-02"),
            ("Vàng", Role.COMMITTEE, "TU-02"),
        ):
            await on_stage.person(name, role, unit, language="en")
        yield on_stage


async def asks(on_stage: Stage, *chosen: str) -> list[str]:
    """Let the officer ask a survey of some; give who is asked."""
    for words in ("khao sat moi", "LC", "Which day?", "23; 25", "20/11", *chosen, "1"):
        await on_stage.gets(on_stage.text("lan", words))
    return sorted(address.chat for address, message in await on_stage.ticks() if "Which day?" in message.text)


async def test_everybody_who_reports_is_asked_unless_chosen_otherwise(province: Stage) -> None:
    """Without any choice all chairs and deputies are asked."""
    assert await asks(province, "0") == ["páo", "sùng"]


async def test_only_units_that_have_not_reported(province: Stage) -> None:
    """Whoever reported for the period is not asked; who was asked may vote though their unit reports meanwhile."""
    for words in ("khong phat sinh", "1"):
        await province.gets(province.text("páo", words))
    assert await asks(province, "1", "2", "11/2026") == ["sùng"]
    for words in ("khong phat sinh", "1"):
        await province.gets(province.text("sùng", words))
    ((_to, said),) = await province.gets(province.text("sùng", "ks 1 2"))
    assert "Your answer is counted" in said.text


async def test_the_committee_and_officers_can_be_asked(province: Stage) -> None:
    """The readers are chosen as for notices, and only they may vote."""
    assert await asks(province, "4", "2") == ["páo", "sùng", "vàng"]
    assert await asks(province, "4", "3") == ["lan", "mai"]
    ((_to, voted),) = await province.gets(province.text("mai", "ks 2 1"))
    assert "Your answer is counted" in voted.text
    ((_to, refused),) = await province.gets(province.text("páo", "ks 2 1"))
    assert "There is no survey 2" in refused.text


async def test_nobody_to_ask_is_said(province: Stage) -> None:
    """An audience without anybody is told to the officer who asks."""
    for words in ("khao sat", "LC", "Which day?", "23; 25", "20/11", "3", "no-such-sector", "1"):
        await province.gets(province.text("lan", words))
    assert ["nobody was asked" in message.text for _to, message in await province.ticks()] == [True]


@pytest.mark.parametrize(
    ("votes", "hidden"),
    [
        ({}, set()),
        ({1: 3}, {1, 2, 3}),
        ({2: 5}, set()),
        ({1: 3, 2: 9}, {1, 2}),
        ({1: 3, 2: 9, 3: 20}, {1, 2}),
        ({1: 3, 2: 4, 3: 20}, {1, 2}),
        ({1: 5, 2: 6, 3: 7}, set()),
        ({1: 0, 2: 6}, set()),
    ],
)
def test_small_numbers_are_hidden(votes: dict[int, int], hidden: set[int]) -> None:
    """Fewer than five are not shown, nor what would tell them; the total and the rest are."""
    assert too_few(votes, len(SURVEY.choices)) == hidden
    told = Voice(Catalogue("en", {})).speak(result(SURVEY, votes, NOW))
    for choice, words in enumerate(SURVEY.choices, 1):
        assert (f"{words}: not shown" in told) is (choice in hidden)
    assert f"{sum(votes.values())} answer" in told


def test_a_survey_asks_by_the_rules_of_notices() -> None:
    """What was chosen stays, except that a unit which reports later keeps its vote."""
    chosen = replace(SURVEY, chosen={"whom": "unfiled", "period": "2026-11", "kinds": ["cdcs"], "sectors": "may"})
    assert (chosen.audience.whom, chosen.standing_audience.whom) == ("unfiled", "all")
    assert chosen.audience.roots == (2,)
    assert chosen.audience.kinds == {"cdcs"}
    assert chosen.audience.sectors == {"may"}
