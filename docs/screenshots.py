"""Makes the pictures of the README: the demo on a wide screen, and a chair's phone by night.

python docs/screenshots.py      (writes docs/img/*.png; needs Chromium)
"""

from __future__ import annotations

import asyncio
import tempfile
from pathlib import Path

from playwright.async_api import Browser, FrameLocator, Page, async_playwright, expect

from bot.cli.channels import web_channel
from bot.cli.demo import demo_settings, fill, seats
from bot.cli.wiring import open_store, running

IMAGES = Path(__file__).with_name("img")
ARGUMENTS = ["--no-sandbox", "--disable-gpu", "--disable-background-networking"]
CHROMIUM = "/usr/bin/chromium"
REPORT = ("doi thoai", "1", "hôm qua", "45", "13", "3", "2", "0")


async def main() -> None:
    """Run the demo in a folder of its own and photograph it."""
    with tempfile.TemporaryDirectory() as folder:
        settings = demo_settings(Path(folder), port=0)
        async with open_store(settings) as store:
            await fill(store, settings)
            page = web_channel(settings, store, await seats(store))
            async with running(settings, store, {page.name: page}) as app, async_playwright() as playwright:
                serving = asyncio.create_task(app.serve())
                browser = await playwright.chromium.launch(executable_path=CHROMIUM, args=ARGUMENTS)
                await photograph(browser, f"http://127.0.0.1:{app.port}")
                await browser.close()
                serving.cancel()


async def photograph(browser: Browser, base: str) -> None:
    """Let a chair report and the officers look, then take the pictures."""
    options = {"locale": "vi-VN", "reduced_motion": "reduce"}
    wide = await browser.new_page(viewport={"width": 1280, "height": 800}, **options)  # type: ignore[arg-type]
    await wide.goto(base)
    chair, area, province = (wide.frame_locator(f"#seat-{number} iframe") for number in range(3))
    for frame in (chair, area, province):
        await expect(frame.locator(".choice").first).to_be_visible()
    for text in REPORT:
        await answer(chair, text)
    await press(chair, "Gửi")
    await press(area, "Tổng hợp")
    await press(province, "Đơn vị chưa báo cáo")
    await wide.screenshot(path=IMAGES / "demo.png")
    phone: Page = await browser.new_page(viewport={"width": 390, "height": 780}, color_scheme="dark", **options)  # type: ignore[arg-type]
    await phone.goto(f"{base}/demo/chair/")
    await expect(phone.locator(".line").last).to_be_visible()
    await phone.screenshot(path=IMAGES / "phone.png")


async def answer(frame: FrameLocator, text: str) -> None:
    """Type an answer and wait for the next question."""
    before = await frame.locator(".line:not(.own)").count()
    await frame.locator("#text").fill(text)
    await frame.locator("#text").press("Enter")
    await expect(frame.locator(".line:not(.own)")).to_have_count(before + 1)


async def press(frame: FrameLocator, label: str) -> None:
    """Press a choice and wait for what follows."""
    before = await frame.locator(".line:not(.own)").count()
    await frame.locator(".line:not(.old) .choice").filter(has_text=label).last.click()
    await expect(frame.locator(".line:not(.own)")).to_have_count(before + 1)


if __name__ == "__main__":
    asyncio.run(main())
