"""What a chair does on a phone, from the link to the report, in a real browser."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from playwright.async_api import Browser, expect

from bot.records import Role
from tests.browser.conftest import Visitor, visit
from tests.webhouse import WebHouse, chat_of, until

PIXEL = bytes.fromhex(
    "89504e470d0a1a0a0000000d49484452000000010000000108060000001f15c4890000000d49444154789c6360f8cf500f0003860180"
    "5a347a6b0000000049454e44ae426082"
)


async def test_registering_by_a_link(house: WebHouse, browser: Browser) -> None:
    """The link opens the conversation, its code is gone from the address, and the menu follows."""
    visitor = await visit(house, browser)
    await visitor.open(await house.invite("K7MP4QTR"))
    await visitor.hears("CĐCS Chè Than Uyên")
    assert visitor.page.url == f"{house.base}/vao"
    await visitor.presses("Có", "xưng hô")
    await visitor.presses("Chị", "tên là gì")
    await visitor.types("Thương", "theo số nào")
    await visitor.types("0", "Hôm nay chị Thương báo gì")
    assert not await visitor.page.get_by_text("K7MP").count()
    assert visitor.errors == []


async def test_a_code_that_is_typed(house: WebHouse, browser: Browser) -> None:
    """Without a link there is a place for the code; a wrong one is explained, a right one opens."""
    await house.invite("K7MP4QTR")
    visitor = await visit(house, browser)
    await visitor.open()
    await expect(visitor.page.locator("#code")).to_be_focused()
    await visitor.page.keyboard.type("aaaa-aaaa")
    await visitor.page.keyboard.press("Enter")
    await expect(visitor.page.locator("#entry-said")).to_contain_text("Mã này")
    await visitor.page.locator("#code").fill("k7mp-4qtr")
    await visitor.page.keyboard.press("Enter")
    await visitor.hears("CĐCS Chè Than Uyên")


async def test_a_dialogue_by_buttons(house: WebHouse, chair: Visitor) -> None:
    """Buttons alone, but for the numbers."""
    await chair.page.locator("#begin-now").click()
    await chair.hears("Hôm nay anh Páo báo gì")
    await chair.presses("Đối thoại", "thuộc loại nào")
    await chair.presses("Định kỳ", "ngày nào")
    await chair.presses("Hôm qua", "bao nhiêu người")
    await chair.types("45", "nội dung nào")
    await chair.presses("Tiền lương", "nội dung nào")
    await expect(chair.page.locator(".line:not(.old) .choice").filter(has_text="✓ Tiền lương")).to_be_visible()
    await chair.presses("Xong", "ý kiến")
    await chair.types("0", "bổ sung")
    await chair.presses("thế là đủ", "Số người dự: 45")
    await chair.presses("Gửi", "Đã nhận báo cáo BC1")
    assert [report.form for report in await house.reports()] == ["dialogue"]


async def test_correcting_a_report(house: WebHouse, chair: Visitor) -> None:
    """What was filed is corrected by its number, and the second version counts."""
    await chair.answers("doi thoai", "1", "hôm qua", "18", "1", "0", "0")
    await chair.presses("Gửi", "Đã nhận báo cáo BC1")
    await chair.answers("sua 1")
    await chair.presses("Số người dự", "Đang ghi: 18")
    await chair.types("20", "18 người → 20 người")
    await chair.presses("Gửi", "Đã sửa báo cáo BC1")
    (report,) = await house.reports()
    assert (report.version, report.answers["attendees"]) == (2, 20)


async def test_propaganda_by_digits(house: WebHouse, chair: Visitor) -> None:
    """The quick digits under the thumb, and the numbers asked for, are enough."""
    await chair.answers("menu")
    await chair.digits("3", "1", "1", "9", "1", "9")
    await chair.answers("2", "45")
    await chair.digits("0")
    await chair.digit("1", "Đã nhận báo cáo BC1")
    assert [report.form for report in await house.reports()] == ["propaganda"]


async def test_membership_by_typing(house: WebHouse, chair: Visitor) -> None:
    """The third kind, in typed words and digits."""
    await chair.answers("ket nap", "hôm qua", "4", "3", "0", "1", "1", "0")
    await chair.types("1", "Đã nhận báo cáo BC1")
    assert [report.form for report in await house.reports()] == ["membership"]


async def test_a_photo(house: WebHouse, chair: Visitor, tmp_path: Path) -> None:
    """A photo is shown while it goes, is fetched into the report's files, and can be seen again."""
    photo = tmp_path / "hội nghị.png"
    photo.write_bytes(PIXEL)
    await chair.answers("doi thoai", "1", "hôm qua", "18", "1", "0", "0")
    await chair.page.locator("#files").set_input_files(photo)
    await expect(chair.page.locator(".line.own img")).to_be_visible()
    await expect(chair.page.locator(".line.own").last.locator(".mark")).to_have_text("✓")

    def kept() -> bool:
        folder = house.app.settings.files.folder
        return folder.exists() and any(folder.iterdir())

    await until(kept)
    await chair.page.reload()
    image = chair.page.locator(".line.own img")
    await expect(image).to_be_visible()
    assert await image.evaluate("async (image) => (await image.decode(), image.naturalWidth)") == 1


async def test_what_cannot_be_sent_says_why(chair: Visitor, tmp_path: Path) -> None:
    """A file of another type is refused by the server, with a reason at the message itself."""
    bad = tmp_path / "virus.jpg"
    bad.write_bytes(b"MZ not a photo")
    await chair.types("menu", "báo gì")
    await chair.page.locator("#files").set_input_files(bad)
    await expect(chair.page.get_by_role("alert").filter(has_text="Chỉ gửi được ảnh")).to_be_visible()
    await chair.page.get_by_role("button", name="Bỏ", exact=True).click()
    await expect(chair.page.get_by_text("virus.jpg")).to_have_count(0)


@pytest.mark.parametrize(("language", "menu"), [("vi", "Hôm nay anh Páo báo gì"), ("en", "What shall be reported")])
async def test_both_languages(house: WebHouse, browser: Browser, language: str, menu: str) -> None:
    """Page and assistant speak the person's language, whatever the browser's is."""
    chat = await house.person("Páo", language=language)
    visitor = await visit(house, browser, chat, locale="fr-FR")
    await visitor.open()
    label = {"vi": "Nhắn tin", "en": "Message"}[language]
    await expect(visitor.page.get_by_label(label, exact=True)).to_be_visible()
    await visitor.types("menu", menu)
    assert await visitor.page.locator("html").get_attribute("lang") == language


async def test_an_officer_reads_the_digest(house: WebHouse, browser: Browser) -> None:
    """The page serves officers as well."""
    visitor = await visit(house, browser, await house.person("Mai", Role.AREA_OFFICER, "TU"), viewport=None)
    await visitor.open()
    await visitor.page.locator("#begin-now").click()
    await visitor.presses("Tổng hợp", re.compile("đơn vị đã nộp"))


async def test_what_people_write_is_text(house: WebHouse, chair: Visitor) -> None:
    """Markup that somebody writes is shown as it was written, and does nothing."""
    script = "<img src=x onerror=\"document.title='hacked'\"><script>document.title='hacked'</script>"
    await chair.types(script)
    await expect(chair.own("<img src=x")).to_be_visible()
    await house.say(chat_of("Páo"), script)
    await chair.hears("<img src=x")
    assert await chair.page.locator("#lines img").count() == 0
    assert "hacked" not in await chair.page.title()
