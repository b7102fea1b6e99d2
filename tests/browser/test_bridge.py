"""A chair on Zalo opens a link on a slow phone: a photo, a broken connection, a long list, a link that is over."""

from __future__ import annotations

import asyncio
import io
import random
from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest
from PIL import Image
from playwright.async_api import Browser, CDPSession, FilePayload, expect

from bot.cli.importing import import_units
from bot.effects import GrantRole
from bot.records import Role
from tests.browser.conftest import Visitor, visit
from tests.fake_telegram.users import JPEG
from tests.webhouse import SINCE
from tests.zalohouse import ZaloHouse, link_in, zalo_house

NARROW = {"width": 360, "height": 740}
SLOW = {"offline": False, "latency": 400, "downloadThroughput": 50_000, "uploadThroughput": 50_000}
MINUTE = 60_000


@pytest.fixture
async def zalo(tmp_path: Path, template: Path) -> AsyncIterator[ZaloHouse]:
    async with zalo_house(tmp_path, template) as house:
        yield house


@pytest.fixture
async def phone(zalo: ZaloHouse, browser: Browser) -> AsyncIterator[Visitor]:
    """The chair's phone: it was never here before, and has no session."""
    visitor = await visit(zalo.web, browser, viewport=NARROW)
    yield visitor
    assert visitor.errors == []


def photo() -> FilePayload:
    """Make a photo of some 3 MB, as phones take them."""
    small = Image.frombytes("RGB", (320, 240), random.Random(1).randbytes(320 * 240 * 3))
    data = io.BytesIO()
    small.resize((4000, 3000), Image.Resampling.BICUBIC).save(data, "JPEG", quality=93)
    return {"name": "IMG_20261112_093000.jpg", "mimeType": "image/jpeg", "buffer": data.getvalue()}


def small(name: str) -> FilePayload:
    return {"name": name, "mimeType": "image/jpeg", "buffer": JPEG}


async def until_moved(phone: Visitor) -> None:
    """Wait until a tenth of the first file has left the phone."""
    bar = phone.page.locator("#sending progress").first
    async with asyncio.timeout(60):
        while await bar.evaluate("(bar) => bar.value") < 0.1:
            await phone.page.wait_for_timeout(50)


async def network(phone: Visitor) -> CDPSession:
    line = await phone.context.new_cdp_session(phone.page)
    await line.send("Network.enable")
    return line


async def test_a_photo_on_a_slow_network_that_breaks(zalo: ZaloHouse, phone: Visitor) -> None:
    """Three megabytes at 50 kB a second: made smaller, seen to move, broken off, sent again, there once."""
    taken = photo()
    assert 2_500_000 < len(taken["buffer"]) < 5_000_000
    line = await network(phone)
    await line.send("Network.emulateNetworkConditions", SLOW)
    await phone.open(await zalo.at_the_photos())
    await expect(phone.page.locator("#text")).to_contain_text("ảnh cuộc đối thoại", timeout=MINUTE)
    await phone.page.locator("#files").set_input_files([taken])
    bar = phone.page.locator("#sending progress")
    await expect(bar).to_be_visible(timeout=MINUTE)
    await until_moved(phone)
    zalo.line.cut()
    await expect(phone.page.locator("#sending")).to_contain_text("Mất mạng", timeout=MINUTE)
    zalo.line.mend()
    await expect(phone.page.locator("#sending .sent")).to_have_count(1, timeout=2 * MINUTE)
    await expect(phone.page.locator("#room")).to_have_text("Đã gửi 1/3.")
    await zalo.chair.hears("Đã nhận 1 ảnh", 30)
    assert "Ảnh: 1" in await zalo.says("1")
    assert await phone.width() <= NARROW["width"]


