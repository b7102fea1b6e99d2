"""A chair who has only Zalo: registering and reporting in plain numbers, the program killed meanwhile."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.tables import drafts, submissions
from tests.end_to_end.conftest import Run
from tests.end_to_end.program import Program, free_port
from tests.end_to_end.rows import rows_of
from tests.fake_zalo import FakeZalo, ZaloUser
from tests.stage import UNITS

LONGEST = 2000
TALK = (
    ("1", "xưng hô"),
    ("1", "tên là gì"),
    ("Páo", "gọi cho"),
    ("0912 345 678", "Hôm nay"),
    ("doi thoai", "đối thoại"),
    ("1", "ngày"),
    ("1", "bao nhiêu"),
    ("18", "nội dung"),
    ("1", "ý kiến"),
    ("0", "bổ sung"),
    ("0", "Gửi"),
    ("1", "BC1"),
)


@pytest.fixture
async def zalo() -> AsyncIterator[FakeZalo]:
    """A Zalo that calls again until it is heard."""
    async with FakeZalo() as fake:
        fake.insists = True
        yield fake


async def started(house: Program, zalo: FakeZalo) -> None:
    before = len(zalo.called("setWebhook"))
    await house.start()
    await zalo.until(lambda: len(zalo.called("setWebhook")) > before, 30)


@pytest.mark.parametrize("kills", [0, 1])
async def test_a_chair_reports_on_zalo(program: Run, zalo: FakeZalo, kills: int) -> None:
    """By typed numbers only, within Zalo's limits; killed after every third message, nothing is lost or doubled."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    house = program(
        TELEGRAM_TOKEN="",
        ZALO_TOKEN=zalo.token,
        ZALO_BASE_URL=zalo.base_url,
        PORT=str(port),
        PUBLIC_URL=address,
        WEBHOOK_SECRET="a-secret-of-the-webhook",
    )
    code = (await house.furnish(UNITS, under="TU"))["TU-01"]
    chair = zalo.user()
    await started(house, zalo)
    await chair.send(code)
    await chair.hears("Chè Than Uyên")
    for number, (typed, heard) in enumerate(TALK):
        await chair.send(typed, times=2)  # Zalo brings some messages twice
        if kills and number % 3 == 0:
            await house.kill()
            await started(house, zalo)
        await chair.hears(heard, 30)
    await chair.other("unsupported")
    await chair.hears("HELP")
    assert await house.stop() == 0
    house.assert_no_bug()
    assert_within_limits(chair)
    async with rows_of(house.database) as rows:
        assert [row["number"] for row in await rows.of(submissions)] == [1]
        assert not await rows.of(drafts)


def assert_within_limits(chair: ZaloUser) -> None:
    assert all(len(text.encode("utf-16-le")) // 2 <= LONGEST for text in chair.inbox)
