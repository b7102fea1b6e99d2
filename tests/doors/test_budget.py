"""A channel with a monthly budget: near its end only answers and alerts go out, and the office is told once."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from bot.effects import LinkAddress, NewPerson
from bot.messages import Address, Later, Message, Priority
from bot.outbox.budget import Budget
from bot.ports import ONE, Toll, Window
from bot.records import Person
from tests.doors.house import FAST, House, Recorder, Time, notices, say, working

HERE = ZoneInfo("Asia/Ho_Chi_Minh")
TEN_A_MONTH = replace(FAST, monthly=10)


def test_the_month_is_the_office_s() -> None:
    """It begins at midnight in Vietnam, December included."""
    budget, last = Budget(10), datetime(2026, 12, 31, 23, 59, tzinfo=HERE)
    budget.begin(last, Toll(8))
    assert budget.is_known(last)
    assert budget.wait(Priority.REMINDER, ONE, last) == datetime(2027, 1, 1, tzinfo=HERE)
    assert not budget.is_known(datetime(2027, 1, 1, tzinfo=HERE))


def test_no_budget_is_no_limit() -> None:
    """Telegram counts nothing."""
    budget = Budget(0)
    assert not any(budget.spend(ONE) for _ in range(100))
    assert budget.wait(Priority.NOTICE, ONE, datetime(2026, 11, 1, tzinfo=HERE)) is None


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


class Metered(Recorder):
    """An account that takes a text in parts of ten letters, for 55 đồng each after two days."""

    def toll(self, message: Message, silence: timedelta) -> Toll:
        parts = -(-len(message.text) // 10)
        return Toll(parts, 55 * parts if silence > timedelta(hours=48) else 0)


COSTS = replace(FAST, window=Window(timedelta(hours=48), timedelta(days=7), 55), money=500)


async def test_a_text_in_parts_counts_as_often_as_it_is_sent(store: House, time: Time) -> None:
    """Of ten messages two stay for answers; three texts of three parts use up the rest, and a restart knows it."""
    zalo = Metered(time.clock, facts=TEN_A_MONTH)
    texts = [f"{number} in three parts of ten" for number in range(4)]
    await store.write(*notices(texts))
    async with working(store, time, zalo):
        await time.go(30)
    assert zalo.texts == texts[:3]
    assert await store.sent_since("telegram", time.now - timedelta(days=1)) == Toll(9, 0)
    async with working(store, time, zalo):
        await time.go(30)
    assert store.state(texts[3]) == "pending"


async def test_what_was_not_sent_is_not_spent(store: House, time: Time) -> None:
    """A message that had to wait at the messenger counts once, when it went."""
    zalo = Metered(time.clock, facts=TEN_A_MONTH)
    zalo.fails = {"n00": [Later(5), Later(5), Later(5)]}
    await store.write(*notices([f"n{number:02}" for number in range(8)]))
    async with working(store, time, zalo):
        await time.go(90)
    assert sorted(zalo.texts) == [f"n{number:02}" for number in range(8)]


async def test_money_that_runs_short_keeps_back_what_costs(store: House, time: Time) -> None:
    """Of 500 đồng 400 are for anything: eight paid notices. What is free goes on; the office is told once."""
    zalo = Metered(time.clock, facts=COSTS)
    await store.write(*notices([f"n{number:02}" for number in range(10)]))
    await store.write(NewPerson(Person("p-free", "Hoa")), LinkAddress(Address("telegram", "free"), "p-free", time.now))
    async with working(store, time, zalo) as outbox:
        await time.go(30)
        assert len(zalo.texts) == 8
        await store.write(say("a notice", "free", Priority.NOTICE), say("an alert", "n00", Priority.ALERT))
        outbox.wake()
        await time.go(30)
    assert zalo.texts[8:] == ["an alert", "a notice"]
    assert await store.sent_since("telegram", time.now - timedelta(days=1)) == Toll(10, 9 * 55)
    assert store.rows("SELECT id FROM jobs") == ["budget/telegram/2026-11/money"]
