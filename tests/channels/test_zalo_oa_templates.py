"""What is said to people whom an Official Account may not write to freely: approved templates, strictly checked."""

from __future__ import annotations

from collections.abc import AsyncIterator, Mapping
from contextlib import AsyncExitStack
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.channels.zalo_oa import ZaloOaChannel
from bot.channels.zalo_oa_api import OutsideWindow
from bot.channels.zalo_oa_templates import NotPaid, OaTemplate, abroad
from bot.effects import LinkAddress, NewPerson
from bot.messages import Address, ByDay, Elsewhere, Message, SendFailure, Template
from bot.ports import Toll, Window
from bot.records import Person
from storage.store import SqlStore
from tests.channels.conftest import NOWHERE
from tests.channels.official import Watch, account_at, kept_in
from tests.fake_zalo import FakeOa

REMINDER = Message(
    "Nhắc", template=Template("reminder", (("unit", "CĐCS Chè"), ("period", "tháng 11"), ("due", "15/11")))
)
APPROVED = {"reminder": OaTemplate("231677", 300, {"ten": "name", "don_vi": "unit", "ky": "period", "han": "due"})}


class Told:
    """An account with one approved template, and a chair who was silent for eight days."""

    def __init__(self, fake: FakeOa, channel: ZaloOaChannel, store: SqlStore, watch: Watch) -> None:
        self.fake, self.channel, self.store, self.watch = fake, channel, store, watch
        fake.approved.templates["231677"] = {"ten", "don_vi", "ky", "han"}
        fake.approved.phones.add("84912345678")

    async def chair(self, phone: str = "0912 345 678") -> None:
        """Let her register, and fall silent."""
        at = self.watch()
        person = Person("p-1", "Hoa", phone=phone)
        async with self.store.batch() as batch:
            await batch.write([NewPerson(person), LinkAddress(Address("zalo_oa", "u-7"), "p-1", at)])
        self.fake.user().acted = at
        self.watch.now = at + timedelta(days=8)

    async def says(self, message: Message = REMINDER) -> str:
        return await self.channel.send("u-7", message)


async def opened(folder: Path, stack: AsyncExitStack, approved: Mapping[str, OaTemplate]) -> Told:
    watch = Watch()
    watch.now = datetime(2026, 11, 4, 3, tzinfo=UTC)
    fake = await stack.enter_async_context(FakeOa(watch))
    store = await stack.enter_async_context(kept_in(folder))
    channel = ZaloOaChannel(account_at(fake, templates=approved, price=55), store, NOWHERE, watch)
    stack.push_async_callback(channel.close)
    await channel.start()
    return Told(fake, channel, store, watch)


@pytest.fixture
async def told(tmp_path: Path) -> AsyncIterator[Told]:
    async with AsyncExitStack() as stack:
        yield await opened(tmp_path, stack, APPROVED)


async def test_a_reminder_after_the_window_goes_as_its_template(told: Told) -> None:
    """To the telephone of the person, with the parameters that the settings name; what is said freely is not tried."""
    await told.chair()
    assert await told.says() == "zns1"
    (call,) = told.fake.approved.sent
    assert (call["phone"], call["template_id"]) == ("84912345678", "231677")
    assert call["template_data"] == {"ten": "Hoa", "don_vi": "CĐCS Chè", "ky": "tháng 11", "han": "15/11"}
    assert told.fake.user().inbox == []


async def test_what_a_message_takes_depends_on_how_long_somebody_was_silent(told: Told) -> None:
    """Nothing for two days, then each part its price, then one template, where there is one."""
    long = replace(REMINDER, text="Câu này dài. " * 200)
    silences = [timedelta(days=n) for n in (1, 3, 8)]
    assert [told.channel.toll(long, silence) for silence in silences] == [Toll(2, 0), Toll(2, 110), Toll(1, 300)]
    assert told.channel.toll(replace(long, template=None), silences[2]) == Toll(1, 0)


