"""Who is told that the messages of a month run short, in which words."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from datetime import datetime
from typing import Any

import pytest

from bot.i18n import ZONE
from bot.jobs.budget import TellBudget
from bot.jobs.remind import Speaking
from bot.messages import Priority
from bot.records import Role
from tests.clock.world import RULES, Clockwork, voice_of
from tests.storage.people import AREA_A, PROVINCE, joined, lay_out, write

NOW = datetime(2026, 11, 20, 9, tzinfo=ZONE)
SHORT = {"key": "budget/zalo_oa/2026-11", "channel": "zalo_oa", "spent": 1600, "monthly": 2000}


@pytest.fixture
async def clock(url: str) -> AsyncIterator[Clockwork]:
    """A house with its units."""
    clock = await Clockwork.open(url, NOW)
    await lay_out(clock.store)
    yield clock
    await clock.store.close()


async def told(clock: Clockwork, args: Mapping[str, Any] = SHORT) -> list[tuple[str, str]]:
    """Let it be told, twice; give who heard what."""
    tell = TellBudget(Speaking(clock.store, RULES, voice_of, clock.time))
    for _time in range(2):
        await write(clock.store, *await tell(args, 0))
    claims = await clock.send()
    assert {claim.out.priority for claim in claims} == {Priority.ALERT}
    return [(claim.out.address.chat, claim.out.message.text) for claim in claims]


async def test_the_admin_is_told_once(clock: Clockwork) -> None:
    """What is used, and what waits from now on."""
    await write(clock.store, *joined("an", Role.ADMIN, PROVINCE), *joined("mai", Role.PROV_OFFICER, PROVINCE))
    ((chat, text),) = await told(clock)
    assert chat == "chat-an"
    assert text.startswith("Zalo OA: đã dùng 1.600/2.000 tin")


async def test_without_an_admin_the_province_is_told(clock: Clockwork) -> None:
    """Somebody has to know; officers of a commune can do nothing about it."""
    await write(clock.store, *joined("mai", Role.PROV_OFFICER, PROVINCE), *joined("lan", Role.AREA_OFFICER, AREA_A))
    assert [chat for chat, _text in await told(clock)] == ["chat-mai"]


async def test_money_is_told_as_money(clock: Clockwork) -> None:
    """What is spent, and that what is free goes on."""
    await write(clock.store, *joined("an", Role.ADMIN, PROVINCE))
    money = {**SHORT, "key": "budget/zalo_oa/2026-11/money", "what": "money", "spent": 1600040, "monthly": 2000000}
    ((_chat, text),) = await told(clock, money)
    assert text.startswith("Zalo OA: đã chi 1.600.040/2.000.000 đồng")
