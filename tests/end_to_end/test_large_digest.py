"""What covers many units is answered after the turn, by a job that reads beside the others."""

from __future__ import annotations

from datetime import datetime

import pytest

from bot.effects import EndRoles
from bot.i18n import ZONE
from bot.jobs import Answer
from bot.records import Role
from handlers import large
from tests.stage import Stage


@pytest.fixture
async def play(on_stage: Stage, monkeypatch: pytest.MonkeyPatch) -> Stage:
    """A stage on which every union is a large one, with an officer of the province."""
    monkeypatch.setattr(large, "LARGE", 1)
    await on_stage.person("Mai", Role.PROV_OFFICER, "LC", language="en")
    return on_stage


async def said_later(play: Stage) -> list[str]:
    """Do the jobs that are due; give what was said then."""
    answer = Answer(play.store, play.house, lambda: play.clock.now)
    for claim in await play.store.due_jobs(play.clock.now, 8):
        assert claim.job.kind == "answer"
        await play.store.jobs_done([(claim.job.id, await answer(claim.job.args, claim.attempts))])
    return [message.text for _address, message in await play.gets()]


async def test_a_large_digest_comes_after_the_turn(play: Stage) -> None:
    """The turn says so at once; the digest follows, once, and its digits mean what they say."""
    ((_address, first),) = await play.gets(play.text("mai", "tong hop 10"))
    assert "as soon as it is ready" in first.text
    (told,) = await said_later(play)
    assert "have reported" in told
    assert await said_later(play) == []
    ((_address, second),) = await play.gets(play.text("mai", "1"))  # who has not reported
    assert "as soon as it is ready" in second.text
    (named,) = await said_later(play)
    assert "Type a number" in named


async def test_the_plan_of_a_large_union_comes_after_the_turn(play: Stage) -> None:
    """What will be sent to whom is looked up for every unit, so it follows too; its pages as well."""
    ((_address, first),) = await play.gets(play.text("mai", "lich ke hoach"))
    assert "as soon as it is ready" in first.text
    (told,) = await said_later(play)
    assert "Notice T-3" in told
    await play.gets(play.text("mai", "7"))
    (second,) = await said_later(play)
    assert second not in {"", told}


async def test_nobody_is_answered_who_may_no_longer_ask(play: Stage) -> None:
    """The role ended between the question and the job."""
    await play.gets(play.text("mai", "tong hop"))
    async with play.store.reading() as reads:
        province = await reads.unit_by_code("LC")
    assert province is not None
    await play.effects(EndRoles(province.id, Role.PROV_OFFICER, "", datetime(2026, 11, 10, tzinfo=ZONE).date()))
    assert await said_later(play) == []
