"""Every figure in a digest, on a sheet and in a document is the sum of the reports behind it, on both databases."""

from __future__ import annotations

import itertools
from collections.abc import Mapping, Sequence
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from bot.documents import gathering
from bot.documents.columns import Source
from bot.documents.gathering import Area, Table
from bot.documents.official import TEMPLATES, Paper, official
from bot.documents.sheets import Row, SheetOf, each
from bot.documents.workbook import Book
from bot.i18n import ZONE
from bot.reporting.figures import named
from bot.talk import House
from handlers.papers import desk_of
from storage.store import SqlStore
from tests.stage import house
from tests.storage.figures_read import Scene, digest_agrees, number, opened_agrees, year_agrees
from tests.storage.figures_written import sectors_agree, standing_agrees
from tests.storage.lives import FIELDS, MEANS, Key, Lives, mean
from tests.storage.people import NOW

ROOTS: Final = ("LD", "A", "B", "G", "A-01")
PERIODS: Final = ("2026-11", "2026-10", "2026-07", "2026-9M", "2026-H1", "2026")


@pytest.mark.parametrize("seed", range(4))
async def test_every_figure_is_the_sum_of_its_reports(url: str, tmp_path: Path, seed: int) -> None:
    """After random filing, correcting, withdrawing, moving (of groups too), merging and reporting late."""
    store = await SqlStore.open(url, lambda: NOW)
    try:
        lives, seen = Lives(store, tmp_path, seed), 0
        await lives.begin()
        for _step in range(3):
            for _event in range(30):
                await lives.goes_on()
            seen += await _all_agree(lives)
        assert seen > 200
        assert lives.merged
        assert await store.wrong_totals() == 0
    finally:
        await store.close()


async def _all_agree(lives: Lives) -> int:
    """Look as every officer at two periods; give how many figures there were."""
    home, seen = _house(), 0
    for code, period in itertools.product(ROOTS, lives.dice.sample(PERIODS, 2)):
        async with lives.store.reading() as reads:
            root = await reads.unit_by_code(code)
            assert root is not None
            seen += await _agrees(Scene(lives, home, reads, root, home.calendar.at(period)))
    return seen


def _house() -> House:
    """Furnish a house with the kinds that are reported here."""
    whole = house(itertools.count(1))
    return replace(whole, forms={name: whole.forms[name] for name in FIELDS})


async def _agrees(scene: Scene) -> int:
    """Look at everything that shows figures; give how many there were."""
    seen = await digest_agrees(scene) + await year_agrees(scene) + await opened_agrees(scene)
    area = Area(_desk(scene), scene.reads, [scene.root], scene.period)
    await area.load()
    tables = {form.name: await area.table(form) for form in area.desk.kinds}
    assert {name: _in_all(table) for name, table in tables.items()} == _wanted_of(scene, tables)
    sheets = {sheet.name: await _drawn(sheet) async for sheet in Book(area, scene.voice).sheets()}
    seen += sum(_sheet_agrees(scene, table, sheets) for table in tables.values())
    _progress_agrees(scene, sheets["Progress of reporting"], len(area.reporting))
    _side_by_side_agrees(scene, tables, sheets["By unit"])
    paper = await official(area, scene.voice, Paper(TEMPLATES / "official.docx"))
    columns = ("chi_tieu", "ky_nay", "luy_ke", "cung_ky")
    if "By sector" in sheets:
        sectors_agree(scene, sheets["By sector"])
    if scene.root.kind != "cdcs":
        await _union_by_union_agrees(scene, tables)
    standing_agrees(scene, paper["phu_luc_2"])
    _three_agree(scene, [[row.cells.get(name, "") for name in columns] for row in paper["phu_luc_1"]])
    _three_agree(scene, [[row[1], *row[3:6]] for row in sheets["Summary"][1]])
    _sentences_agree(scene, " ".join([*paper["tuyen_truyen"], *paper["dai_dien"], *paper["phat_trien"]]))
    return seen