async def test_an_answer_that_is_lost_is_not_counted_twice(zalo: ZaloHouse, phone: Visitor) -> None:
    """The server took the photo, the page never heard; and a page that was closed goes on where it was."""
    await phone.open(await zalo.at_the_photos())
    lost: list[int] = []

    async def lose(route: Any) -> None:
        if lost:
            await route.continue_()
            return
        lost.append((await route.fetch()).status)
        await route.abort()

    await phone.page.route("**/mo/tep?*", lose)
    await phone.page.locator("#files").set_input_files([small("a.jpg")])
    await expect(phone.page.locator("#sending .sent")).to_have_count(1)
    assert lost == [200]
    await phone.page.reload()
    await expect(phone.page.locator("#room")).to_have_text("Đã gửi 1/3.")


async def test_all_that_fits_has_come(zalo: ZaloHouse, phone: Visitor) -> None:
    """Then the page asks for no more, and says how to go on."""
    await phone.open(await zalo.at_the_photos())
    files = [small(f"{number}.jpg") for number in range(5)]
    await phone.page.locator("#files").set_input_files(files)
    await expect(phone.page.locator("#sending .sent")).to_have_count(3)
    await expect(phone.page.locator("#room")).to_contain_text("Đã nhận đủ 3")
    await expect(phone.page.locator("#add")).to_be_hidden()


async def test_picking_from_a_long_list(zalo: ZaloHouse, phone: Visitor) -> None:
    """A piece of a word, without diacritics, finds a choice; several are sent at once."""
    await phone.open(await zalo.at_a_long_list())
    choices = phone.page.locator("#choices .choice:visible")
    await expect(choices.nth(12)).to_be_visible()
    await phone.page.locator("#search").fill("nhom zalo")
    await expect(choices).to_have_count(1)
    await choices.first.click()
    await phone.page.locator("#search").fill("")
    await choices.first.click()
    await phone.page.locator("#send").click()
    await expect(phone.page.locator("#end-title")).to_have_text("Nhóm Zalo, Hội nghị, học tập quán triệt")
    await zalo.chair.hears("Về nội dung gì")


async def test_an_officer_opens_a_unit_from_the_whole_list(zalo: ZaloHouse, phone: Visitor) -> None:
    """On a slow line a list of all units is there at once, a piece of a name finds one, and Zalo shows its card."""
    listed = zalo.web.folder / "more.csv"
    rows = [
        f"TU-{10 + n},CĐCS Trường phổ thông dân tộc bán trú Bản {n:03},cdcs,TU,20,20,2025-07-01,\n" for n in range(300)
    ]
    listed.write_text(f"code,name,kind,parent,members,workers,valid_from,valid_to\n{''.join(rows)}", encoding="utf-8")
    assert not (await import_units(zalo.web.store, listed, dry_run=False)).refused
    async with zalo.web.store.reading() as reads:
        area = await reads.unit_by_code("TU")
    assert area is not None
    await zalo.web.write(GrantRole("p-Páo", area.id, Role.AREA_OFFICER, SINCE))
    await (await network(phone)).send("Network.emulateNetworkConditions", SLOW)
    await phone.open(link_in(await zalo.says("chua bao cao")))
    choices = phone.page.locator("#choices .choice:visible")
    await expect(choices).to_have_count(303)
    await phone.page.locator("#search").fill("ban 217")
    await expect(choices).to_have_count(1)
    await choices.first.click()
    await expect(phone.page.locator("#end-title")).to_contain_text("Bản 217")
    await zalo.chair.hears("Bản 217 (TU-227)")


async def test_a_link_that_is_over_is_told_kindly(zalo: ZaloHouse, phone: Visitor) -> None:
    """An answered question, and a link of which a piece is missing: what to do stands there, in the person's words."""
    link = await zalo.at_the_photos()
    await zalo.says("0")
    await phone.open(link)
    await expect(phone.page.locator("#end-text")).to_contain_text("quay lại cuộc trò chuyện")
    await expect(phone.page.locator("#upload")).to_be_hidden()
    await phone.open("about:blank")
    await phone.open(link[:-3].replace("lang=vi", "lang=en"))
    await expect(phone.page.locator("#end-text")).to_contain_text("type TIEP")
