"""A chair who writes to the Official Account: registering and reporting, the program killed and the keys renewed."""

from __future__ import annotations

import re
from collections.abc import AsyncIterator
from datetime import UTC, datetime, time, timedelta

import pytest

from bot.i18n import ZONE
from storage.tables import drafts, submissions
from tests.end_to_end.conftest import Run
from tests.end_to_end.moved_clock import begin_with
from tests.end_to_end.program import Program, free_port
from tests.end_to_end.registering import OFFICER_MENU, comes_in
from tests.end_to_end.rows import rows_of
from tests.end_to_end.someone import Someone
from tests.end_to_end.test_zalo import TALK
from tests.fake_telegram import FakeTelegram
from tests.fake_zalo import FakeOa
from tests.stage import UNITS

TEMPLATE = """
[[zalo_oa.templates]]
stands_for = "reminder"
id = "231677"
params = { ten = "name", don_vi = "unit", han = "due" }
"""


@pytest.fixture
async def oa() -> AsyncIterator[FakeOa]:
    """A Zalo that calls again until it is heard."""
    async with FakeOa() as fake:
        fake.insists = True
        yield fake


def account(program: Run, oa: FakeOa, **environment: str) -> Program:
    """The program with an Official Account, which calls it."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    oa.webhook = f"{address}/webhook/zalo_oa"
    return program(
        ZALO_OA_APP_ID=oa.app_id,
        ZALO_OA_SECRET=oa.secret,
        ZALO_OA_REFRESH_TOKEN=oa.refresh,
        ZALO_OA_URL=oa.root,
        ZALO_OAUTH_URL=oa.root,
        ZALO_BUSINESS_URL=oa.root,
        PORT=str(port),
        PUBLIC_URL=address,
        **environment,
    )


@pytest.mark.parametrize("kills", [0, 1])
async def test_a_chair_reports_to_the_official_account(program: Run, oa: FakeOa, kills: int) -> None:
    """By typed numbers, while access tokens die; killed after every third message, nothing is lost or doubled."""
    house = account(program, oa, TELEGRAM_TOKEN="")
    code = (await house.furnish(UNITS, under="TU"))["TU-01"]
    chair = oa.user()
    await house.start()
    await chair.send(code)
    await chair.hears("Chè Than Uyên")
    for number, (typed, heard) in enumerate(TALK):
        if number % 3 == 1:
            oa.access = "taken back"  # the access token in the program's hands is worth nothing any more
        await chair.send(typed, times=2)  # Zalo brings some messages twice
        if kills and number % 3 == 0:
            await house.kill()
            await house.start()
        await chair.hears(heard)
    await oa.bring(chair.event("oa_send_text", text="echo"))
    await chair.send_other("audio")
    await chair.hears("MENU")
    assert await house.stop() == 0
    house.assert_no_bug()
    assert oa.renewed > 1
    async with rows_of(house.database) as rows:
        assert [row["number"] for row in await rows.of(submissions)] == [1]
        assert not await rows.of(drafts)


async def test_killed_while_the_keys_are_renewed(program: Run, oa: FakeOa) -> None:
    """The token is used up and the pair is lost: what people write is kept, and answered with a new token."""
    house = account(program, oa, TELEGRAM_TOKEN="")
    code = (await house.furnish(UNITS, under="TU"))["TU-01"]
    chair = oa.user()
    await house.start()
    await chair.send(code)
    await chair.hears("Chè Than Uyên")
    oa.access, oa.on_renewal = "taken back", house.kill
    await chair.send("1")
    await oa.changed.until(lambda: oa.renewed == 2, 30)
    oa.on_renewal = None
    await house.start()
    await chair.send("1", times=2)
    assert await house.stop() == 0
    house.environment["ZALO_OA_REFRESH_TOKEN"] = oa.refresh
    await house.start()
    await chair.hears("xưng hô")
    await chair.hears("tên là gì")
    assert await house.stop() == 0
    house.assert_no_bug()


@pytest.mark.parametrize("kills", [0, 1])
async def test_a_chair_moves_from_telegram_to_zalo(program: Run, fake: FakeTelegram, oa: FakeOa, kills: int) -> None:
    """The report begun on one messenger is finished on the other, from the question that is open; nothing is lost."""
    house = account(program, oa)
    code = (await house.furnish(UNITS, under="TU"))["TU-01"]
    before = Someone(fake.user(501), "Páo")
    await house.start()
    await comes_in(before, code, "CĐCS Chè Than Uyên")
    await before.types("doi thoai", then="thuộc loại nào")
    await before.types("1", then="ngày nào")
    await before.types("/dulieu", then="Kênh nhắn tin")
    code = code_in((await before.types("2", then="/start")).text)
    if kills:
        await house.kill()
        await house.start()
    after = oa.user()
    await after.send(code, times=2)
    await after.hears("Đã kết nối")
    await after.hears("ngày nào")
    for typed, heard in TALK[6:]:
        await after.send(typed, times=2)
        await after.hears(heard)
    assert await house.stop() == 0
    house.assert_no_bug()
    async with rows_of(house.database) as rows:
        assert [row["number"] for row in await rows.of(submissions)] == [1]
        assert not await rows.of(drafts)


@pytest.mark.parametrize("approved", [True, False])
async def test_a_chair_silent_for_a_week_is_reminded(program: Run, fake: FakeTelegram, approved: bool) -> None:
    """By the approved template, to the telephone; where there is none, on the other messenger of the chair."""
    morning = datetime.combine(datetime.now(ZONE).date() + timedelta(days=1), time(9), ZONE)
    ahead = morning - datetime.now(UTC)
    async with FakeOa(lambda: datetime.now(UTC) + ahead) as oa:
        house = account(program, oa)
        house.module = "tests.end_to_end.moved_clock"
        begin_with(house.folder, ahead)
        if approved:
            with (house.folder / "config.toml").open("a", encoding="utf-8") as config:
                config.write(TEMPLATE)
        oa.approved.templates["231677"] = {"ten", "don_vi", "han"}
        oa.approved.phones.add("84912345678")
        code = (await house.furnish(UNITS, under="TU"))["TU-01"]
        chair, officer = Someone(fake.user(501), "Páo"), Someone(fake.user(502), "Mai", "co")
        await house.start()
        await comes_in(chair, code, "CĐCS Chè Than Uyên")
        await comes_in(officer, await house.invite("TU", "area_officer"), "Công đoàn xã Than Uyên", OFFICER_MENU)
        await chair.types("/dulieu", then="Kênh nhắn tin")
        await oa.user().send(code_in((await chair.types("2", then="/start")).text))
        await oa.user().hears("Hôm nay")
        oa.user().acted = oa.clock() - timedelta(days=8)
        await officer.types("/nhac TU-01", then="Đang nhắc 1 đơn vị")
        if approved:
            await oa.changed.until(lambda: bool(oa.approved.sent), 30)
            assert oa.approved.sent[0]["template_data"]["don_vi"] == "CĐCS Chè Than Uyên"
        else:
            await chair.reads("cô Mai nhờ")
            assert oa.approved.sent == []
        assert await house.stop() == 0
        house.assert_no_bug()


def code_in(text: str) -> str:
    """Find the code that somebody is told to type."""
    found = re.search(r"/start (\S+)", text)
    assert found is not None
    return found[1]
