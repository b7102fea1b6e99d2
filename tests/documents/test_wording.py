"""What an office writes itself enters its reports, and nothing that could name anybody is laid before it."""

from __future__ import annotations

from collections.abc import AsyncIterator
from pathlib import Path
from typing import Any

import pytest

import handlers
from bot.documents.gathering import Area
from bot.documents.official import Paper, official
from bot.documents.order import OFFICIAL, THEMATIC
from bot.documents.parts import PARTS, wanting
from bot.forms.fields import Sensitivity, TextField
from bot.records import Role
from handlers.papers import desk_of
from storage.migrate import migrate
from tests.stage import Stage, stage

OPEN = {Sensitivity.PLAIN, Sensitivity.INTERNAL}


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """An officer of a commune in which one dialogue was reported."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as ready:
        chat = await ready.person("Páo", Role.CHAIR, "TU-01")
        for words in ("doi thoai", "1; 9/11; 18; 13; 3; 1", "0", "1"):
            await ready.gets(ready.text(chat, words))
        await ready.person("Mai", Role.AREA_OFFICER, "TU")
        yield ready


async def _filled(on_stage: Stage, **words: str) -> dict[str, Any]:
    house = on_stage.house
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code("TU")
        assert unit is not None
        area = Area(desk_of(house, on_stage.clock.now), reads, [unit], house.calendar.at("2026-11"))
        await area.load()
        return await official(area, house.voice(None), Paper(Path("none.docx"), words=words))


def test_what_is_laid_before_officers_names_nobody() -> None:
    """Every answer that is quoted exists, is in free words, and is neither sensitive nor personal."""
    forms = {form.name: form for form in handlers.FORMS}
    for part in PARTS.values():
        for form, code in part.quoted:
            field = forms[form].by_code[code]
            assert isinstance(field, TextField), (form, code)
            assert field.sensitive in OPEN, (form, code)


async def test_the_words_of_the_office_stand_below_the_sentences(on_stage: Stage) -> None:
    """Each paragraph for itself; where the program tells nothing they take the place of the mark."""
    before = await _filled(on_stage)
    after = await _filled(on_stage, dai_dien="Đoạn một.\n\n  Đoạn hai: <b>&amp;\x07", uu_diem="Tốt.", thi_dua="Có.")
    assert after["dai_dien"] == [*before["dai_dien"], "Đoạn một.", "Đoạn hai: <b>&amp;"]
    assert len(before["dai_dien"]) == 1
    assert after["uu_diem"] == ["Tốt."]
    assert after["thi_dua"] == ["Có."]
    assert before["uu_diem"] == after["han_che"] == ["[Phần này do cán bộ biên soạn]"]


def test_what_lacks_words_is_known() -> None:
    """Parts that the program writes itself lack nothing; each document has its own."""
    both = {"tu_tuong", "uu_diem", "han_che", "nguyen_nhan", "phuong_huong", "kien_nghi"}
    assert {one.code for one in wanting(OFFICIAL, {})} == both
    assert {one.code for one in wanting(THEMATIC, {"uu_diem": "Tốt.", "han_che": " "})} == both - {"uu_diem"} | {
        "chi_dao"
    }


async def test_what_was_typed_in_the_chat_is_kept_by_versions(on_stage: Stage) -> None:
    """Adding keeps what was there; too much is told, and nothing is lost."""
    unit = await _unit(on_stage)
    for words in ("loi van", "6", "1", "Đoạn một.", "1", f"/loivan 2026-11 u{unit} dai_dien t", "Đoạn hai.", "1"):
        await on_stage.gets(on_stage.text("mai", words))
    for _time in range(6):
        for words in (f"/loivan 2026-11 u{unit} dai_dien t", "Dài quá. " * 440, "1"):
            said = await on_stage.gets(on_stage.text("mai", words))
    assert "20.000" in said[0][1].text
    async with on_stage.store.reading() as reads:
        (kept,) = await reads.wordings([unit], "2026-11")
    assert kept.text.startswith("Đoạn một.\nĐoạn hai.\nDài quá.")
    assert (kept.version, kept.person) == (7, "p-mai")
    assert len(kept.text) <= 20_000


async def _unit(on_stage: Stage) -> int:
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code("TU")
    assert unit is not None
    return unit.id
