"""The officer's desk: decisions are about what was seen, nobody is overwritten, and rights are asked of the server."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from bot.i18n import ZONE
from bot.messages import Arrival
from bot.records import Role, Verdict
from bot.reporting.acceptance import Acceptance, Step
from storage.migrate import migrate
from tests.stage import Stage, stage

DIALOGUE = ("doi thoai", "1; 9/11; 18; 3; 5; 4", "0", "1")


@pytest.fixture(scope="module")
def template(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A migrated database to copy."""
    path = tmp_path_factory.mktemp("review") / "template.db"
    asyncio.run(migrate(f"sqlite+aiosqlite:///{path}"))
    return path


@pytest.fixture
async def desk(template: Path, tmp_path: Path) -> AsyncIterator[Stage]:
    """A chair with a report, the area officer, one of the other area, and the provincial officer."""
    async with stage(tmp_path, template) as on_stage:
        await on_stage.person("Pao", Role.CHAIR, "TU-01", language="en")
        await on_stage.person("Mai", Role.AREA_OFFICER, "TU", language="en")
        await on_stage.person("Lan", Role.AREA_OFFICER, "TP", language="en")
        await on_stage.person("Thuong", Role.PROV_OFFICER, "LC", language="en")
        for words in DIALOGUE:
            await says(on_stage, "pao", words)
        yield on_stage


async def says(desk: Stage, chat: str, words: str) -> str:
    """Say something, typed or (with a slash) pressed; give what this person is answered."""
    message = desk.text(chat, words, what=Arrival.PRESS if words.startswith("/") else Arrival.TEXT)
    said = await desk.gets(message)
    return "\n".join(f"{m.title}\n{m.text}" for address, m in said if address.chat == chat)


def pressable(desk: Stage, chat: str, label: str) -> str:
    """Give the data of a button of the last message."""
    return next(one.data for one in desk.last[chat].buttons if one.label.startswith(label))


async def verdicts(desk: Stage) -> list[Verdict]:
    """List what was said about the report."""
    async with desk.store.reading() as reads:
        unit = await reads.unit_by_code("TU-01")
        assert unit is not None
        return [one.verdict for one in await reads.reviews(unit.id, 1)]


async def name_of(desk: Stage) -> str:
    """Name the report behind buttons."""
    async with desk.store.reading() as reads:
        unit = await reads.unit_by_code("TU-01")
    assert unit is not None
    return f"1.{unit.id}"


async def test_the_second_of_two_officers_is_told_of_the_first(desk: Stage) -> None:
    """Both look; one accepts; the other's decision is not taken, and the name of the first is said."""
    await says(desk, "mai", "xem lai TU-01 1")
    await says(desk, "thuong", "xem lai TU-01 1")
    accept, back = pressable(desk, "mai", "Accept"), pressable(desk, "thuong", "Send back")
    assert "is accepted" in await says(desk, "mai", accept)
    told = await says(desk, "thuong", back)
    assert "Changed meanwhile by Mr Mai" in told
    assert "Nothing was decided" in told
    assert await verdicts(desk) == [Verdict.ACCEPTED]


async def test_both_press_in_the_same_batch(desk: Stage) -> None:
    """Even then only one decision is kept."""
    await says(desk, "mai", "xem lai TU-01 1")
    await says(desk, "thuong", "xem lai TU-01 1")
    presses = [desk.text(chat, pressable(desk, chat, "Accept"), what=Arrival.PRESS) for chat in ("mai", "thuong")]
    said = await desk.gets(*presses)
    assert sum("Changed meanwhile" in message.text for _address, message in said) == 1
    assert await verdicts(desk) == [Verdict.ACCEPTED]


async def test_a_correction_meanwhile_is_seen_before_anything_is_decided(desk: Stage) -> None:
    """What was seen is no longer what counts."""
    await says(desk, "mai", "xem lai TU-01 1")
    accept = pressable(desk, "mai", "Accept")
    for words in ("sua 1", "3", "20", "1"):
        await says(desk, "pao", words)
    told = await says(desk, "mai", accept)
    assert "Changed meanwhile by Mr Pao" in told
    assert "20 people" in told
    assert await verdicts(desk) == []


