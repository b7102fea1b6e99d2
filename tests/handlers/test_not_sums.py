"""Figures of an area that are no sum of its units': averages weighted by people, and the largest value of all."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.documents.gathering import Area
from bot.documents.indicators import compared
from bot.documents.sheets import Row, each
from bot.documents.workbook import Book
from bot.records import Role
from handlers.papers import desk_of
from storage.migrate import migrate
from tests.stage import Stage, stage


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A commune with two chairs and its officer."""
    await migrate(f"sqlite+aiosqlite:///{tmp_path / 'template.db'}")
    async with stage(tmp_path, tmp_path / "template.db") as ready:
        await ready.person("Mai", Role.AREA_OFFICER, "TU")
        for name, unit in (("Páo", "TU-01"), ("Lan", "TU-02")):
            await ready.person(name, Role.CHAIR, unit)
        yield ready


async def says(on_stage: Stage, chat: str, *typed: str) -> str:
    """Type one message after the other; give the answer to the last."""
    said = ""
    for words in typed:
        answers = await on_stage.gets(on_stage.text(chat, words))
        said = "\n".join(message.text for address, message in answers if address.chat == chat)
    return said


async def area_of(on_stage: Stage, kind: str) -> tuple[dict[tuple[str, str], int | None], dict[str, list[object]]]:
    """Give what documents have of a kind: the sums of the commune, and the sums on its sheet by heading."""
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code("TU")
        assert unit is not None
        desk = desk_of(on_stage.house, on_stage.clock.now)
        area = Area(desk, reads, [unit], on_stage.house.calendar.at("2026-11"))
        await area.load()
        sums = await compared(desk, reads, area.roots, area.period)
        voice = on_stage.house.voice(None)
        title = voice.speak(on_stage.house.forms[kind].title)
        (sheet,) = [one async for one in Book(area, voice).sheets() if one.title == title]
        rows = [row.cells async for row in each(sheet.rows) if row.kind in {Row.SUM, Row.TOTAL}]
    heads = [head.words for head in sheet.heads]
    return {key[1:]: value for key, value in sums.now.items() if key[0] == kind}, {
        head: [row[at] for row in rows] for at, head in enumerate(heads)
    }


async def test_an_average_is_weighted_by_people(on_stage: Stage) -> None:
    """20 people at 25.000 đ and 10 at 31.000 đ make 27.000 đ, in the digest, on the sheet and in the document."""
    await says(on_stage, "páo", "thoa uoc", "1", "hom nay", "15", "20", "25k", "1")
    await says(on_stage, "lan", "thoa uoc", "1", "hom nay", "15", "10", "31k", "1")
    assert "· Ăn ca (bình quân): 27.000 đ (kỳ trước: –)" in await says(on_stage, "mai", "tong hop")
    sums, sheet = await area_of(on_stage, "bargaining")
    assert sums["shift_meal_value", ""] == 27_000
    assert sheet["Ăn ca (bình quân) (đồng)"] == [27_000, 27_000]
    assert sheet["Số lao động áp dụng (người)"] == [30, 30]


async def test_the_largest_follows_corrections(on_stage: Stage) -> None:
    """Wages owed for 3 months and for 2; when the 3 become 1, the 2 are the most."""
    for chat, months in (("páo", "3"), ("lan", "2")):
        await says(on_stage, chat, "no luong", "4", "8h hom nay", "10", "1", "1", "sua 1", "2", months, "1")
    assert "· Số tháng nợ (nhiều nhất): 3 tháng" in await says(on_stage, "mai", "tong hop")
    await says(on_stage, "páo", "sua 1", "0", "2")
    await says(on_stage, "páo", "so thang no", "1", "1")
    assert "· Số tháng nợ (nhiều nhất): 2 tháng" in await says(on_stage, "mai", "tong hop")
    sums, sheet = await area_of(on_stage, "incident")
    assert sums["months_owed", ""] == 2
    assert sheet["Số tháng nợ (nhiều nhất) (tháng)"] == [2, 2]
