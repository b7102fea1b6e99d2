"""The outbox: what follows from each way in which a send can fail."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest
from structlog.testing import capture_logs

from bot.effects import AddressState, LinkAddress, NewPerson, Speak
from bot.messages import (
    Address,
    Gone,
    Later,
    Message,
    Moved,
    Outgoing,
    Priority,
    Refused,
    SendFailure,
    Uncertain,
)
from bot.outbox.remedies import TRIES, UNCERTAIN_TRIES, remedy
from bot.ports import Claim
from bot.records import Person
from tests.doors.house import NOW, TELEGRAM, House, Recorder, Time, say, working

ADDRESS = Address("telegram", "1")
REMINDER = Priority.REMINDER


def claim(attempts: int = 0, priority: Priority = Priority.REPLY) -> Claim:
    """A row of the outbox after some tries."""
    return Claim(7, Outgoing("key", ADDRESS, Message("text"), priority), attempts)


@pytest.mark.parametrize(
    ("failed", "failure", "state"),
    [
        (claim(), Later(3), "pending"),
        (claim(TRIES - 1), Later(3), "failed"),
        (claim(TRIES - 1), Later(3, halts=True), "pending"),
        (claim(), Gone("blocked"), "failed"),
        (claim(), Refused("too long"), "failed"),
        (claim(), Moved("2"), "failed"),
        (claim(), Uncertain(), "pending"),
        (claim(UNCERTAIN_TRIES - 1), Uncertain(), "uncertain"),
        (claim(priority=Priority.ALERT), Uncertain(), "uncertain"),
        (claim(priority=REMINDER), Uncertain(), "uncertain"),
        (claim(priority=REMINDER), Later(3), "pending"),
    ],
)
def test_each_failure_has_its_remedy(failed: Claim, failure: SendFailure, state: str) -> None:
    """What becomes of a row depends on the failure, the tries so far, and whether it is a reply."""
    mark = remedy(failed, failure, NOW).mark
    tries = 0 if isinstance(failure, Later) and failure.halts else 1  # it is the channel that failed
    assert (mark.id, mark.state, mark.attempts) == (7, state, failed.attempts + tries)
    assert mark.why


@pytest.mark.parametrize(
    ("attempts", "after", "seconds"), [(0, 0, 1), (0, 30, 30), (3, 5, 8), (10, 5, 1024), (20, 5, 3600)]
)
def test_waits_grow_with_tries(attempts: int, after: float, seconds: float) -> None:
    """A chat waits at least as long as the channel says, and twice as long with each try, up to an hour."""
    assert remedy(claim(attempts), Later(after), NOW).until == NOW + timedelta(seconds=seconds)


def test_a_halt_lasts_as_long_as_the_channel_says() -> None:
    """The whole channel does not wait longer because one message was tried often."""
    what = remedy(claim(20), Later(7, halts=True), NOW)
    assert what.halts
    assert what.until == NOW + timedelta(seconds=7)


def test_a_dead_address_is_closed() -> None:
    """Where nobody is any more the address is closed, so that an officer sees it."""
    assert remedy(claim(), Gone(), NOW).effects == (AddressState(ADDRESS, "closed"),)


async def test_later_holds_up_that_chat_only(store: House, time: Time, telegram: Recorder) -> None:
    """A chat that must wait keeps its order, and nobody else waits with it."""
    telegram.fails["one"] = [Later(5)]
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("one"), say("two"), say("other", "2")))
        await time.settle()
        assert telegram.texts == ["other"]
        await time.go(1)
        outbox.say_now(await store.write(say("three"), say("more", "2")))
        await time.settle()
        assert telegram.texts == ["other", "more"]
        await time.go(6)
        assert telegram.texts == ["other", "more", "one", "two", "three"]
        assert telegram.seconds("one") >= 5


@pytest.mark.parametrize("halts", [False, True])
async def test_the_order_survives_a_restart(store: House, time: Time, telegram: Recorder, *, halts: bool) -> None:
    """What comes after a message that has to wait does not overtake it because the program was stopped meanwhile."""
    telegram.fails["first"] = [Later(60, halts=halts)]
    await store.write(say("first", priority=REMINDER))
    async with working(store, time, telegram):
        await time.go(5)
    await store.write(say("second", priority=REMINDER), say("planned", "2", not_before=time.now + timedelta(hours=1)))
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("other", "2")))
        await time.go(5)
        assert telegram.texts == ["other"]
        await time.go(70)
    assert telegram.texts == ["other", "first", "second"]


async def test_a_halt_holds_up_the_whole_channel(store: House, time: Time, telegram: Recorder) -> None:
    """After a 429 that halts nothing goes to anybody, of no priority, until it is over; then all in order."""
    telegram.fails["one"] = [Later(20, halts=True)]
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("one"), say("two")))
        await time.settle()
        outbox.say_now(await store.write(say("other", "2")))
        await store.write(say("reminder", "3", REMINDER))
        outbox.wake()
        await time.go(19)
        assert telegram.texts == []
        await time.go(2)
        assert sorted(telegram.texts) == ["one", "other", "reminder", "two"]
        assert telegram.texts.index("one") < telegram.texts.index("two")
        assert min(telegram.at) >= NOW + timedelta(seconds=20)


async def test_a_halt_puts_a_lot_back(store: House, time: Time) -> None:
    """A long halt leaves nothing marked as being sent: a crash in it would lose those messages."""
    telegram = Recorder(time.clock, facts=TELEGRAM)
    telegram.fails["a"] = [Later(86400, halts=True)]
    await store.write(*(say(text, text, REMINDER) for text in "abc"))
    async with working(store, time, telegram):
        await time.go(1)
        assert telegram.texts == []
        assert store.rows("SELECT DISTINCT state FROM outbox") == ["pending"]
        await time.go(86400 + 2)
        assert telegram.texts == ["a", "b", "c"]


async def test_gone_closes_the_address(store: House, time: Time, telegram: Recorder) -> None:
    """A person who blocked the bot: the address is closed and the message failed."""
    person = Person("p1", "Páo")
    await store.write(NewPerson(person), LinkAddress(ADDRESS, "p1", NOW))
    telegram.fails["hello"] = [Gone("bot was blocked")]
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.go(1)
    assert store.rows("SELECT state FROM addresses") == ["closed"]
    assert (store.state("hello"), store.why("hello")) == ("failed", "bot was blocked")


async def test_moved_is_sent_to_the_new_id(store: House, time: Time, telegram: Recorder) -> None:
    """A chat with a new id gets the message there at once, and the address moves."""
    await store.write(NewPerson(Person("p1", "Páo")), LinkAddress(ADDRESS, "p1", NOW))
    telegram.fails["hello"] = [Moved("-100")]
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.settle()
        assert telegram.said == [("-100", "hello")]
        await time.go(1)
    assert store.rows("SELECT chat FROM addresses") == ["-100"]
    assert store.state("hello") == "sent"


async def test_refused_is_kept_with_its_reason(store: House, time: Time, telegram: Recorder) -> None:
    """A message that is never taken fails with the channel's reason; the next of the chat goes."""
    telegram.fails["bad"] = [Refused("message is too long")]
    with capture_logs() as logs:
        async with working(store, time, telegram) as outbox:
            outbox.say_now(await store.write(say("bad"), say("good")))
            await time.go(1)
    assert telegram.texts == ["good"]
    assert (store.state("bad"), store.why("bad")) == ("failed", "message is too long")
    assert [line["why"] for line in logs if line["event"] == "outbox: not sent"] == ["message is too long"]


