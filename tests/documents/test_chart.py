"""Charts: drawn by a process of their own, from what was reported, in the words of whoever asked."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncIterator
from dataclasses import replace
from datetime import date
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from bot.documents.chart import LOOKS, Bar, Chart, Months, as_json, charts_from, draw
from bot.documents.charts import DrawChart, Seen, look
from bot.effects import Assign, FileReport, Speak
from bot.i18n import Voice, load_catalogues
from bot.records import Figure, Role, Submission, Target, Unit
from bot.reporting.targets import Progress
from storage.migrate import migrate
from tests.stage import MORNING, Stage, stage

VI = Voice(load_catalogues(Path(__file__).parents[2] / "locales")["vi"])
FULL = Chart(
    "Kết nạp mới đoàn viên · năm 2026",
    "LĐLĐ tỉnh Lai Châu: 150/200 · 75,0% · Chậm",
    (Bar("Một", "9/10 · 90,0% · Gần đạt", 0.9, "near"), Bar("Hai", "12/10", 1.2, "reached"), Bar("Ba", "", 0, "slow")),
    Months("Từng tháng", ("2026", "2025"), (4, -2, 1200), tuple(range(12)), "Tháng"),
    0.917,
    "cần 91,7%",
)


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A house with a province officer and two communes; Than Uyên has a target and a report."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as house:
        await house.person("Thương", Role.PROV_OFFICER, "LC")
        await house.person("Páo", Role.CHAIR, "TU-01")
        ids = {unit.code: unit.id for unit in await _units(house)}
        goals = tuple(Target(ids[code], "members", 2026, value) for code, value in (("LC", 100), ("TU", 30), ("TP", 0)))
        day = date(2026, 10, 20)
        told = Submission("s1", ids["TU-01"], "membership", 1, 1, "p-páo", "telegram", day, "2026-11", MORNING, {})
        figure = Figure("s1", ids["TU-01"], ids["TU"], "membership", day, "new_members", "", 27)
        await house.effects(Assign(goals, "p-thương", MORNING), FileReport(told, (figure,)))
        yield house


async def _units(house: Stage) -> list[Unit]:
    async with house.store.reading() as reads:
        root = await reads.unit_by_code("LC")
        assert root is not None
        return list(await reads.subtree([root.id], date(2026, 11, 10)))


async def _job(house: Stage, folder: Path, unit: str = "LC") -> list[Speak]:
    async with house.store.reading() as reads:
        root = await reads.unit_by_code(unit)
    assert root is not None
    job = DrawChart(house.store, folder, house.house.voice, lambda: MORNING)
    args = {"job": "j1", "person": "p-thương", "unit": root.id, "indicator": "members"}
    return list(await job({**args, "channel": "telegram", "chat": "thương"}, 0))  # type: ignore[arg-type]


async def test_the_chart_is_sent_as_a_photo_with_the_same_in_words(on_stage: Stage, tmp_path: Path) -> None:
    """Whoever has no pictures reads the numbers; nobody else may read the file."""
    (said,) = await _job(on_stage, tmp_path / "exports")
    message = said.out.message
    assert message.title == "Kết nạp mới đoàn viên · năm 2026 · LĐLĐ tỉnh Lai Châu"
    assert message.text.splitlines() == [
        "Kết nạp mới đoàn viên: 27/100 (27,0%) · Chậm",
        "Đạt 27,0%, tiến độ cần 91,7% (tháng 11)",
        "Công đoàn xã Than Uyên: 27/30 · 90,0% · Gần đạt",
        "Công đoàn phường Tân Phong: 0",
    ]
    (picture,) = message.attachments
    assert (picture.kind, Path(picture.path).stat().st_mode & 0o777) == ("photo", 0o600)
    with Image.open(picture.path) as image:
        assert image.format == "PNG"
        assert image.width == 1080
        colours = {colour for _count, colour in image.convert("RGB").getcolors(image.width * image.height) or ()}
    assert (0xE6, 0x9F, 0x00) in colours, "the bar of a unit that is nearly where it should be"


async def test_a_chart_of_what_nobody_was_assigned_compares_numbers(on_stage: Stage) -> None:
    """Bars are then numbers beside one another, and there is no line of what is expected."""
    async with on_stage.store.reading() as reads:
        root = await reads.unit_by_code("LC")
        assert root is not None
        seen = await look(reads, root, "dialogues", date(2026, 11, 10))
    (chart,) = seen.charts(VI)
    assert chart.expected == 0
    assert [(bar.name, bar.told, bar.look) for bar in chart.bars] == [
        ("Công đoàn phường Tân Phong", "0", ""),
        ("Công đoàn xã Than Uyên", "0", ""),
    ]


async def test_the_months_add_up_to_the_year(on_stage: Stage) -> None:
    """Each event counts for the month of its day."""
    async with on_stage.store.reading() as reads:
        root = await reads.unit_by_code("LC")
        assert root is not None
        seen = await look(reads, root, "members", date(2026, 11, 10))
    assert seen.this == [0] * 9 + [27, 0]
    assert sum(seen.this) == seen.own.done
    assert seen.last == [0] * 12


async def test_nobody_gets_a_chart_of_what_is_not_theirs(on_stage: Stage, tmp_path: Path) -> None:
    """A role that ended meanwhile, or a unit of somebody else, brings nothing."""
    assert await _job(on_stage, tmp_path / "exports", unit="TU") == []


def test_a_chart_travels_to_the_process_that_draws() -> None:
    """What is read there is what was written here."""
    bare = replace(FULL, months=None)
    assert charts_from(json.loads(as_json([FULL, bare]))) == [FULL, bare]


@pytest.mark.parametrize(
    ("units", "shown"),
    [(12, ["1–12"]), (13, ["1–12", "13–13"]), (38, ["1–12", "13–24", "25–36", "37–38"])],
)
def test_every_union_is_drawn(units: int, shown: list[str]) -> None:
    """Twelve in a picture, those that lag behind most first, the months on the first one only."""
    charts = _seen(units).charts(VI)
    assert [bar.name for chart in charts for bar in chart.bars] == [f"U{number:03}" for number in range(units)]
    assert [chart.months is not None for chart in charts] == [True, *[False] * (len(shown) - 1)]
    if units > 12:
        assert all(f"{which} trong số {units}" in chart.under for which, chart in zip(shown, charts, strict=True))


def test_of_very_many_both_ends_are_drawn() -> None:
    """The slowest, and the twelve that are furthest; which these are is written above them."""
    charts = _seen(120).charts(VI)
    places = [*range(36), *range(108, 120)]
    assert [bar.name for chart in charts for bar in chart.bars] == [f"U{number:03}" for number in places]
    assert "109–120 trong số 120" in charts[-1].under
    words = _seen(120).say([]).spoken(VI).text
    assert "và 108 công đoàn khác" in words


def _seen(units: int) -> Seen:
    """Make units that have done 0, 1, 2 … of the same goal."""
    seen = Seen(Unit(1, "LC", "LĐLĐ tỉnh", "ldld_tinh"), Target(1, "members", 2026, 900), date(2026, 11, 10))
    for number in range(units):
        unit = Unit(number + 2, f"U{number:03}", f"U{number:03}", "cd_xa_phuong", 1)
        seen.below.append((unit, Progress(Target(unit.id, "members", 2026, 120), number, 0.9)))
    return seen


def test_every_look_differs_in_more_than_its_colour() -> None:
    """Hatching and colour are told apart in grey as well."""
    looks = [LOOKS[name] for name in ("reached", "near", "slow")]
    assert len({hatch for _colour, hatch in looks}) == len({colour for colour, _hatch in looks}) == 3


async def test_a_picture_fits_a_phone() -> None:
    """It is 1,080 pixels wide, and no taller than two screens of a phone even with all bars."""
    many = Chart(FULL.title, FULL.under, FULL.bars * 4, FULL.months, 0.5, "cần 50,0%")
    with Image.open(BytesIO(await asyncio.to_thread(draw, many))) as image:
        assert image.width == 1080
        assert image.height < 3_000
