"""The outbox: order, priorities, how marks are written, what a crash leaves."""

from __future__ import annotations

import asyncio
from dataclasses import replace
from datetime import timedelta

import pytest

from bot.effects import DropUnsent, Speak
from bot.messages import Later, Priority
from bot.outbox import Outbox
from bot.ports import StoreBusy
from bot.vitals import Vitals
from tests.doors.house import NOW, TELEGRAM, House, Recorder, Time, notices, say, working

ALERT, REMINDER, NOTICE = Priority.ALERT, Priority.REMINDER, Priority.NOTICE


async def test_a_reply_goes_at_once(store: House, time: Time, telegram: Recorder) -> None:
    """A reply is sent right after its commit, from memory, before any time passes."""
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.settle()
        assert telegram.said == [("1", "hello")]


async def test_a_reply_that_a_round_found_first_is_said_once(store: House, time: Time, telegram: Recorder) -> None:
    """Between its commit and being handed over, a reply may be claimed from the store already."""
    telegram.held["1"] = asyncio.Event()
    async with working(store, time, telegram) as outbox:
        claims = await store.write(say("hello"))
        outbox.wake()
        await time.go(0.2)
        outbox.say_now(claims)
        telegram.held["1"].set()
        await time.go(2)
        assert telegram.texts == ["hello"]
        assert store.state("hello") == "sent"


async def test_replies_of_one_chat_keep_their_order(store: House, time: Time, telegram: Recorder) -> None:
    """While the first message to a chat is under way its second waits, and other chats do not."""
    telegram.held["1"] = asyncio.Event()
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("one"), say("two"), say("other", chat="2")))
        await time.settle()
        assert telegram.said == [("2", "other")]
        telegram.held["1"].set()
        await time.settle()
        assert telegram.texts == ["other", "one", "two"]


async def test_what_is_due_goes_by_priority(store: House, time: Time) -> None:
    """Alerts go before reminders, reminders before notices, whatever was written first."""
    telegram = Recorder(time.clock, facts=TELEGRAM)
    await store.write(say("n", "1", NOTICE), say("r", "2", REMINDER), say("a", "3", ALERT), say("a2", "4", ALERT))
    async with working(store, time, telegram):
        await time.go(1)
        assert telegram.texts == ["a", "a2", "r", "n"]


async def test_what_is_not_due_waits(store: House, time: Time, telegram: Recorder) -> None:
    """A message with a time of its own goes at that time, without anybody waking the sender."""
    await store.write(say("later", priority=REMINDER, not_before=NOW + timedelta(minutes=10)))
    async with working(store, time, telegram):
        await time.go(599)
        assert telegram.texts == []
        await time.go(2)
        assert telegram.texts == ["later"]


async def test_a_commit_wakes_the_sender(store: House, time: Time, telegram: Recorder) -> None:
    """A reminder that a commit brought goes soon after `wake`, not at the next look."""
    async with working(store, time, telegram) as outbox:
        await time.go(5)
        await store.write(say("due now", priority=REMINDER))
        outbox.wake()
        await time.go(0.2)
        assert telegram.texts == ["due now"]


async def test_a_message_whose_reason_is_gone_is_not_said(store: House, time: Time, telegram: Recorder) -> None:
    """A reminder that was deleted before its time is never sent."""
    reminder = say("remind", priority=REMINDER, not_before=NOW + timedelta(minutes=1)).out
    await store.write(Speak(replace(reminder, drop_key="report/1")))
    async with working(store, time, telegram):
        await store.write(DropUnsent("report/1"))
        await time.go(120)
        assert telegram.texts == []


async def test_marks_ride_with_the_next_commit(store: House, time: Time, telegram: Recorder) -> None:
    """What became of a send is written within the inbox's next transaction, without one of its own."""
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.settle()
        before = store.batches
        marks = outbox.take_marks()
        async with store.batch() as batch:
            await batch.sent(marks)
        await time.go(0.4)
        assert store.state("hello") == "sent"
        assert store.rows("SELECT message_id FROM outbox") == ["m1"]
        assert store.batches == before + 1


async def test_marks_go_alone_when_nobody_takes_them(store: House, time: Time, telegram: Recorder) -> None:
    """Where no commit comes by for half a second, the outbox makes one of its own."""
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.go(0.4)
        assert store.state("hello") == "pending"
        await time.go(0.2)
        assert store.state("hello") == "sent"
        assert outbox.take_marks() == []


async def test_a_failed_commit_gives_marks_back(store: House, time: Time, telegram: Recorder) -> None:
    """Marks whose transaction failed are written later, and their message is not sent again meanwhile."""
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.settle()
        outbox.return_marks(outbox.take_marks())
        outbox.wake()
        await time.go(2)
        assert store.state("hello") == "sent"
        assert telegram.texts == ["hello"]


async def test_a_row_in_hand_is_not_sent_twice(store: House, time: Time, telegram: Recorder) -> None:
    """Until its mark is committed a sent reply still stands in the store as due; it is not taken for new."""
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.settle()
        marks = outbox.take_marks()  # of a transaction that takes very long
        await store.write(say("reminder", "2", REMINDER))
        outbox.wake()
        await time.go(30)
        assert telegram.texts == ["hello", "reminder"]
        outbox.return_marks(marks)