async def _union_by_union_agrees(scene: Scene, tables: Mapping[str, Table]) -> None:
    """The same where there are too many units for a line each."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(gathering, "VAST", 0)
        area = Area(_desk(scene), scene.reads, [scene.root], scene.period)
        await area.load()
        sheets = {sheet.name: await _drawn(sheet) async for sheet in Book(area, scene.voice).sheets()}
    for table in tables.values():
        _sheet_agrees(scene, table, sheets)
    if "By sector" in sheets:
        sectors_agree(scene, sheets["By sector"])
    heads, rows, kinds = sheets["Progress of reporting"]
    total = dict(zip(heads, rows[kinds.index(Row.TOTAL)], strict=True))
    assert sum(total[words] or 0 for words in ("On time", "Late", "Not reported", "Exempt")) == len(area.reporting)


def _desk(scene: Scene) -> Any:
    return desk_of(scene.house, NOW)


# --- in files ---------------------------------------------------------------------------------------------------------


def _in_all(table: Table) -> dict[tuple[str, str, str], int | None]:
    """Add the lines of a table up, column by column; means are those of the last line, below."""
    found: dict[tuple[str, str, str], int | None] = {}
    for at, column in enumerate(table.columns):
        if column.source is Source.MEAN:
            continue
        cells = [line[at] for block in table.blocks for line in block.lines]
        found[column.source.value, column.field, column.choice] = sum(cell for cell in cells if isinstance(cell, int))
    return found


Wanted = dict[tuple[str, str, str], int | None]


def _wanted_of(scene: Scene, tables: Mapping[str, Table]) -> dict[str, Wanted]:
    sums = scene.sums(scene.period.since, scene.period.until)
    wanted = {name: _wanted(scene, sums, table) for name, table in tables.items()}
    return {name: {key: value for key, value in of.items() if key[0] != Source.MEAN} for name, of in wanted.items()}


def _wanted(scene: Scene, sums: Mapping[Key, int], table: Table) -> Wanted:
    form, found = table.columns[0].form, Wanted()
    for one in table.columns:
        value = mean(sums, form, one.field) if one.source is Source.MEAN else sums[form, one.field, one.choice]
        if one.source in {"opening", "closing"}:
            value = _of_all(scene, one.field, closing=one.source == "closing")
        found[one.source.value, one.field, one.choice] = value
    return found


def _of_all(scene: Scene, field: str, *, closing: bool) -> int:
    """Add up the latest values until the end of the period, or before it, of the unions that are there at its end."""
    on = min(scene.period.until, NOW.astimezone(ZONE).date())
    until = scene.period.until if closing else scene.period.since - timedelta(days=1)
    return scene.lives.latest(scene.root.id, (on, until), field)


async def _drawn(sheet: SheetOf) -> tuple[list[str], list[Any], list[Row]]:
    rows = [row async for row in each(sheet.rows)]
    return [head.words for head in sheet.heads], [row.cells for row in rows], [row.kind for row in rows]


def _sheet_agrees(scene: Scene, table: Table, sheets: Mapping[str, Any]) -> int:
    """The last line is the sum of the areas, these are the sums of their units, and all is what was told."""
    heads, rows, kinds = sheets[scene.voice.speak(table.title)]
    wanted = list(_wanted(scene, scene.sums(scene.period.since, scene.period.until), table).values())
    seen = 0
    for at, column in enumerate(table.columns, 3):
        if column.sensitive:
            continue
        lines, areas, (total,) = (
            [row[at] or 0 for row, one in zip(rows, kinds, strict=True) if one is kind]
            for kind in (Row.LINE, Row.SUM, Row.TOTAL)
        )
        if not column.added:
            assert total == (wanted[at - 3] or 0), heads[at]
            continue
        assert sum(lines) == sum(areas) == total == wanted[at - 3], heads[at]
        seen += bool(total)
    return seen


def _progress_agrees(scene: Scene, sheet: Any, reporting: int) -> None:
    """Every union that was under the unit at the end of the period is counted once, as it stands."""
    heads, rows, kinds = sheet
    on = min(scene.period.until, NOW.astimezone(ZONE).date())
    total = dict(zip(heads, rows[kinds.index(Row.TOTAL)], strict=True))
    counted = sum(total[words] or 0 for words in ("On time", "Late", "Not reported", "Exempt"))
    assert counted == kinds.count(Row.LINE) == reporting == len(scene.lives.under(scene.root.id, on))


def _side_by_side_agrees(scene: Scene, tables: Mapping[str, Table], sheet: Any) -> None:
    heads, rows, kinds = sheet
    total = dict(zip(heads, rows[kinds.index(Row.TOTAL)], strict=True))
    for table in tables.values():
        wanted = _wanted(scene, scene.sums(scene.period.since, scene.period.until), table)
        for one, value in zip(table.columns, wanted.values(), strict=True):
            words = f"{scene.voice.speak(table.title)}: {_labelled(scene, one)}"
            if words in total and not one.sensitive and not one.group:
                assert (total[words] or 0) == value, words


def _labelled(scene: Scene, one: Any) -> str:
    unit = scene.voice.speak(one.unit)
    return f"{scene.voice.speak(one.label)} ({unit})" if unit else scene.voice.speak(one.label)


def _sentences_agree(scene: Scene, told: str) -> None:
    """What the official report says in words."""
    sums = scene.sums(scene.period.since, scene.period.until)
    sentences = {
        ("propaganda", "sessions"): "{number} propaganda meetings were held",
        ("dialogue", ""): "{number} dialogues were held",
        ("membership", "new_members"): "{number} members were admitted",
        ("welfare", "beneficiaries"): "{number} members and workers were cared for",
    }
    for (kind, field), words in sentences.items():
        number = scene.voice.catalogue.number(sums[kind, field, ""])
        assert (words.format(number=number) in told) == bool(sums[kind, "", ""]), (kind, told)


def _three_agree(scene: Scene, lines: Sequence[Sequence[Any]]) -> None:
    """A line of the summary: the period, the statistical year up to its end, the same period a year before."""
    period, kind = scene.period, ""
    seen: set[str] = set()
    last = scene.house.calendar.at(period.code.replace("2026", "2025", 1))
    year = (min(period.since, date(2025, 12, 1)), period.until)
    days = [(period.since, period.until), year, (last.since, last.until)]
    three = [scene.sums(*stretch) for stretch in days]
    titles = {scene.voice.speak(form.title): name for name, form in scene.house.forms.items()}
    for label, *told in lines:
        kind = titles.get(label, kind)
        key = _key(scene, kind, label) if kind and label not in titles else None  # nothing may have been reported
        if key is not None:
            seen.add(kind)
            numbers = [number(str(value)) if value not in {"", None} else 0 for value in told]
            wanted = [_figure(sums, kind, *key) for sums in three]
            assert numbers == wanted, (scene.root.code, period.code, kind, label)
    assert seen >= {key[0] for stretch in days for key in scene.lives.said(scene.root.id, *stretch)}


def _figure(sums: Mapping[Key, int], kind: str, field: str, choice: str) -> int:
    return mean(sums, kind, field) or 0 if (kind, field) in MEANS else sums[kind, field, choice]


def _key(scene: Scene, kind: str, label: str) -> tuple[str, str] | None:
    """Name what a line is of; None for latest values."""
    if label == "Reports":
        return ("", "")
    for one in scene.house.forms[kind].fields:
        short = scene.voice.speak(one.short)
        if label == scene.voice.speak(named(one)):
            return (one.code, "")
        choices = getattr(one, "choices", ())
        for option in choices if isinstance(choices, tuple) else ():
            if label == f"{short}: {scene.voice.speak(option.label)}":
                return (one.code, option.code)
    return None
