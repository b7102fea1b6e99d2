"""A chair who writes to the Official Account: registering and reporting, the program killed and the keys renewed."""

from __future__ import annotations

from collections.abc import AsyncIterator

import pytest

from storage.tables import drafts, submissions
from tests.end_to_end.conftest import Run
from tests.end_to_end.program import free_port
from tests.end_to_end.rows import rows_of
from tests.end_to_end.test_zalo import TALK
from tests.fake_zalo import FakeOa
from tests.stage import UNITS


@pytest.fixture
async def oa() -> AsyncIterator[FakeOa]:
    """A Zalo that calls again until it is heard."""
    async with FakeOa() as fake:
        fake.insists = True
        yield fake


@pytest.mark.parametrize("kills", [0, 1])
async def test_a_chair_reports_to_the_official_account(program: Run, oa: FakeOa, kills: int) -> None:
    """By typed numbers, while access tokens die; killed after every third message, nothing is lost or doubled."""
    port = free_port()
    address = f"http://127.0.0.1:{port}"
    oa.webhook = f"{address}/webhook/zalo_oa"
    house = program(
        TELEGRAM_TOKEN="",
        ZALO_OA_APP_ID=oa.app_id,
        ZALO_OA_SECRET=oa.secret,
        ZALO_OA_REFRESH_TOKEN=oa.refresh,
        ZALO_OA_URL=oa.root,
        ZALO_OAUTH_URL=oa.root,
        PORT=str(port),
        PUBLIC_URL=address,
    )
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
    assert await house.stop() == 0
    house.assert_no_bug()
    assert oa.renewed > 1
    async with rows_of(house.database) as rows:
        assert [row["number"] for row in await rows.of(submissions)] == [1]
        assert not await rows.of(drafts)
