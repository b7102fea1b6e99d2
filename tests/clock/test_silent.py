"""Who may not be written to before they write: the deputy is reminded in their place, as long as that is so."""

from __future__ import annotations

from collections.abc import AsyncIterator
from datetime import datetime, timedelta

import pytest

from bot.effects import Effect, GrantRole, LinkAddress, NewPerson
from bot.i18n import ZONE
from bot.jobs import Speaking, clock_jobs
from bot.messages import Address
from bot.ports import Facts, Window
from bot.records import Person, Role
from tests.clock.world import RULES, TITLES, Clockwork, voice_of
from tests.storage.people import FOUNDED, SCHOOL, lay_out, write

T7 = datetime(2026, 11, 9, 8, tzinfo=ZONE)
DAY = timedelta(days=1)
WEEK = Window(timedelta(hours=48), timedelta(days=7), 55)
TELEGRAM = Facts(4096, buttons=True, edits=True, files=True, pace=30.0)
OA = Facts(2000, buttons=False, edits=False, files=False, pace=30.0, window=WEEK)
APPROVED = Facts(2000, False, False, False, 30.0, window=Window(WEEK.free, WEEK.open, 55, {"reminder": 300}))


@pytest.fixture
async def clock(url: str) -> AsyncIterator[Clockwork]:
    clock = await Clockwork.open(url, T7 - DAY)
    await clock.tick(T7 - DAY)
    await lay_out(clock.store)
    yield clock
    await clock.store.close()


def wrote(name: str, role: Role, days: int, channel: str = "zalo_oa") -> list[Effect]:
    """Somebody of the school who last wrote so many days before the reminder."""
    address = LinkAddress(Address(channel, f"{channel}-{name}"), name, T7 - days * DAY)
    return [NewPerson(Person(name, name.title())), address, GrantRole(name, SCHOOL, role, FOUNDED)]


async def reminded(clock: Clockwork, oa: Facts = OA) -> list[str]:
    """Let the morning come; give the chats to which a reminder goes."""
    facts = {"zalo_oa": oa, "telegram": TELEGRAM}
    clock.kinds = clock_jobs(Speaking(clock.store, RULES, voice_of, clock.time, TITLES, facts=facts))
    await clock.tick(T7)
    return [claim.out.address.chat for claim in await clock.send() if claim.out.key.startswith("remind/")]


async def test_the_deputy_is_reminded_while_the_chair_is_silent(clock: Clockwork) -> None:
    """Eight days without a word: Zalo carries nothing to the chair any more."""
    await write(clock.store, *wrote("an", Role.CHAIR, 8), *wrote("binh", Role.DEPUTY, 3))
    assert await reminded(clock) == ["zalo_oa-binh"]


async def test_the_chair_is_reminded_who_wrote_of_late(clock: Clockwork) -> None:
    """The deputy is left in peace."""
    await write(clock.store, *wrote("an", Role.CHAIR, 6), *wrote("binh", Role.DEPUTY, 1))
    assert await reminded(clock) == ["zalo_oa-an"]


async def test_a_template_reaches_whoever_is_silent(clock: Clockwork) -> None:
    """Where one is set for reminders, nobody else is asked in the chair's place."""
    await write(clock.store, *wrote("an", Role.CHAIR, 30), *wrote("binh", Role.DEPUTY, 3))
    assert await reminded(clock, APPROVED) == ["zalo_oa-an"]


async def test_another_messenger_reaches_whoever_is_silent(clock: Clockwork) -> None:
    """A chair with Telegram is not unreached; the outbox finds the way there."""
    telegram = LinkAddress(Address("telegram", "telegram-an"), "an", T7 - 60 * DAY)
    await write(clock.store, *wrote("an", Role.CHAIR, 8), telegram, *wrote("binh", Role.DEPUTY, 3))
    assert await reminded(clock) == ["zalo_oa-an"]


async def test_where_both_are_silent_it_stays_with_the_chair(clock: Clockwork) -> None:
    """The message fails at Zalo, and the unit is listed for a call."""
    await write(clock.store, *wrote("an", Role.CHAIR, 8), *wrote("binh", Role.DEPUTY, 9))
    assert await reminded(clock) == ["zalo_oa-an"]