async def test_uncertain_replies_are_repeated(store: House, time: Time, telegram: Recorder) -> None:
    """A reply that may have arrived is said again: better twice than never."""
    telegram.fails["reply"] = [Uncertain()]
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("reply")))
        await time.go(3)
    assert telegram.texts == ["reply"]
    assert store.state("reply") == "sent"


async def test_uncertain_reminders_are_not_repeated(store: House, time: Time, telegram: Recorder) -> None:
    """A reminder that may have arrived is not said again."""
    telegram.fails["reminder"] = [Uncertain()]
    await store.write(say("reminder", priority=REMINDER))
    async with working(store, time, telegram):
        await time.go(3600)
    assert telegram.texts == []
    assert store.state("reminder") == "uncertain"


async def test_a_bug_of_a_channel_stops_nobody(store: House, time: Time, telegram: Recorder) -> None:
    """When a channel raises something else, nobody knows how far it came: as uncertain, and others go on."""
    telegram.fails["reminder"] = [KeyError("result")]
    telegram.fails["reply"] = [KeyError("result")]
    await store.write(say("reminder", "1", REMINDER), say("next", "1", REMINDER))
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("reply", "2")))
        await time.go(5)
    assert sorted(telegram.texts) == ["next", "reply"]
    assert (store.state("reminder"), store.why("reminder")) == ("uncertain", "KeyError")


async def test_tries_end(store: House, time: Time, telegram: Recorder) -> None:
    """A message that can never be sent is given up after its last try."""
    telegram.fails["hello"] = [Later(1), Later(1), Later(1)]
    tried_for_a_day = replace(say("hello").out, attempts=TRIES - 2)
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(Speak(tried_for_a_day)))
        await time.go(3500)
        assert store.state("hello") == "pending"
        await time.go(200)
    assert store.state("hello") == "failed"
    assert store.rows("SELECT attempts FROM outbox") == [TRIES]
    assert telegram.texts == []
