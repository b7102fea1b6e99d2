"""Long lists of officers on a messenger without buttons: all of one stands on a page, and what is picked is opened."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest
from aiohttp import ClientSession

from bot.cli.importing import import_units
from bot.effects import EndRoles, GrantRole
from bot.records import Role
from tests.web.conftest import Browser
from tests.web.test_bridge import look, pick, ticket_of
from tests.webhouse import SINCE
from tests.zalohouse import ZaloHouse, link_in, zalo_house

MORE = 20  # unions than digits of two screens hold
HEAD = "code,name,kind,parent,members,workers,valid_from,valid_to\n"


@pytest.fixture
async def zalo(tmp_path: Path, template: Path) -> AsyncIterator[ZaloHouse]:
    """Páo is the officer of an area with more than twenty unions."""
    listed = tmp_path / "more.csv"
    rows = [f"TU-{10 + n},CĐCS Bản {n:02},cdcs,TU,20,20,2025-07-01,\n" for n in range(MORE)]
    listed.write_text(HEAD + "".join(rows), encoding="utf-8")
    async with zalo_house(tmp_path, template) as house:
        assert not (await import_units(house.web.store, listed, dry_run=False)).refused
        await house.web.write(GrantRole("p-Páo", await _area(house), Role.AREA_OFFICER, SINCE))
        yield house


@pytest.fixture
async def phone(zalo: ZaloHouse) -> AsyncIterator[Browser]:
    async with ClientSession() as session:
        yield Browser(zalo.web, session, zalo.base)


async def _area(house: ZaloHouse) -> int:
    async with house.web.store.reading() as reads:
        found = await reads.unit_by_code("TU")
    assert found is not None
    return found.id


@pytest.mark.parametrize("asked", ["chua bao cao", "don vi ban"])
async def test_a_list_of_units_is_picked_from_on_one_page(zalo: ZaloHouse, phone: Browser, asked: str) -> None:
    """The page shows what five screens of digits would, and the unit picked there is opened in Zalo."""
    said = await zalo.says(asked)
    assert "7. Xem thêm" in said
    ticket = ticket_of(link_in(said))
    shown = await (await look(phone, ticket)).json()
    assert (shown["purpose"], shown["several"]) == ("pick", False)
    assert "/mo?" not in shown["text"]
    assert len(shown["choices"]) >= MORE
    last = next(one for one in shown["choices"] if "Bản 19" in one["label"])
    answer = await pick(phone, ticket, last["data"])
    assert (answer.status, (await answer.json())["picked"]) == (200, last["label"])
    await zalo.chair.hears("CĐCS Bản 19 (TU-29)")
    assert (await look(phone, ticket)).status == 410


async def test_the_link_of_a_list_is_over_when_something_else_is_asked(zalo: ZaloHouse, phone: Browser) -> None:
    """What digits mean now and what the page picks for are the same."""
    ticket = ticket_of(link_in(await zalo.says("chua bao cao")))
    assert (await look(phone, ticket)).status == 200
    await zalo.says("tong hop")
    assert (await pick(phone, ticket, "/donvi TU-01")).status == 410


async def test_only_what_the_list_has_can_be_picked(zalo: ZaloHouse, phone: Browser) -> None:
    """A link to a list of units runs no other command."""
    ticket = ticket_of(link_in(await zalo.says("chua bao cao")))
    for data in ("/xuat", "/donvi LC", "/donvi TP-01"):
        assert (await pick(phone, ticket, data)).status == 400


async def test_whoever_is_no_officer_any_more_sees_no_list(zalo: ZaloHouse, phone: Browser) -> None:
    """The page shows what the person may see now, not when the link was made."""
    ticket = ticket_of(link_in(await zalo.says("chua bao cao")))
    await zalo.web.write(EndRoles(await _area(zalo), Role.AREA_OFFICER, "", SINCE))
    assert (await look(phone, ticket)).status == 410


async def test_a_short_list_and_the_menu_have_no_link(zalo: ZaloHouse) -> None:
    """Where two screens of digits are enough, a link would only be in the way."""
    assert "/mo?" not in await zalo.says("menu")
    assert "/mo?" not in await zalo.says("don vi che")
    assert "/mo?" not in await zalo.says("cua toi")
