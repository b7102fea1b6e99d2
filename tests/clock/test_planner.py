"""The tick: occasions and the mark in one transaction, harmless when repeated, shared or late."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.effects import DropUnsent, Exempt, FileReport, Mute
from bot.i18n import ZONE
from bot.messages import Template
from bot.planner import PLANNED
from bot.records import Submission
from bot.reporting.periods import asking
from tests.clock.province import Province, lay_out
from tests.clock.world import Clockwork
from tests.storage.people import look, write

T7 = datetime(2026, 11, 9, 8, tzinfo=ZONE)
T3 = datetime(2026, 11, 13, 8, tzinfo=ZONE)
BEFORE = T7 - timedelta(minutes=1)
MINUTE = timedelta(minutes=1)


@pytest.fixture
async def clock(url: str) -> AsyncIterator[Clockwork]:
    """A clock that has ticked once, over a database without units."""
    clock = await Clockwork.open(url, BEFORE)
    await clock.tick(BEFORE)
    yield clock
    await clock.store.close()


def nil(unit: int, period: str, at: datetime) -> FileReport:
    """File "nothing to report"."""
    about = (1, 1, "officer-0000001", "telegram", at.date(), period, at)
    return FileReport(Submission(f"nil-{unit}-{period}", unit, "nil", *about, {}, first_filed_at=at))


async def said(clock: Clockwork) -> dict[str, str]:
    """Send what is due; give the texts by key, without those to officers."""
    return {claim.out.key: claim.out.message.text for claim in await clock.send() if "officer" not in claim.out.key}


async def test_nothing_from_before_the_first_start_is_said(url: str) -> None:
    """An office that starts in November is not told of October."""
    clock = await Clockwork.open(url, T7)
    await clock.tick(T7 + MINUTE)
    assert await look(clock.store, "SELECT id FROM jobs") == []
    assert await clock.store.marked(PLANNED) == T7 + MINUTE
    await clock.store.close()


async def test_a_tick_starts_what_came_due_and_moves_the_mark(clock: Clockwork) -> None:
    """At 8:00 the reminder of the day becomes a job, once, however often the clock ticks."""
    for now in (T7, T7, T7 + MINUTE, T7 - MINUTE):
        await clock.planner(now)
    assert await look(clock.store, "SELECT id FROM jobs ORDER BY id") == [("drafts/2026-11-09",), ("remind/2026/T-7",)]
    assert await clock.store.marked(PLANNED) == T7 + MINUTE


async def test_two_clocks_at_once_do_no_harm(clock: Clockwork) -> None:
    """Two programs that tick together start each job once."""
    other = Clockwork(clock.store, clock.time)
    await asyncio.gather(clock.planner(T7), other.planner(T7))
    assert len(await look(clock.store, "SELECT id FROM jobs")) == 2


async def test_after_an_outage_the_rest_is_listed(clock: Clockwork) -> None:
    """Back after five days, the step of that morning is said and the earlier one is noted with its rule."""
    await clock.planner(T3 + MINUTE)
    assert ("remind/2026/T-3",) in await look(clock.store, "SELECT id FROM jobs")
    unsaid = await look(clock.store, "SELECT occasion, rule FROM unsaid WHERE occasion LIKE 'remind%'")
    assert unsaid == [("remind/2026/T-7", "late")]


async def test_a_clock_that_was_a_year_ahead_is_set_right(clock: Clockwork) -> None:
    """A mark in the far future does not silence the clock for a year."""
    await clock.planner(T7 + timedelta(days=365))
    await clock.planner(T7 - MINUTE)
    assert await clock.store.marked(PLANNED) == T7 - MINUTE
    await clock.planner(T7)
    assert ("remind/2026/T-7",) in await look(clock.store, "SELECT id FROM jobs")


async def test_a_tick_with_nothing_due_touches_no_unit(clock: Clockwork) -> None:
    """It reads and moves its mark, whatever there is in the database."""
    await lay_out(clock.store, 40)
    done = len(clock.done)
    await clock.tick(BEFORE + timedelta(seconds=10))
    assert len(clock.done) == done
    assert await look(clock.store, "SELECT id FROM jobs") == []


async def test_one_message_for_each_person(clock: Clockwork) -> None:
    """Chairs are reminded, deputies where the chair cannot be reached, once for all their units."""
    province = await lay_out(clock.store, 60)
    await clock.tick(T7)
    texts = await said(clock)
    assert set(texts) == {f"remind/2026/T-7/{person}" for person in set(province.reminded.values()) if person}
    shared = province.reminded[1003]
    assert "CĐCS 1002, CĐCS 1003" in texts[f"remind/2026/T-7/{shared}"]


async def test_a_reminder_brings_what_an_approved_message_needs(clock: Clockwork) -> None:
    """The unit, the period and until when, as a template of a messenger may say them."""
    await lay_out(clock.store, 3)
    await clock.tick(T7)
    templates = {claim.out.message.template for claim in await clock.send()}
    assert (
        Template("reminder", (("unit", "CĐCS 1001"), ("period", "năm 2026"), ("due", "17 giờ ngày 16/11/2026")))
        in templates
    )


async def test_chunks_are_harmless_twice(clock: Clockwork, monkeypatch: pytest.MonkeyPatch) -> None:
    """A program that dies after a chunk and before its note says nothing twice and forgets nobody."""
    monkeypatch.setattr("bot.jobs.remind.CHUNK", 7)
    province = await lay_out(clock.store, 60)
    clock.time.now = T7
    await clock.planner(T7)
    claim = next(one for one in await clock.store.due_jobs(T7, 9) if one.job.kind == "remind")
    await clock.kinds["remind"](claim.job.args, claim.attempts)
    first = await said(clock)
    assert 0 < len(first) <= 7
    await clock.store.job_later(claim.job.id, T7, "died")
    await clock.work()
    rest = await said(clock)
    assert not set(first) & set(rest)
    assert len(first) + len(rest) == len({person for person in province.reminded.values() if person})


async def test_a_report_drops_what_is_unsent(clock: Clockwork) -> None:
    """Between the tick and the sending a unit reports: nothing is said to its chair."""
    await lay_out(clock.store, 20)
    await clock.tick(T7)
    await write(
        clock.store, nil(1005, "2026", T7), DropUnsent(asking("2026", 1005)), DropUnsent(asking("2026-11", 1005))
    )
    assert "remind/2026/T-7/chair-0001005" not in await said(clock)
    await clock.tick(T3)
    assert "remind/2026/T-3/chair-0001005" not in await said(clock)


async def test_what_is_owed_for_another_unit_is_said_again(clock: Clockwork) -> None:
    """A report of one of two units drops the message about both; within the hour the other one is named alone."""
    await lay_out(clock.store, 20)
    await clock.tick(T7)
    await write(clock.store, nil(1002, "2026", T7), DropUnsent(asking("2026", 1002)))
    assert "remind/2026/T-7/chair-0001002" not in await said(clock)
    await clock.tick(T7 + timedelta(hours=1))
    again = await said(clock)
    assert list(again) == ["remind/2026/T-7/chair-0001002"]
    assert "CĐCS 1002" not in again["remind/2026/T-7/chair-0001002"]


async def test_whom_a_rule_spares_is_listed(clock: Clockwork) -> None:
    """Who muted reminders and whose unit is exempt hears nothing; the mute is listed."""
    await lay_out(clock.store, 20)
    await write(
        clock.store,
        Mute("chair-0001005", "remind", T7),
        Exempt(1006, "2026-11", "closed for repairs", "officer-0000002", T7),
    )
    await clock.tick(T7)
    keys = await said(clock)
    assert not {"remind/2026/T-7/chair-0001005", "remind/2026/T-7/chair-0001006"} & set(keys)
    listed = await look(clock.store, "SELECT person, rule FROM unsaid")
    assert ("chair-0001005", "muted") in listed


async def test_a_job_that_comes_too_late_lists_itself(clock: Clockwork) -> None:
    """A reminder whose job could not be done for days is not said any more."""
    await lay_out(clock.store, 20)
    clock.time.now = T7
    await clock.planner(T7)
    clock.time.now = T3
    await clock.work()
    assert await said(clock) == {}
    assert ("remind/2026/T-7", "late") in await look(clock.store, "SELECT occasion, rule FROM unsaid")


async def test_what_could_not_be_sent_by_night_expires(clock: Clockwork) -> None:
    """A channel that was away all day does not ring at night."""
    await lay_out(clock.store, 20)
    await clock.tick(T7)
    clock.time.now = T7.replace(hour=21)
    assert await said(clock) == {}
    states = await look(clock.store, "SELECT DISTINCT state FROM outbox WHERE key LIKE 'remind/%'")
    assert states == [("expired",)]


async def test_officers_hear_of_their_own_area(clock: Clockwork) -> None:
    """Three days after the deadline the officer nearest to the missing units is told, nobody above."""
    province: Province = await lay_out(clock.store, 60)
    now = datetime(2026, 11, 19, 8, tzinfo=ZONE)
    await write(clock.store, *(nil(unit, "2026", T7) for unit in province.units if unit >= 1030))
    await clock.tick(now)
    told = {claim.out.key: claim.out.message.text for claim in await clock.send()}
    assert list(told) == ["escalate/2026/T+3/officer-0000002"]
    assert told["escalate/2026/T+3/officer-0000002"].startswith("30 đơn vị chưa có báo cáo năm 2026: CĐCS 1000")