async def test_within_the_window_it_is_said_freely(told: Told) -> None:
    """No template is paid for where the words themselves may be said."""
    await told.chair()
    told.watch.now -= timedelta(days=2)
    await told.says()
    assert (told.fake.user().inbox, told.fake.approved.sent) == (["Nhắc"], [])


async def test_what_has_no_template_is_for_another_channel(told: Told) -> None:
    """Nothing stands in for a digest: it is not sent this way."""
    await told.chair()
    with pytest.raises(OutsideWindow):
        await told.says(Message("Tổng hợp"))
    assert told.fake.approved.sent == []


async def test_without_a_mapping_nothing_is_sent_as_a_template(tmp_path: Path) -> None:
    """What the settings do not name is not sent."""
    async with AsyncExitStack() as stack:
        told = await opened(tmp_path, stack, {})
        await told.chair()
        with pytest.raises(OutsideWindow):
            await told.says()


async def test_without_a_telephone_there_is_no_template(told: Told) -> None:
    """The telephone may be left out at registration: then another channel has to do."""
    await told.chair(phone="")
    with pytest.raises(Elsewhere, match="telephone"):
        await told.says()


@pytest.mark.parametrize(("hour", "wait"), [(15, 8), (22, 1)])
async def test_at_night_a_template_waits_for_six(told: Told, hour: int, wait: int) -> None:
    """It alone: an answer in the same chat does not wait for it."""
    await told.chair()
    told.watch.now = told.watch.now.replace(hour=hour)
    with pytest.raises(ByDay) as night:
        await told.says()
    assert night.value.after == wait * 3600
    told.fake.user().acted = told.watch.now
    assert await told.says()


@pytest.mark.parametrize("code", [-118, -114, -139])
async def test_who_cannot_get_one_is_reached_elsewhere(told: Told, code: int) -> None:
    """No Zalo at this number, or its owner wants none: somebody else has to tell them."""
    await told.chair()
    told.fake.approved.refuses.append(code)
    with pytest.raises(Elsewhere, match=str(code)):
        await told.says()


async def test_an_empty_purse_stops_templates_alone(told: Told) -> None:
    """The operator sees it; what is free goes on."""
    await told.chair()
    told.fake.approved.money = 0
    with pytest.raises(NotPaid):
        await told.says()
    assert "no more templates" in told.channel.trouble
    told.fake.user().acted = told.watch.now
    assert await told.says(Message("Chào"))
    told.fake.approved.money = 10_000
    told.watch.now += timedelta(days=8)
    await told.says()
    assert told.channel.trouble == ""


async def test_keys_that_died_are_renewed_for_templates_too(told: Told) -> None:
    """The other host refuses a dead key with a code of its own."""
    await told.chair()
    told.fake.access = "taken back"
    assert await told.says() == "zns1"


async def test_a_wrong_template_is_refused_for_good(told: Told) -> None:
    """A mapping that Zalo does not know is for the operator to mend."""
    await told.chair()
    told.fake.approved.templates.clear()
    with pytest.raises(SendFailure, match="-109"):
        await told.says()


@pytest.mark.parametrize(
    ("typed", "called"),
    [("0912 345 678", "84912345678"), ("+84 912.345.678", "84912345678"), ("123", ""), ("", "")],
)
def test_telephones_as_zalo_wants_them(typed: str, called: str) -> None:
    """However they were typed."""
    assert abroad(typed) == called


def test_what_a_window_costs() -> None:
    """Free for two days, then at a price until the seventh; then by template or not at all."""
    window = Window(timedelta(hours=48), timedelta(days=7), 55, {"reminder": 300})
    days = [window.price_after(timedelta(days=n), "reminder") for n in (0, 2, 3, 7, 8)]
    assert days == [0, 0, 55, 55, 300]
    assert window.price_after(timedelta(days=8), "notice") is None
