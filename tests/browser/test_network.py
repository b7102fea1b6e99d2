"""A weak network, closed tabs, long histories: what a phone in the mountains goes through."""

from __future__ import annotations

import re

from playwright.async_api import APIResponse, Browser, Route, expect

from bot.effects import AddressState
from tests.browser.conftest import Visitor
from tests.webhouse import WebHouse, chat_of

CHAIR = chat_of("Páo")


async def test_losing_the_network_in_mid_answer(house: WebHouse, chair: Visitor) -> None:
    """What is typed without a network waits, is shown as waiting, and goes once when it is back, in order."""
    await chair.types("doi thoai", "thuộc loại nào")
    await chair.context.set_offline(True)
    await expect(chair.page.locator("#state")).to_contain_text("Mất mạng")
    for text in ("1", "hôm qua", "45"):
        await chair.types(text)
    await expect(chair.page.locator(".line.own.waiting")).to_have_count(3)
    await chair.context.set_offline(False)
    await chair.hears("nội dung nào")
    await expect(chair.page.locator(".line.own.waiting")).to_have_count(0)
    texts = await chair.page.locator(".line.own .words").all_text_contents()
    assert texts == ["doi thoai", "1", "hôm qua", "45"]


async def test_what_waits_survives_a_closed_tab(house: WebHouse, chair: Visitor) -> None:
    """The queue lies on the device: another tab sends what the closed one could not."""
    await chair.types("doi thoai", "thuộc loại nào")
    await chair.context.set_offline(True)
    await chair.types("1")
    await expect(chair.page.locator(".line.own.waiting")).to_have_count(1)
    await chair.page.close()
    await chair.context.set_offline(False)
    chair.page = await chair.context.new_page()
    await chair.open()
    await chair.hears("ngày nào")
    assert await chair.page.locator(".line.own .words").all_text_contents() == ["doi thoai", "1"]


async def test_an_answer_that_is_lost_is_not_said_twice(house: WebHouse, chair: Visitor) -> None:
    """The server took it, the page never heard: it sends again, and the server knows it by its id."""
    lost: list[APIResponse] = []

    async def lose(route: Route) -> None:
        if lost:
            await route.continue_()
            return
        lost.append(await route.fetch())
        await route.abort()

    await chair.page.route("**/chat/say", lose)
    await chair.types("menu", "báo gì")
    await expect(chair.own("menu").locator(".mark")).to_have_text("✓")
    await expect(chair.page.locator(".line")).to_have_count(2)
    assert len(lost) == 1


async def test_reloading_in_the_middle_of_a_form(chair: Visitor) -> None:
    """The question, its choices and the half-typed answer are there again."""
    await chair.types("doi thoai", "thuộc loại nào")
    await chair.presses("Định kỳ", "ngày nào")
    await chair.page.locator("#text").fill("hôm q")
    await chair.page.reload()
    await chair.hears("ngày nào")
    await expect(chair.page.locator("#text")).to_have_value("hôm q")
    await chair.types("hôm qua", "bao nhiêu người")


async def test_two_tabs_at_once(chair: Visitor) -> None:
    """Both show the same, whichever is typed into, and each line once."""
    other = Visitor(chair.house, chair.context, await chair.context.new_page())
    await other.open()
    await chair.types("menu", "báo gì")
    await other.hears("báo gì")
    await other.types("doi thoai", "thuộc loại nào")
    await chair.hears("thuộc loại nào")
    for tab in (chair, other):
        await expect(tab.page.locator(".line")).to_have_count(4)


async def test_a_session_that_ended(house: WebHouse, chair: Visitor) -> None:
    """Whoever is logged out elsewhere is told so at once, sees nothing more, and comes back by a code."""
    await chair.types("menu", "báo gì")
    await house.write(AddressState(house.page_address("Páo"), "unlinked"))
    house.page._desk.ears.wake_all()
    await expect(chair.page.locator("#entry-said")).to_contain_text("đã kết thúc")
    await expect(chair.page.locator("#chat")).to_be_hidden()
    await house.invite("K7MP4QTR", unit="TU-02")
    await chair.page.locator("#code").fill("K7MP4QTR")
    await chair.page.keyboard.press("Enter")
    await chair.hears("xem hoặc xóa")


