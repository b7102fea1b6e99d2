"""A channel with a monthly budget: near its end only answers and alerts go out, and the office is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from zoneinfo import ZoneInfo

from bot.messages import Priority
from bot.outbox.budget import Budget
from tests.doors.house import FAST, House, Recorder, Time, notices, say, working

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
TEN_A_MONTH = replace(FAST, monthly=10)


def test_the_month_is_the_office_s() -> None:
    """It begins at midnight in Vietnam, December included."""
    budget, last = Budget(10), datetime(2026, 12, 31, 23, 59, tzinfo=HERE)
    budget.begin(last, 8)
    assert budget.is_known(last)
    assert budget.wait(Priority.REMINDER, last) == datetime(2027, 1, 1, tzinfo=HERE)
    assert not budget.is_known(datetime(2027, 1, 1, tzinfo=HERE))


def test_no_budget_is_no_limit() -> None:
    """Telegram counts nothing."""
    budget = Budget(0)
    assert not any(budget.spend() for _ in range(100))
    assert budget.wait(Priority.NOTICE, datetime(2026, 11, 1, tzinfo=HERE)) is None


async def test_the_last_fifth_is_for_answers_and_alerts(store: House, time: Time) -> None:
    """Notices wait for the next month; the job that tells the office is asked for once."""
    zalo = Recorder(time.clock, facts=TEN_A_MONTH)
    await store.write(*notices([f"n{number:02}" for number in range(12)]))
    async with working(store, time, zalo) as outbox:
        await time.go(30)
        assert zalo.texts == [f"n{number:02}" for number in range(8)]
        outbox.say_now(await store.write(say("answer", "1")))
        await store.write(say("alert", "2", Priority.ALERT))
        outbox.wake()
        await time.go(30)
    assert zalo.texts[8:] == ["answer", "alert"]
    assert store.state("n08") == "pending"
    assert store.why("n08") == "the messages of this month run short"
    assert store.rows("SELECT id FROM jobs") == ["budget/telegram/2026-11"]


async def test_what_was_spent_is_known_after_a_restart(store: House, time: Time) -> None:
    """It is counted from what was sent, so nothing has to be remembered."""
    zalo = Recorder(time.clock, facts=TEN_A_MONTH)
    await store.write(*notices(["a", "b", "c", "d", "e", "f", "g"]))
    async with working(store, time, zalo):
        await time.go(10)
    await store.write(*notices(["h", "i"]))
    async with working(store, time, zalo):
        await time.go(10)
    assert zalo.texts[-1] == "h"
    assert store.state("i") == "pending"


async def test_the_next_month_begins_anew(store: House, time: Time) -> None:
    """What had to wait goes then."""
    zalo = Recorder(time.clock, facts=replace(FAST, monthly=5))
    await store.write(*notices(["a", "b", "c", "d", "e"]))
    async with working(store, time, zalo):
        await time.go(60)
        assert zalo.texts == ["a", "b", "c", "d"]
        time.now = datetime(2026, 12, 1, 0, 1, tzinfo=HERE)
        await time.go(120)
    assert zalo.texts[-1] == "e"
