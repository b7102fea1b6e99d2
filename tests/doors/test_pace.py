"""The outbox: how fast it sends."""

from __future__ import annotations

from bisect import bisect_left
from dataclasses import replace
from datetime import timedelta
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.messages import Priority
from bot.outbox.pace import Pace
from tests.doors.house import NOW, TELEGRAM, House, Recorder, Time, notices, say, working

REMINDER = Priority.REMINDER


def most_in_a_second(moments: list[float]) -> int:
    """Count the messages of the busiest second."""
    return max(bisect_left(moments, moment + 1) - index for index, moment in enumerate(moments))


@given(late=st.lists(st.floats(0, 0.008), min_size=200, max_size=200), start=st.floats(0, 2e9))
def test_no_second_holds_more_than_the_pace(late: list[float], start: float) -> None:
    """However late a sleeper wakes, no second holds a message too many, and hardly any time is lost."""
    pace, now, moments = Pace(30, 1), start, []
    for number, delay in enumerate(late):
        if wait := pace.wait(str(number), now):
            now += wait + delay
        pace.spend(str(number), now)
        moments.append(now)
    assert most_in_a_second(moments) <= 30
    assert (len(moments) - 1) / (moments[-1] - moments[0]) >= 0.95 * 30


def test_a_clock_set_back_does_not_stop_the_sending() -> None:
    """When the clock jumps back an hour, the next message waits a second at most, and so do those after it."""
    pace = Pace(30, 1)
    pace.spend("1", 3600.0)
    assert pace.wait("1", 0.0) <= 1
    pace.spend("2", 1.0)
    assert pace.wait("3", 2.0) == 0


def test_chats_are_forgotten() -> None:
    """Who was written to long ago takes no memory."""
    pace = Pace(1e9, 1)
    for number in range(5000):
        pace.spend(str(number), float(number))
    assert len(pace._chats) < 1100


async def test_a_broadcast_keeps_the_pace(store: House, time: Time) -> None:
    """Notices go at the channel's pace: never more than 30 in a second, and hardly slower."""
    telegram = Recorder(time.clock, facts=TELEGRAM)
    await store.write(*notices([f"n{number:03}" for number in range(150)]))
    async with working(store, time, telegram):
        await time.go(10)
    moments = [(at - NOW).total_seconds() for at in telegram.at]
    assert len(moments) == 150
    assert most_in_a_second(moments) <= 30
    assert moments[-1] <= 149 / (30 * 0.97)
    assert telegram.texts == sorted(telegram.texts)


async def test_lots_are_small(store: House, time: Time) -> None:
    """No more is taken in hand than goes in one second: only that could be lost in a crash."""
    telegram = Recorder(time.clock, facts=TELEGRAM)
    await store.write(*notices([f"n{number:03}" for number in range(150)]))
    async with working(store, time, telegram):
        await time.go(0.4)
        assert len(store.rows("SELECT id FROM outbox WHERE state = 'sending'")) == 30


async def test_one_chat_gets_one_a_second(store: House, time: Time) -> None:
    """Reminders to one chat are a second apart, in their order, and hold nobody else up."""
    telegram = Recorder(time.clock, facts=TELEGRAM)
    await store.write(*(say(f"r{number}", "1", REMINDER) for number in range(4)), say("other", "2", REMINDER))
    async with working(store, time, telegram):
        await time.go(10)
    assert [text for text in telegram.texts if text != "other"] == ["r0", "r1", "r2", "r3"]
    seconds = [telegram.seconds(f"r{number}") for number in range(4)]
    assert all(later - earlier >= 1 for earlier, later in pairwise(seconds))
    assert telegram.seconds("other") < 1


async def test_replies_do_not_wait_for_the_pace(store: House, time: Time) -> None:
    """In the midst of a broadcast a reply goes at the same instant, and the broadcast makes room for it."""
    telegram = Recorder(time.clock, facts=TELEGRAM)
    await store.write(*notices([f"n{number:03}" for number in range(90)]))
    async with working(store, time, telegram) as outbox:
        await time.go(1)
        for number in range(10):
            outbox.say_now(await store.write(say(f"reply {number}", f"person {number}")))
        await time.settle()
        assert all(telegram.seconds(f"reply {number}") == pytest.approx(1, abs=0.001) for number in range(10))
        await time.go(10)
    moments = [(at - NOW).total_seconds() for at in telegram.at]
    assert len(moments) == 100
    after_the_replies = [moment for moment in moments if 1 < moment < 1.3]
    assert after_the_replies == []


async def test_somebody_who_talks_all_the_time_stops_no_lot(store: House, time: Time) -> None:
    """A reminder for a chat that is kept busy by replies waits, and what is due for others goes on."""
    telegram = Recorder(time.clock, facts=TELEGRAM)
    async with working(store, time, telegram) as outbox:
        await store.write(say("to the talker", "1", REMINDER))
        for number in range(20):
            outbox.say_now(await store.write(say(f"reply {number}", "1")))
            await store.write(say(f"n{number}", f"chat {number}", REMINDER))
            outbox.wake()
            await time.go(0.5)
        assert "to the talker" not in telegram.texts
        assert "n15" in telegram.texts
        await time.go(5)
        assert "to the talker" in telegram.texts


async def test_a_slow_channel_holds_up_no_other(store: House, time: Time) -> None:
    """A long broadcast on a channel of one message a minute does not keep another channel's waiting."""
    slow = Recorder(time.clock, "zalo", replace(TELEGRAM, pace=1 / 60))
    fast = Recorder(time.clock, facts=TELEGRAM)
    await store.write(*(say(f"slow {n}", f"z{n}", REMINDER, "zalo") for n in range(50)))
    await store.write(*(say(f"fast {n}", f"t{n}", Priority.NOTICE) for n in range(20)))
    async with working(store, time, slow, fast):
        await time.go(3)
        assert len(fast.texts) == 20
        await time.go(300)
        assert 4 <= len(slow.texts) <= 7
    assert max(fast.at) < NOW + timedelta(seconds=3)
