"""A message that a channel may not carry just now goes to another channel of the same person, or is seen as failed."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta

import pytest

from bot.effects import GrantRole, LinkAddress, Mute, NewPerson, Speak
from bot.messages import SILENT, Address, ByDay, Elsewhere, Gone, Message, Outgoing, Priority
from bot.outbox.remedies import remedy
from bot.ports import Claim, Unreached, Window
from bot.records import BUT_ON, Person, Role
from tests.doors.house import FAST, NOW, House, Recorder, Time, say, working
from tests.storage.people import FOUNDED, PROVINCE, SCHOOL, lay_out

WINDOWED = replace(FAST, window=Window(timedelta(hours=48), timedelta(days=7)))
OUTSIDE = Elsewhere(f"{SILENT}: outside")


@pytest.fixture
def oa(time: Time) -> Recorder:
    """A channel that carries nothing to whoever was silent."""
    return Recorder(time.clock, "zalo_oa", WINDOWED)


async def linked(store: House, *channels: str) -> None:
    """Let Páo have a chat on these channels, the first used last."""
    at = [NOW - timedelta(days=n) for n in range(len(channels))]
    links = [LinkAddress(Address(one, f"{one}-1"), "p-pao", when) for one, when in zip(channels, at, strict=True)]
    await store.write(NewPerson(Person("p-pao")), *links)


def reminder(text: str, channel: str = "zalo_oa", priority: Priority = Priority.REMINDER) -> Speak:
    return say(text, f"{channel}-1", priority, channel)


async def test_whoever_was_silent_is_written_to_elsewhere(
    store: House, time: Time, oa: Recorder, telegram: Recorder
) -> None:
    """Once, under the same key, and what is not needed any more is dropped by it as before."""
    await linked(store, "zalo_oa", "telegram")
    oa.fails["r"] = [OUTSIDE]
    await store.write(reminder("r"))
    async with working(store, time, oa, telegram):
        await time.go(30)
    assert (oa.texts, telegram.said) == ([], [("telegram-1", "r")])
    assert store.rows("SELECT key, channel, state FROM outbox") == [("r", "telegram", "sent")]


async def test_who_has_nothing_else_is_seen_as_not_reached(store: House, time: Time, oa: Recorder) -> None:
    """With the reason."""
    await linked(store, "zalo_oa")
    oa.fails["r"] = [OUTSIDE]
    await store.write(reminder("r"))
    async with working(store, time, oa):
        await time.go(30)
    assert store.state("r") == "failed"
    assert store.why("r").startswith(SILENT)


async def test_a_channel_that_does_not_run_is_no_way(store: House, time: Time, oa: Recorder) -> None:
    """An address of a messenger that was switched off would keep it for ever."""
    await linked(store, "zalo_oa", "telegram")
    oa.fails["r"] = [OUTSIDE]
    await store.write(reminder("r"))
    async with working(store, time, oa):
        await time.go(30)
    assert store.state("r") == "failed"


async def test_whoever_blocked_one_channel_hears_on_the_other(
    store: House, time: Time, oa: Recorder, telegram: Recorder
) -> None:
    """The dead chat is closed, the reminder is not lost; a chat that is not open is no way either."""
    await linked(store, "telegram", "zalo_oa")
    telegram.fails["r"] = [Gone("blocked")]
    telegram.fails["s"] = [Gone("blocked")]
    oa.fails["s"] = [OUTSIDE]
    await store.write(reminder("r", "telegram"))
    async with working(store, time, oa, telegram):
        await time.go(30)
        assert oa.said == [("zalo_oa-1", "r")]
        assert store.rows("SELECT state FROM addresses WHERE channel = 'telegram'") == ["closed"]
        await store.write(reminder("s"))
        await time.go(120)
    assert store.state("s") == "failed"


async def test_the_preferred_channel_comes_first(store: House, time: Time, oa: Recorder, telegram: Recorder) -> None:
    """Of several other ways."""
    zalo = Recorder(time.clock, "zalo")
    await linked(store, "zalo_oa", "telegram", "zalo")
    await store.write(Mute("p-pao", f"{BUT_ON}zalo", NOW))
    oa.fails["r"] = [OUTSIDE]
    await store.write(reminder("r"))
    async with working(store, time, oa, telegram, zalo):
        await time.go(30)
    assert (telegram.texts, zalo.texts) == ([], ["r"])


async def test_an_alarm_that_was_rung_there_is_not_rung_again(
    store: House, time: Time, oa: Recorder, telegram: Recorder
) -> None:
    """It went to all addresses of the person at once."""
    await linked(store, "zalo_oa", "telegram")
    oa.fails["alarm"] = [OUTSIDE]
    to = (Address("zalo_oa", "zalo_oa-1"), Address("telegram", "telegram-1"))
    rung = [Speak(Outgoing(one.channel, one, Message("alarm"), Priority.ALERT, drop_key="case/1")) for one in to]
    await store.write(*rung)
    async with working(store, time, oa, telegram):
        await time.go(30)
    assert telegram.texts == ["alarm"]
    assert store.state("zalo_oa") == "failed"


async def test_an_answer_stays_where_the_question_was(
    store: House, time: Time, oa: Recorder, telegram: Recorder
) -> None:
    """On another phone it would be a riddle."""
    await linked(store, "zalo_oa", "telegram")
    oa.fails["answer"] = [OUTSIDE]
    async with working(store, time, oa, telegram) as outbox:
        outbox.say_now(await store.write(reminder("answer", priority=Priority.REPLY)))
        await time.go(30)
    assert (telegram.texts, store.state("answer")) == ([], "failed")


async def test_what_waits_for_the_day_holds_up_nothing_else(store: House, time: Time, oa: Recorder) -> None:
    """Whoever writes at night is answered at night, after a restart too."""
    await linked(store, "zalo_oa")
    oa.fails["r"] = [ByDay(3600)]
    await store.write(reminder("r"))
    async with working(store, time, oa) as outbox:
        await time.go(30)
        outbox.say_now(await store.write(reminder("first", priority=Priority.REPLY)))
        await time.go(5)
    async with working(store, time, oa) as outbox:
        outbox.say_now(await store.write(reminder("second", priority=Priority.REPLY)))
        await time.go(5)
        assert oa.texts == ["first", "second"]
        await time.go(3600)
    assert oa.texts[2:] == ["r"]


async def test_what_concerns_one_person_waits_until_they_write(store: House, time: Time, oa: Recorder) -> None:
    """The answer to a petition is of use days later too; nothing else in the chat waits behind it."""
    await linked(store, "zalo_oa")
    await lay_out(store)
    await store.write(GrantRole("p-pao", SCHOOL, Role.CHAIR, FOUNDED))
    oa.fails["answer"] = [OUTSIDE, OUTSIDE]
    await store.write(reminder("answer", priority=Priority.ALERT))
    async with working(store, time, oa):
        await time.go(7 * 3600)
    assert (oa.texts, store.state("answer")) == ([], "pending")
    assert [one.why for one in await unreached(store)] == [str(OUTSIDE)]
    async with working(store, time, oa) as outbox:
        outbox.say_now(await store.write(say("hello", "zalo_oa-1", channel="zalo_oa")))
        await time.go(10)
        assert oa.texts == ["hello"]
        await time.go(12 * 3600)
    assert (oa.texts, store.state("answer")) == (["hello", "answer"], "sent")
    assert await unreached(store) == []


def test_it_does_not_wait_for_ever() -> None:
    """After a month of tries it is given up, and stays listed."""
    out = Outgoing("answer", Address("zalo_oa", "1"), Message("answer"), Priority.ALERT)
    marks = [remedy(Claim(1, out, tries), OUTSIDE, NOW).mark for tries in (0, 118, 119)]
    assert [mark.again for mark in marks] == [NOW + timedelta(hours=6), NOW + timedelta(hours=6), None]


async def unreached(store: House) -> list[Unreached]:
    """List who of the province was not reached."""
    async with store.reading() as reads:
        return await reads.unreached([PROVINCE], NOW - timedelta(days=1))
