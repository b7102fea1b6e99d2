"""Every figure in a digest, on a sheet and in a document is the sum of the reports behind it, on both databases."""

from __future__ import annotations

import itertools
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any, Final

import pytest

from bot.cli.making import desk_of
from bot.documents.gathering import Area, Table
from bot.documents.official import TEMPLATES, Paper, official
from bot.documents.sheets import Row, SheetOf
from bot.documents.workbook import Book
from bot.effects import Speak
from bot.i18n import ZONE, Voice
from bot.messages import Address, Incoming
from bot.ports import Reads, World
from bot.records import Person, Post, Role, Unit
from bot.reporting.periods import Period
from bot.talk import House, Talk
from handlers.digest import beside, digest
from handlers.opened import opened
from storage.store import SqlStore
from tests.stage import house
from tests.storage.lives import FIELDS, Key, Lives
from tests.storage.people import NOW

ROOTS: Final = ("LD", "A", "B", "G", "A-01")
PERIODS: Final = ("2026-11", "2026-10", "2026-07", "2026-9M", "2026-H1", "2026")
DIGEST: Final = (r"(.+): ([\d,]+) reports \(before: ([\d,]+)\)", r"· (.+): (.+) \(before: (.+)\)")
YEAR: Final = (
    r"(.+): ([\d,]+) reports; year ([\d,]+); a year earlier ([\d,]+)",
    r"· (.+): (.+); year (.+); a year earlier (.+)",
)


@dataclass(frozen=True, slots=True)
class Scene:
    """A unit and a period, with the sums of three stretches of days counted by hand."""

    lives: Lives
    house: House
    reads: Reads
    root: Unit
    period: Period

    @property
    def voice(self) -> Voice:
        """Speak English."""
        return Voice(self.house.catalogues["en"], names=dict(self.house.days.names))

    def sums(self, since: date, until: date) -> Mapping[Key, int]:
        """Count by hand what was under the unit."""
        return self.lives.sums(self.root.id, since, until)


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
    seen = await _digest_agrees(scene) + await _year_agrees(scene) + await _opened_agrees(scene)
    area = Area(_desk(scene), scene.reads, [scene.root], scene.period)
    await area.load()
    tables = {form.name: await area.table(form) for form in area.desk.kinds}
    assert {name: _in_all(table) for name, table in tables.items()} == _wanted_of(scene, tables)
    sheets = {sheet.name: _drawn(sheet) async for sheet in Book(area, scene.voice).sheets()}
    seen += sum(_sheet_agrees(scene, table, sheets) for table in tables.values())
    _side_by_side_agrees(scene, tables, sheets["By unit"])
    paper = await official(area, scene.voice, Paper(TEMPLATES / "official.docx"))
    columns = ("chi_tieu", "ky_nay", "luy_ke", "cung_ky")
    _three_agree(scene, [[row.cells.get(name, "") for name in columns] for row in paper["phu_luc_1"]])
    _three_agree(scene, [[row[1], *row[3:6]] for row in sheets["Summary"][1]])
    _sentences_agree(scene, " ".join([*paper["tuyen_truyen"], *paper["dai_dien"], *paper["phat_trien"]]))
    return seen


def _desk(scene: Scene) -> Any:
    return replace(desk_of(scene.house), now=NOW.astimezone(ZONE))


# --- in the chat ------------------------------------------------------------------------------------------------------


def _talk(scene: Scene) -> Talk:
    async def read() -> Reads:
        return scene.reads

    address = Address("telegram", "1")
    person = Person("o", "Mai", "chi", "", "en", (Post(Role.PROV_OFFICER, scene.root),), (address,))
    return Talk(scene.house, Incoming("1", address, NOW), NOW, World(), person, read, hurried=False)


def _said(talk: Talk) -> tuple[str, Sequence[str]]:
    (message,) = (effect.out.message for effect in talk.effects if isinstance(effect, Speak))
    return message.text, [button.label for button in message.buttons]


async def _digest_agrees(scene: Scene) -> int:
    """Each line of the digest, for the period and the one before it."""
    talk = _talk(scene)
    await digest(talk, scene.period.code)
    before = scene.house.calendar.previous(scene.period)
    return _text_agrees(scene, _said(talk)[0], DIGEST, [(one.since, one.until) for one in (scene.period, before)])


async def _year_agrees(scene: Scene) -> int:
    """The period beside the statistical year so far, which begins on 1 December, and the year before."""
    talk, period = _talk(scene), scene.period
    await beside(talk, period.code)
    earlier = scene.house.calendar.at(period.code.replace("2026", "2025", 1))
    year = min(period.since, date(2025, 12, 1))
    days = [(period.since, period.until), (year, period.until), (earlier.since, earlier.until)]
    return _text_agrees(scene, _said(talk)[0], YEAR, days)


def _text_agrees(scene: Scene, text: str, how: tuple[str, str], days: Sequence[tuple[date, date]]) -> int:
    sums, found = [scene.sums(*stretch) for stretch in days], _lines_of(scene, text, *how)
    for kind, label, told in found:
        wanted = [_by_label(scene, one, kind, label) for one in sums]
        assert told == wanted, (scene.root.code, scene.period.code, kind, label)
    told_at_all = {key[0] for stretch in days for key in scene.lives.said(scene.root.id, *stretch)}
    assert {kind for kind, _label, _told in found} == told_at_all
    return len(found)