async def test_logging_out(chair: Visitor) -> None:
    """It is asked again, and then nothing of the conversation is left on the page or the device."""
    await chair.types("menu", "báo gì")
    await chair.page.get_by_label("Thêm", exact=True).click()
    await chair.page.get_by_role("button", name="Đăng xuất", exact=True).click()
    await chair.page.get_by_role("dialog").get_by_role("button", name="Đăng xuất").click()
    await expect(chair.page.locator("#code")).to_be_focused()
    assert await chair.page.locator(".line").count() == 0
    await chair.page.reload()
    await expect(chair.page.locator("#code")).to_be_focused()


async def test_five_hundred_messages(house: WebHouse, chair: Visitor) -> None:
    """A long history opens at its end; scrolling up brings the rest, and the place is kept."""
    for number in range(500):
        await house.say(CHAIR, f"Tin số {number}.")
    await expect(chair.said("Tin số 499.")).to_be_in_viewport()  # read to the end, so the page opens there again
    await chair.page.reload()
    await expect(chair.said("Tin số 499.")).to_be_in_viewport()
    box = chair.page.locator("#scroll")
    for _page in range(20):
        await box.evaluate("(box) => { box.scrollTop = 0; }")
        if await chair.page.locator(".line").count() == 500:
            break
        await chair.page.wait_for_timeout(100)
    await expect(chair.page.locator(".line")).to_have_count(500)
    texts = await chair.page.locator(".line .words").all_text_contents()
    assert texts == [f"Tin số {number}." for number in range(500)]
    await expect(chair.page.locator("#edge")).to_have_text("Tin nhắn hiện trong 30 ngày.")


async def test_what_is_new_is_marked(house: WebHouse, chair: Visitor) -> None:
    """Whoever reads further up sees how many came, and a line stands before the first of them."""
    for number in range(40):
        await house.say(CHAIR, f"Tin số {number}.")
    await chair.hears("Tin số 39.")
    await chair.page.locator("#scroll").evaluate("(box) => { box.scrollTop = 0; }")
    await expect(chair.page.locator("#down")).to_be_visible()
    await house.say(CHAIR, "Nhắc hạn báo cáo")
    await expect(chair.page.locator("#unread")).to_have_text("1")
    await expect(chair.page.locator(".new")).to_have_text("Tin mới")
    assert (await chair.page.title()).startswith("(1)")
    await chair.page.locator("#down").click()
    await expect(chair.said("Nhắc hạn báo cáo")).to_be_in_viewport()
    await expect(chair.page.locator("#down")).to_be_hidden()


async def test_what_came_while_away_is_marked(house: WebHouse, browser: Browser, chair: Visitor) -> None:
    """After days away, the page opens at the first message that was not read."""
    await chair.types("menu", "báo gì")
    await chair.open("about:blank")
    await house.say(CHAIR, "Nhắc hạn báo cáo")
    await chair.open()
    await chair.hears("Nhắc hạn báo cáo")
    await expect(chair.page.locator(".new + .day + .line, .new + .line").first).to_contain_text("Nhắc hạn")


async def test_the_server_goes_away_and_comes_back(house: WebHouse, chair: Visitor) -> None:
    """While nothing answers the page says so and tries again; then everything is there."""
    await chair.types("menu", "báo gì")
    await chair.page.route("**/chat/*", lambda route: route.abort())
    house.page._desk.ears.close()
    await expect(chair.page.locator("#state")).to_contain_text("Chưa nối được")
    await house.say(CHAIR, "Nói lúc vắng")
    house.page._desk.ears.closing = False
    await chair.page.unroute_all()
    await chair.hears("Nói lúc vắng")
    await expect(chair.page.locator("#state")).to_have_text(re.compile("Đã kết nối"))


async def test_opening_without_a_network(chair: Visitor) -> None:
    """The page itself is kept on the device: it opens, takes what is typed, shows what waits, and sends it later."""
    await chair.types("doi thoai", "thuộc loại nào")
    await chair.page.evaluate("navigator.serviceWorker.ready.then(() => true)")
    await chair.context.set_offline(True)
    await chair.types("1")
    await chair.page.reload()
    await expect(chair.page.locator("#state")).to_contain_text("Mất mạng")
    await expect(chair.page.locator(".line.own.waiting .words")).to_have_text("1")
    await chair.types("hôm qua")
    await expect(chair.page.locator(".line.own.waiting")).to_have_count(2)
    await chair.context.set_offline(False)
    await chair.hears("bao nhiêu người")
    assert await chair.page.locator(".line.own .words").all_text_contents() == ["doi thoai", "1", "hôm qua"]