async def test_replies_in_hand_do_not_hide_what_is_due(store: House, time: Time) -> None:
    """More replies under way than a lot has places do not keep a due reminder from being found."""
    chats = [str(chat) for chat in range(45)]
    slow = Recorder(time.clock, facts=TELEGRAM)
    slow.held = {chat: asyncio.Event() for chat in chats}
    async with working(store, time, slow) as outbox:
        outbox.say_now(await store.write(*(say(f"reply {chat}", chat) for chat in chats)))
        await store.write(say("reminder", "other", REMINDER))
        outbox.wake()
        await time.go(5)
        assert slow.texts == ["reminder"]
        for held in slow.held.values():
            held.set()


async def test_a_busy_store_only_delays_the_marks(store: House, time: Time, telegram: Recorder) -> None:
    """When marks cannot be written they are kept and written as soon as the database takes them."""
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.settle()
        store.busy_times = 3
        await time.go(5)
        assert store.busy_times == 0
        assert store.state("hello") == "sent"
        assert telegram.texts == ["hello"]


async def test_a_busy_store_is_told_and_forgotten(store: House, time: Time, telegram: Recorder) -> None:
    """While due messages cannot be claimed this shows as a trouble, and is over with the first claim."""
    vitals = Vitals()
    store.busy_times = 2
    async with working(store, time, telegram, vitals=vitals):
        assert vitals.troubles == {"outbox": "database is locked"}
        await time.go(120)
        assert vitals.troubles == {}


async def test_what_a_crash_left_half_sent_is_not_repeated(store: House, time: Time, telegram: Recorder) -> None:
    """A reminder that was marked as being sent when the program died may have arrived, and stays unsaid."""
    await store.write(say("reminder", priority=REMINDER), say("reply", "2"))
    await store.due_messages(NOW, 10)
    async with working(store, time, telegram):
        await time.go(10)
        assert telegram.texts == ["reply"]
        assert store.state("reminder") == "uncertain"
        assert store.state("reply") == "sent"


async def test_new_replies_queue_behind_those_of_a_crash(store: House, time: Time, telegram: Recorder) -> None:
    """After a crash the replies it left go first, then those of new messages from the same chat."""
    await store.write(say("before the crash"))
    outbox = Outbox(store, {"telegram": telegram}, time.clock, sleep=time.sleep)
    outbox.say_now(await store.write(say("after it")))
    task = asyncio.create_task(outbox.run())
    await time.go(2)
    assert telegram.texts == ["before the crash", "after it"]
    task.cancel()
    await outbox.drain(1)


async def test_stopping_lets_what_is_under_way_arrive(store: House, time: Time, telegram: Recorder) -> None:
    """At stop a message under way arrives and is marked, and the rest of a lot goes back."""
    slow = Recorder(time.clock, facts=TELEGRAM)
    slow.held["chat a"] = asyncio.Event()
    await store.write(*notices("abc"))
    async with working(store, time, slow):
        await time.go(0.01)
        slow.held["chat a"].set()
    assert slow.texts == ["a"]
    assert [store.state(key) for key in "abc"] == ["sent", "pending", "pending"]


async def test_stopping_breaks_off_what_hangs(store: House, time: Time, telegram: Recorder) -> None:
    """A send that does not end is broken off at stop; the reply is still to be sent after the next start."""
    telegram.held["1"] = asyncio.Event()
    outbox = Outbox(store, {"telegram": telegram}, time.clock, sleep=time.sleep)
    task = asyncio.create_task(outbox.run())
    await time.settle()
    outbox.say_now(await store.write(say("hangs")))
    await time.settle()
    task.cancel()
    await outbox.drain(0.01)
    assert telegram.texts == []
    assert store.state("hangs") == "pending"


async def test_draining_says_when_the_database_is_away(store: House, time: Time, telegram: Recorder) -> None:
    """Whoever stops the program hears that the last marks could not be written."""
    outbox = Outbox(store, {"telegram": telegram}, time.clock, sleep=time.sleep)
    task = asyncio.create_task(outbox.run())
    await time.settle()
    outbox.say_now(await store.write(say("hello")))
    await time.settle()
    task.cancel()
    store.busy_times = 1
    with pytest.raises(StoreBusy):
        await outbox.drain(1)


async def test_a_postponed_reply_comes_back_after_the_inbox_committed(
    store: House, time: Time, telegram: Recorder
) -> None:
    """A reply put back by a mark that rode along is sent again at its time, though nobody confirmed the commit."""
    telegram.fails["hello"] = [Later(5)]
    async with working(store, time, telegram) as outbox:
        outbox.say_now(await store.write(say("hello")))
        await time.settle()
        async with store.batch() as batch:
            await batch.sent(outbox.take_marks())
        outbox.wake()
        await time.go(6)
        assert telegram.texts == ["hello"]
        await time.go(1)
        assert store.state("hello") == "sent"


async def test_sends_are_counted(store: House, time: Time, telegram: Recorder) -> None:
    """Messages sent and failed sends are counted by channel and reason."""
    vitals = Vitals()
    telegram.fails["hello"] = [Later(1)]
    async with working(store, time, telegram, vitals=vitals) as outbox:
        outbox.say_now(await store.write(say("hello"), say("other", "2")))
        await time.go(3)
    value = vitals.registry.get_sample_value
    assert value("bot_messages_sent_total", {"channel": "telegram"}) == 2
    assert value("bot_messages_not_sent_total", {"channel": "telegram", "reason": "later"}) == 1
