"""Notices on a bad day: the messenger refuses, breaks off and is blocked, and the program is killed in the midst."""

from __future__ import annotations

import asyncio
import os
from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from random import Random
from typing import Any, Final

import pytest

from benchmarks.chairs import FIRST_CHAT
from benchmarks.town import found
from bot.effects import GrantRole, KeepNotice, LinkAddress, NewPerson
from bot.messages import Address
from bot.notices.errands import EXPAND, job
from bot.notices.notice import Notice, State, digest_of
from bot.records import Person, Role
from storage.store import SqlStore
from storage.tables import failures, notice_recipients, notices, outbox
from tests.end_to_end.conftest import Run
from tests.end_to_end.program import Program
from tests.end_to_end.rows import Row, rows_of
from tests.fake_telegram import FakeTelegram, FakeUser

SEED: Final = os.environ.get("TCS_SEED", "47")
FAULTS: Final[Mapping[int | str, float]] = {429: 0.05, 500: 0.015, 502: 0.015, "reset after": 0.02}
BLOCKED: Final = 0.04
OFFICER: Final = 77
TITLES: Final = ("Thông báo thứ nhất", "Thông báo thứ hai")
END_SECONDS: Final = 600.0


@dataclass(frozen=True)
class Scale:
    """How many chairs there are, and how often the program is killed."""

    chairs: int
    kills: int


SMALL: Final = Scale(40, 2)
LARGE: Final = Scale(int(os.environ.get("TCS_CHAIRS", "200")) * 3, int(os.environ.get("TCS_KILLS", "100")) // 10)


@pytest.mark.timeout(900)
@pytest.mark.parametrize(
    ("kind", "scale"),
    [
        ("sqlite", SMALL),
        pytest.param("sqlite", LARGE, marks=pytest.mark.nightly),
        pytest.param("postgresql", LARGE, marks=pytest.mark.nightly),
    ],
    ids=["small", "large", "large on PostgreSQL"],
)
async def test_notices_on_a_bad_day(scale: Scale, program: Run, fake: FakeTelegram, database_url: str) -> None:
    """Each recipient has each notice once, or it is uncertain, or failed with a reason; in order; others are heard."""
    house, chance = program(database_url), Random(SEED)
    await found(house.database, house.folder, scale.chairs)
    people = [fake.user(FIRST_CHAT + number) for number in range(scale.chairs)]
    blocked = {user.chat.id for user in people[1:] if chance.random() < BLOCKED}
    for user in people:
        user.chat.blocked = user.chat.id in blocked
    fake.user(OFFICER)
    await planned(house)
    fake.random_faults(SEED, FAULTS, retry_after=1)
    await house.start()
    for _time in range(scale.kills):
        sends = fake.counts["sendMessage", 200] + chance.randint(8, 25)
        await fake.until(partial(sent_or_over, fake, sends, people), 120)
        await asyncio.sleep(chance.random())
        await house.kill()
        fake.random_faults(f"{SEED}{_time}", FAULTS, retry_after=chance.randint(1, 3))
        await house.start()
        await house.up(120)
    await answered(people[0], fake)
    await ended(house)
    assert await house.stop() == 0
    house.assert_no_bug()
    await once_each(house, {user.chat.id: user for user in people}, blocked)


def sent_or_over(fake: FakeTelegram, sends: int, people: list[FakeUser]) -> bool:
    """Tell whether so much was sent, or nearly everybody has the last notice."""
    return fake.counts["sendMessage", 200] >= sends or sum(heard(user)[TITLES[1]] for user in people) > 0.9 * len(
        people
    )


async def planned(house: Program) -> None:
    """Plan two notices of an officer to everybody, the second a moment after the first."""
    store = await SqlStore.open(house.database)
    now = datetime.now(UTC)
    try:
        async with store.reading() as reads:
            unit = (await reads.units_of_kind("cd_xa_phuong", 1))[0]
        person = Person("officer", "Mai", "co")
        link = LinkAddress(Address("telegram", str(OFFICER)), person.id, now)
        post = GrantRole(person.id, unit.id, Role.AREA_OFFICER, unit.valid_from)
        async with store.batch() as batch:
            await batch.write([NewPerson(person), link, post])
        for number, title in enumerate(TITLES, 1):
            said: Mapping[str, Any] = {"title": title, "text": "Nội dung.", "whom": "all", "urgent": "yes"}
            notice = Notice(
                f"n{number}", number, person.id, unit.id, unit.name, said, "", digest_of(said), State.PLANNED, now
            )
            async with store.batch() as batch:
                await batch.write([KeepNotice(notice), job(EXPAND, notice.id, "first", now)])
    finally:
        await store.close()


def heard(user: FakeUser) -> Counter[str]:
    """Count how often somebody got each notice."""
    return Counter(title for message in user.inbox for title in TITLES if title in (message.text or ""))


async def answered(user: FakeUser, fake: FakeTelegram) -> None:
    """Somebody presses for the menu in the midst of it, and gets an answer."""
    await user.send("/menu")
    await fake.until(lambda: any("Páo" in (m.text or "") or m.buttons for m in user.inbox[-3:]), 120)


async def ended(house: Program) -> None:
    """Wait until both notices are noted as sent."""
    async with rows_of(house.database) as rows, asyncio.timeout(END_SECONDS):
        while {row["state"] for row in await rows.of(notices)} != {"sent"}:  # noqa: ASYNC110
            await asyncio.sleep(0.5)  # the program calls nobody when it changes


async def once_each(house: Program, people: Mapping[int, FakeUser], blocked: set[int]) -> None:
    """Look at everything that is left.

    Each chat hears its copies in the order in which they were put into the outbox. Which notice is that far first is
    not settled: a kill in the midst of one lets the other go on until the lease of that job runs out.
    """
    async with rows_of(house.database) as rows:
        copies = [row for row in await rows.of(outbox) if row["drop_key"].startswith("notice/")]
        recipients = await rows.of(notice_recipients)
        assert not await rows.of(failures)
    assert len(copies) == len(recipients) == len(TITLES) * len(people)
    for row in copies:
        got = heard(people[int(row["chat"])])[TITLES[row["drop_key"] == "notice/n2"]]
        assert got in allowed(row), (row["state"], row["why"], got)
    assert {row["state"] for row in copies if int(row["chat"]) in blocked} <= {"failed", "uncertain"}
    why = {row["copy"]: row["why"] for row in recipients}
    assert all(why[row["key"]] for row in copies if row["state"] == "failed")
    rank = {(int(row["chat"]), TITLES[row["drop_key"] == "notice/n2"]): row["id"] for row in copies}
    for chat, user in people.items():
        order = [title for message in user.inbox for title in TITLES if title in (message.text or "")]
        assert order == sorted(order, key=lambda title: rank[chat, title]), [order, rank]


def allowed(row: Row) -> set[int]:
    """Give how often a copy may have arrived: never twice."""
    return {"sent": {1}, "uncertain": {0, 1}, "failed": {0}}[row["state"]]