async def test_a_reason_of_ones_own_may_hold_commas_and_digits(desk: Stage) -> None:
    """It reaches the chair as it was typed."""
    name = await name_of(desk)
    await says(desk, "mai", f"/tralai {name} 1.0 attendees")
    sent = desk.text("mai", "18 hay 81, đề nghị xem lại; ghi cả số nữ <5 & >2")
    said = await desk.gets(sent)
    to_chair = next(message for address, message in said if address.chat == "pao")
    assert "18 hay 81, đề nghị xem lại; ghi cả số nữ <5 & >2" in to_chair.text
    assert [button.data for button in to_chair.buttons] == [f"/sua {name}"]


async def test_a_returned_report_counts_with_its_first_date_and_can_be_mended_after_the_lock(desk: Stage) -> None:
    """Weeks later its lock is opened for five days, and the unit still stands as on time."""
    desk.clock.now = datetime(2026, 12, 28, 9, tzinfo=ZONE)
    name = await name_of(desk)
    assert "is locked" in await says(desk, "pao", "sua 1")
    await says(desk, "mai", f"/tralai {name} 1.0 attendees")
    assert "until the end of 02/01/2027" in await says(desk, "mai", "1")
    assert "How many people took part?" in await says(desk, "pao", f"/sua {name}")
    assert "is closed" in await says(desk, "pao", "20")
    await says(desk, "pao", "1")
    assert "has been changed" in await says(desk, "pao", "1")
    told = await says(desk, "thuong", "tong hop 11/2026")
    assert "1 on time, 0 late" in told
    desk.clock.now += timedelta(days=6)
    assert "is locked" in await says(desk, "pao", "sua 1")


async def test_at_night_the_chair_is_not_written_to_and_a_correction_makes_it_needless(desk: Stage) -> None:
    """The message waits for the morning, and is gone if the report was changed before."""
    desk.clock.now = datetime(2026, 11, 10, 22, tzinfo=ZONE)
    name = await name_of(desk)
    await says(desk, "mai", f"/tralai {name} 1.0 attendees")
    said = await desk.gets(desk.text("mai", "1"))
    assert {address.chat for address, _message in said} == {"mai"}
    for words in ("sua 1", "20", "1"):
        await says(desk, "pao", words)
    desk.clock.now = datetime(2026, 11, 11, 7, tzinfo=ZONE)
    assert await desk.ticks() == []


async def test_a_list_that_changed_is_not_accepted(desk: Stage) -> None:
    """Accepting many is about the reports that were shown."""
    await desk.person("Minh", Role.CHAIR, "TU-03", language="en")
    for words in DIALOGUE:
        await says(desk, "minh", words)
    await says(desk, "mai", "duyet")
    many = pressable(desk, "mai", "Accept the 2")
    for words in ("sua 1", "3", "20", "1"):
        await says(desk, "pao", words)
    assert "The list has changed" in await says(desk, "mai", many)
    assert await verdicts(desk) == []


async def test_other_areas_are_out_of_reach(desk: Stage) -> None:
    """Neither the queue nor any button's words lead to a report of another area."""
    name = await name_of(desk)
    assert "No report waits" in await says(desk, "lan", "duyet")
    for command in (
        f"/xemlai {name}",
        f"/nhan {name} 1.0",
        f"/tralai {name} 1.0 attendees",
        f"/ghichu {name}",
        "/xemlai TU-01 1",
    ):
        assert "There is no such report in your area" in await says(desk, "lan", command)
    assert "no longer there" in await says(desk, "lan", f"/quatrinh {name}")
    assert "No report waits" in await says(desk, "lan", f"/duyet u={name.split('.')[1]}")
    assert await verdicts(desk) == []


async def test_who_may_accept_is_what_the_office_decided(desk: Stage) -> None:
    """Where the province accepts, the area looks, comments and sends back; the chair sees that the report waits."""
    steps = {"*": Step(required=True, tier="ldld_tinh")}
    desk.inbox.house = replace(desk.inbox.house, acceptance=Acceptance(steps))
    assert "waiting to be accepted" in await says(desk, "pao", "xem 1")
    await says(desk, "mai", "xem lai TU-01 1")
    assert desk.last["mai"].buttons[0].label == "Send back"
    assert "no longer in use" in await says(desk, "mai", f"/nhan {await name_of(desk)} 1.0")
    await says(desk, "thuong", "xem lai TU-01 1")
    await says(desk, "thuong", pressable(desk, "thuong", "Accept"))
    assert "· accepted" in await says(desk, "pao", "xem 1")