def _lines_of(scene: Scene, text: str, head: str, row: str) -> list[tuple[str, str, list[int]]]:
    """Read the numbers out of a digest: (kind, label, numbers); "Reports" for how many there were."""
    titles = {scene.voice.speak(form.title): name for name, form in scene.house.forms.items()}
    found, kind = [], ""
    for line in text.splitlines():
        of_kind, of_field = re.fullmatch(head, line), re.fullmatch(row, line)
        if of_kind is not None:
            kind = titles[of_kind[1]]
            found.append((kind, "Reports", [_number(one) for one in of_kind.groups()[1:]]))
        elif of_field is not None and of_field[1] not in _latest(scene):
            found.append((kind, of_field[1], [_number(one) for one in of_field.groups()[1:]]))
    return found


def _number(words: str) -> int:
    return int(re.sub(r"[^\d-]", "", words.replace("−", "-")))


def _latest(scene: Scene) -> set[str]:
    form = scene.house.forms["membership"]
    return {scene.voice.speak(form.by_code[code].short) for code in ("total_members", "total_workers", "total_female")}


def _by_label(scene: Scene, sums: Mapping[Key, int], kind: str, label: str) -> int:
    if label == "Reports":
        return sums[kind, "", ""]
    form = scene.house.forms[kind]
    (field,) = (one.code for one in form.fields if scene.voice.speak(one.short) == label)
    return sums[kind, field, ""]


async def _opened_agrees(scene: Scene) -> int:
    """Every number that can be opened is what is listed behind it."""
    talk = _talk(scene)
    await opened(talk, scene.period.code)
    for label in _said(talk)[1]:
        told = re.fullmatch(r"(.+) · (.+): ([\d,]+)", label)
        if told is None or told[2] in _latest(scene) or " – " in told[2]:
            continue
        menus = {scene.voice.speak(form.settings.menu or form.title): name for name, form in scene.house.forms.items()}
        sums = scene.sums(scene.period.since, scene.period.until)
        assert _number(told[3]) == _by_label(scene, sums, menus[told[1]], told[2]), label
    return len(_said(talk)[1])


# --- in files ---------------------------------------------------------------------------------------------------------


def _in_all(table: Table) -> dict[tuple[str, str, str], int]:
    """Add the lines of a table up, column by column."""
    found: dict[tuple[str, str, str], int] = {}
    for at, column in enumerate(table.columns):
        cells = [line[at] for block in table.blocks for line in block.lines]
        found[column.source.value, column.field, column.choice] = sum(cell for cell in cells if isinstance(cell, int))
    return found


def _wanted_of(scene: Scene, tables: Mapping[str, Table]) -> dict[str, dict[tuple[str, str, str], int]]:
    sums = scene.sums(scene.period.since, scene.period.until)
    return {name: _wanted(scene, sums, table) for name, table in tables.items()}


def _wanted(scene: Scene, sums: Mapping[Key, int], table: Table) -> dict[tuple[str, str, str], int]:
    form, found = table.columns[0].form, {}
    for one in table.columns:
        value = sums[form, one.field, one.choice]
        if one.source in {"opening", "closing"}:
            value = _of_all(scene, one.field, closing=one.source == "closing")
        found[one.source.value, one.field, one.choice] = value
    return found


def _of_all(scene: Scene, field: str, *, closing: bool) -> int:
    """Add up the latest values until the end of the period, or before it, of the unions that are there at its end."""
    on = min(scene.period.until, NOW.astimezone(ZONE).date())
    until = scene.period.until if closing else scene.period.since - timedelta(days=1)
    return scene.lives.latest(scene.root.id, (on, until), field)


def _drawn(sheet: SheetOf) -> tuple[list[str], list[Any], list[Row]]:
    rows = list(sheet.rows)
    return [head.words for head in sheet.heads], [row.cells for row in rows], [row.kind for row in rows]


def _sheet_agrees(scene: Scene, table: Table, sheets: Mapping[str, Any]) -> int:
    """The last line is the sum of the areas, these are the sums of their units, and all is what was told."""
    heads, rows, kinds = sheets[scene.voice.speak(table.title)]
    wanted = list(_wanted(scene, scene.sums(scene.period.since, scene.period.until), table).values())
    seen = 0
    for at, column in enumerate(table.columns, 3):
        if column.sensitive or not column.added:
            continue
        lines, areas, (total,) = (
            [row[at] or 0 for row, one in zip(rows, kinds, strict=True) if one is kind]
            for kind in (Row.LINE, Row.SUM, Row.TOTAL)
        )
        assert sum(lines) == sum(areas) == total == wanted[at - 3], heads[at]
        seen += bool(total)
    return seen


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
    """A line of the summary: the period, the calendar year up to its end, the same period a year before."""
    period, kind = scene.period, ""
    seen: set[str] = set()
    last = scene.house.calendar.at(period.code.replace("2026", "2025", 1))
    year = (min(period.since, date(2026, 1, 1)), period.until)
    days = [(period.since, period.until), year, (last.since, last.until)]
    three = [scene.sums(*stretch) for stretch in days]
    titles = {scene.voice.speak(form.title): name for name, form in scene.house.forms.items()}
    for label, *told in lines:
        kind = titles.get(label, kind)
        key = _key(scene, kind, label) if label not in titles else None
        if key is not None:
            seen.add(kind)
            numbers = [_number(str(value)) if value not in {"", None} else 0 for value in told]
            assert numbers == [sums[kind, *key] for sums in three], (scene.root.code, period.code, kind, label)
    assert seen >= {key[0] for stretch in days for key in scene.lives.said(scene.root.id, *stretch)}


def _key(scene: Scene, kind: str, label: str) -> tuple[str, str] | None:
    """Name what a line is of; None for the latest values."""
    if label == "Reports":
        return ("", "")
    for one in scene.house.forms[kind].fields:
        short = scene.voice.speak(one.short)
        if label == short:
            return (one.code, "")
        for option in getattr(one, "choices", ()) or ():
            if label == f"{short}: {scene.voice.speak(option.label)}":
                return (one.code, option.code)
    return None
