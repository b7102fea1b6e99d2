"""For every screen, every hand and every eye: narrow phones, keyboards, screen readers, dark rooms."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.channels.web.site import Seat
from bot.records import Role
from tests.browser.conftest import Visitor, visit
from tests.webhouse import WebHouse, chat_of, web_house

LONG = "MộtTừRấtDàiKhôngCóDấuCáchNàoCảĐểXemTrangCóBịTrànRaNgoàiKhông" * 3


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_no_sideways_scrolling_at_320(house: WebHouse, browser: Browser, scheme: str) -> None:
    """On the narrowest phone everything fits, in a form, with a long word, and where one comes in."""
    chat = await house.person("Páo")
    small = {"width": 320, "height": 568}
    visitor = await visit(house, browser, chat, viewport=small, color_scheme=scheme)
    await visitor.open()
    await visitor.types("doi thoai", "thuộc loại nào")
    assert await visitor.width() <= 320
    await visitor.types(LONG)
    await house.say(chat, LONG)
    await visitor.hears(LONG)
    assert await visitor.width() <= 320
    stranger = await visit(house, browser, viewport=small, color_scheme=scheme)
    await stranger.open()
    await expect(stranger.page.locator("#code")).to_be_visible()
    assert await stranger.width() <= 320


async def test_keyboard_only(house: WebHouse, chair: Visitor) -> None:
    """From the first tab to a pressed choice, without a mouse, and the focus is always to be seen."""
    keys = chair.page.keyboard
    await chair.page.locator(".skip").focus()
    await expect(chair.page.locator(".skip")).to_be_in_viewport()
    await keys.press("Enter")
    await expect(chair.page.locator("#text")).to_be_focused()
    await keys.type("doi thoai")
    await keys.press("Enter")
    await chair.hears("thuộc loại nào")
    await expect(chair.page.locator("#text")).to_be_focused()
    for _tab in range(12):
        await keys.press("Shift+Tab")
        if "Định kỳ" in await chair.page.evaluate("document.activeElement.textContent"):
            break
    outline = await chair.page.evaluate("getComputedStyle(document.activeElement).outlineStyle")
    assert outline != "none"
    await keys.press("Enter")
    await chair.hears("ngày nào")
    await keys.press("Tab")
    assert "Hôm nay" in await chair.page.evaluate("document.activeElement.textContent")


async def test_screen_readers_hear_what_happens(chair: Visitor) -> None:
    """The conversation is a live log, states are announced, and everything to press has a name."""
    log = chair.page.get_by_role("log", name="Cuộc trò chuyện")
    await expect(log).to_have_attribute("aria-live", "polite")
    await chair.types("menu", "báo gì")
    await expect(chair.page.locator("#state")).to_have_attribute("role", "status")
    await expect(chair.said("báo gì")).to_contain_text("Trợ lý:")
    await expect(chair.own("menu")).to_contain_text("Tôi:")
    await expect(chair.own("menu")).to_contain_text("đã gửi")
    nameless = await chair.page.evaluate(
        """[...document.querySelectorAll("button, input, textarea, a, summary")].filter((one) =>
            !(one.getAttribute("aria-label") || one.labels?.[0]?.textContent || one.textContent).trim()).length"""
    )
    assert nameless == 0


@pytest.mark.parametrize("scheme", ["light", "dark"])
async def test_contrast(house: WebHouse, browser: Browser, scheme: str) -> None:
    """Text stands out from what is behind it by 4.5 to 1 at least, by day and by night."""
    visitor = await visit(house, browser, await house.person("Páo"), color_scheme=scheme)
    await visitor.open()
    await visitor.types("doi thoai", "thuộc loại nào")
    ratios = await visitor.page.evaluate(CONTRAST)
    assert ratios
    assert [found for found in ratios if found["ratio"] < 4.5] == []


async def test_fingers_find_what_they_press(chair: Visitor) -> None:
    """Choices, digits and the bar below are at least 40 pixels high."""
    await chair.types("menu", "báo gì")
    heights = await chair.page.evaluate(
        """[...document.querySelectorAll(".line:not(.old) .choice, #digits button, #send, summary, label.icon")]
            .map((one) => one.getBoundingClientRect().height)"""
    )
    assert min(heights) >= 40


async def test_the_demo_shows_three_people(tmp_path: Path, template: Path, browser: Browser) -> None:
    """Side by side on a wide screen, by tabs on a phone; what the chair reports the officer sees."""
    people = (("chair", "Páo", Role.CHAIR, "TU-01"), ("area_officer", "Mai", Role.AREA_OFFICER, "TU"))
    seats = tuple(Seat(name, name, chat_of(called)) for name, called, _role, _unit in people)
    async with web_house(tmp_path, template, seats=seats) as house:
        for _name, called, role, unit in people:
            await house.person(called, role, unit)
        wide = await visit(house, browser, viewport={"width": 1280, "height": 800})
        await wide.open()
        frames = [wide.page.frame_locator(f"#seat-{number} iframe") for number in range(2)]
        for frame in frames:
            await expect(frame.locator(".line:not(.own) .choice").first).to_be_visible()
        narrow = await visit(house, browser)
        await narrow.open()
        await expect(narrow.page.get_by_role("tab")).to_have_count(2)
        await narrow.page.get_by_role("tab").nth(1).click()
        await expect(narrow.page.locator("#seat-0")).to_be_hidden()
        await expect(narrow.page.locator("#seat-1")).to_be_visible()
        assert await narrow.width() <= 390


CONTRAST = """() => {
  const SHOWN = "h1, #state, .title, .words, .line:not(.own) .when, .choice span, #digits button, .day, .icon";
  const parse = (text) => (text.match(/[\\d.]+/g) ?? []).map(Number);
  const light = ([r, g, b]) => [r, g, b]
    .map((part) => part / 255)
    .map((part) => (part <= 0.03928 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4))
    .reduce((sum, part, at) => sum + part * [0.2126, 0.7152, 0.0722][at], 0);
  const behind = (one) => {
    for (let at = one; at; at = at.parentElement) {
      const colour = parse(getComputedStyle(at).backgroundColor);
      if (colour.length === 3 || colour[3] === 1) return colour;
    }
    return parse(getComputedStyle(document.body).backgroundColor);
  };
  const found = [];
  for (const one of document.querySelectorAll(SHOWN)) {
    if (!one.checkVisibility()) continue;
    const [text, back] = [light(parse(getComputedStyle(one).color)), light(behind(one))];
    const ratio = (Math.max(text, back) + 0.05) / (Math.min(text, back) + 0.05);
    found.push({ what: one.className || one.id || one.tagName, ratio });
  }
  return found;
}"""
