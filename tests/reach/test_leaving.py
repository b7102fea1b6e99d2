"""Reach is asked for anew each time: old buttons, half-done forms, files on their way stop with a role or a unit."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial
from pathlib import Path
from typing import Any, Final

import pytest
from openpyxl import load_workbook

from bot.cli.importing import import_units
from bot.documents.gathering import Area
from bot.documents.listing import Listing
from bot.documents.mood import mood_sheets
from bot.documents.notices import NoticeSheet
from bot.documents.register import RegisterTable
from bot.documents.workbook import Book
from bot.documents.xlsx import write_workbook
from bot.effects import EndRoles, Provide, Speak
from bot.messages import Arrival, Message
from bot.readers import may_have
from bot.records import Role
from handlers.cases.topics import TOPICS
from handlers.papers import desk_of
from handlers.sentiment import SENTIMENT
from tests.reach.conftest import Staged
from tests.reach.country import Country, Place
from tests.reach.watching import FIGURES, NAMED, touched
from tests.stage import Stage

# Figures tell of days on which a unit was still there; who still has a case sees whose it is, and nothing more;
# what a unit asked the sender of a notice stays the sender's to answer.
ASKED: Final = {"cauhoi", "traloi"}
NAMING: Final = FIGURES | ASKED | {"vuviec"}
SCREENS: Final = (
    "tonghop",
    "chuabaocao 2026-11 all",
    "conso 2026-11",
    "duyet",
    "xemlai QA04 1",
    "donvi QA04",
    "baocaodv 5",
    "kiennghi",
    "vuviec 5",
    "phattin ds",
    "thongbao 3",
    "cauhoi 3",
    "sotheodoi no_union",
    "khaosat",
    "chitieu",
    "giaochitieu",
    "nhapthay 5",
    "vanban d-47",
    "moi QA04 deputy",
    "imlang",
    "trangthai",
)


def two_areas() -> Country:
    """Draw two provinces with an area each, and two unions in either area."""
    tops = {"QA00": Place("ldld_tinh"), "QA01": Place("ldld_tinh")}
    areas = {"QA02": Place("cd_xa_phuong", "QA00"), "QA03": Place("cd_xa_phuong", "QA01")}
    unions = {"QA04": "QA02", "QA05": "QA03", "QA06": "QA02", "QA07": "QA03"}
    return Country({**tops, **areas, **{code: Place("cdcs", above) for code, above in unions.items()}})


async def says(stage: Stage, *words: str) -> list[Message]:
    """Let the officer of QA02 press or type; give what is answered."""
    kind = {True: Arrival.PRESS, False: Arrival.TEXT}
    said = await stage.gets(*(stage.text("qa02", one, what=kind[one.startswith("/")]) for one in words))
    return [message for address, message in said if address.chat == "qa02"]


async def goes(stage: Stage, folder: Path, code: str, above: str) -> None:
    """Put a unit under another union from today on."""
    file = folder / "goes.csv"
    file.write_text(f"code,parent,valid_from\n{code},{above},{stage.clock.now.date()}\n", encoding="utf-8")
    outcome = await import_units(stage.store, file, dry_run=False)
    assert not outcome.refused, outcome.plan.problems


async def leaves(stage: Stage, country: Country) -> None:
    """End the post of the officer of QA02, who stays chair of nothing, and give it to nobody."""
    today = stage.clock.now.date()
    await stage.effects(EndRoles(country.units["QA02"].id, Role.AREA_OFFICER, "", today))


@pytest.mark.parametrize("who", ["the unit", "the officer"])
def test_old_buttons_open_nothing(staged: Staged, tmp_path: Path, who: str) -> None:
    """Every button that was ever shown is pressed after the unit has gone to another union, or the officer has left."""
    asyncio.run(_old_buttons(staged, tmp_path, who))


async def _old_buttons(staged: Staged, folder: Path, who: str) -> None:
    country = two_areas()
    async with staged(country) as stage:
        await says(stage, *(f"/{screen}" for screen in SCREENS))
        pressed = list(dict.fromkeys(button.data for button in stage.buttons["qa02"]))
        assert len(pressed) > 50
        if who == "the unit":
            await goes(stage, folder, "QA04", "QA03")
            gone = [country.units["QA04"].id]
        else:
            await leaves(stage, country)
            gone = [unit.id for unit in country.units.values()]
        before = await touched(stage, gone)
        left = {"QA02", "QA06"} if who == "the unit" else {"QA02"}  # one's own name is said
        for data in pressed:
            said = " ".join(f"{one.title} {one.text} {one.buttons}" for one in await says(stage, data))
            name = data[1:].split(" ")[0]
            assert "Words-QA04" not in said or name in ASKED, data
            if name not in NAMING:
                assert set(NAMED.findall(said)) <= left, (data, said)
        assert await touched(stage, gone) == before
        assert (await stage.store.counts())["failures"] == 0


FORMS: Final[dict[str, Sequence[str]]] = {
    "mokhoa": ("QA04", "11", "30/11", "because"),
    "mien": ("QA04", "11", "because"),
    "giaochitieu": ("QA04", "2", "1", "5", "0"),
    "moi mot": ("QA04", "1"),
    "khaosat moi": ("QA04",),
    "ghichu 1.5": ("so so",),
    "tralai 1.5 1.0 attendees": ("too few",),
    "nhapthay 5 dialogue": ("1; 9/11; 18; 13; 3; 1", "0", "1"),
    "vuviec 5 tra loi": ("we will see to it", "1"),
}


@pytest.mark.parametrize("form", FORMS)
def test_a_form_half_done_does_nothing_to_a_unit_that_has_gone(staged: Staged, tmp_path: Path, form: str) -> None:
    """What was begun for a unit is not done once it is under another union; before, it is."""
    assert asyncio.run(_half_done(staged, tmp_path, form, stays=True))
    assert not asyncio.run(_half_done(staged, tmp_path, form, stays=False))


async def _half_done(staged: Staged, folder: Path, form: str, *, stays: bool) -> bool:
    """Answer all but the last question, let the unit go (or not), and answer that: tell whether anything was done."""
    country = two_areas()
    async with staged(country) as stage:
        gone = [country.units["QA04"].id]
        *first, last = FORMS[form]
        await says(stage, f"/{form}")
        for words in first:
            await says(stage, words)
        if not stays:
            await goes(stage, folder, "QA04", "QA03")
        before = _without_drafts(await touched(stage, gone))
        said = " ".join(one.text for one in await says(stage, last))
        done = _without_drafts(await touched(stage, gone)) != before or "all who report under" in said
        assert (await stage.store.counts())["failures"] == 0
        return done


def _without_drafts(rows: dict[str, list[str]]) -> dict[str, list[str]]:
    return {name: found for name, found in rows.items() if name != "drafts"}


def test_no_file_goes_to_whom_it_is_not_for_any_more(staged: Staged, tmp_path: Path) -> None:
    """Files that were asked for while somebody was an officer are not sent after the post has ended."""
    asyncio.run(_no_file(staged, tmp_path))


async def _no_file(staged: Staged, folder: Path) -> None:
    country = two_areas()
    async with staged(country) as stage:
        asked = ["/xuat workbook 2026-11 QA02", "/bieudo", "/bangtb 3", "/sotheodoi no_union bang"]
        await says(stage, *asked)
        claims = await stage.store.due_jobs(stage.clock.now, 99)
        assert sorted(claim.job.kind for claim in claims) == ["chart", "document", "notice_sheet", "register_table"]
        jobs = _jobs(stage, folder)
        for claim in claims:
            (effect,) = await jobs[claim.job.kind](claim.job.args, 0)
            assert effect.out.message.attachments, claim.job.kind
        await leaves(stage, country)
        for claim in claims:
            for effect in await jobs[claim.job.kind](claim.job.args, 0):
                assert not effect.out.message.attachments, claim.job.kind


def _jobs(stage: Stage, folder: Path) -> dict[str, Any]:
    from bot.documents.charts import DrawChart
    from bot.documents.sending import SendDocument

    async def make(order: Any) -> int:
        order.path.write_bytes(b"")
        return 1

    house, now = stage.house, lambda: stage.clock.now
    return {
        "document": SendDocument(
            folder, make, partial(may_have, stage.store), lambda _language: house.voice(None), now
        ),
        "chart": DrawChart(stage.store, folder, house.voice, now),
        "notice_sheet": NoticeSheet(stage.store, folder, house.voice),
        "register_table": RegisterTable(stage.store, house, folder, now),
    }


def test_the_list_of_a_notice_is_of_units_that_are_still_there(staged: Staged, tmp_path: Path) -> None:
    """Whom to call at a unit that got a notice is not told to the union that it has left."""
    asyncio.run(_list_of_a_notice(staged, tmp_path))


async def _list_of_a_notice(staged: Staged, folder: Path) -> None:
    country = two_areas()
    async with staged(country) as stage:
        for code in ("QA04", "QA06"):
            await stage.effects(Provide("n-QA02", country.units[code].id, f"p-{code}", f"copy/{code}"))
        await goes(stage, folder, "QA04", "QA03")
        await says(stage, "/bangtb 3")
        (claim,) = await stage.store.due_jobs(stage.clock.now, 99)
        (spoken,) = await _jobs(stage, folder)["notice_sheet"](claim.job.args, 0)
        assert isinstance(spoken, Speak)
        assert _named(Path(spoken.out.message.attachments[0].path)) == {"QA02", "QA06"}


def _named(path: Path) -> set[str]:
    cells = (cell.value for page in load_workbook(path).worksheets for row in page.iter_rows() for cell in row)
    return set(NAMED.findall(" ".join(str(value) for value in cells)))


@pytest.mark.parametrize("moved_on", [date(2026, 2, 1), date(2026, 10, 28)])
def test_files_name_who_was_there_on_the_day(staged: Staged, tmp_path: Path, moved_on: date) -> None:
    """Workbook, mood and list of an area name units that reported while they were under it, and no others."""
    asyncio.run(_files(staged, tmp_path, moved_on))


async def _files(staged: Staged, folder: Path, moved_on: date) -> None:
    country = two_areas()
    country.places["QA04"] = replace(country.places["QA04"], moved_to="QA03", moved_on=moved_on)
    country.places["QA07"] = replace(country.places["QA07"], recognised_by="QA02")
    in_period = moved_on > date(2026, 10, 16)
    async with staged(country) as stage, stage.store.reading() as reads:
        for root in ("QA02", "QA03"):
            area = Area(
                desk_of(stage.house, stage.clock.now), reads, [country.units[root]], stage.house.calendar.at("2026-11")
            )
            area.desk = replace(area.desk, now=stage.clock.now)
            await area.load()
            voice = stage.house.voice(None)
            await write_workbook(folder / f"{root}.xlsx", root, Book(area, voice).sheets())
            sheets = await mood_sheets(area, SENTIMENT, {one.code: one.label for one in TOPICS}, voice)
            await write_workbook(folder / f"{root}-mood.xlsx", root, sheets)
            listed = [Listing(area, stage.house.forms["plan"], voice).sheet()]
            await write_workbook(folder / f"{root}-list.xlsx", root, listed)
    mine, theirs = {"QA02", "QA06"}, {"QA03", "QA04", "QA05", "QA07"}
    assert _named(folder / "QA02.xlsx") == (mine | {"QA04"} if in_period else mine)
    assert _named(folder / "QA03.xlsx") == theirs
    for kind in ("mood", "list"):
        assert _named(folder / f"QA02-{kind}.xlsx") <= mine
        assert _named(folder / f"QA03-{kind}.xlsx") <= theirs


def test_a_number_is_not_opened_by_who_is_above_now(staged: Staged) -> None:
    """What was reported by an area that has left is counted and listed, without whom it is under today."""
    asyncio.run(_numbers(staged))


async def _numbers(staged: Staged) -> None:
    country = two_areas()
    left = {"QA08": Place("cd_xa_phuong", "QA02", "QA03", date(2026, 10, 28)), "QA09": Place("cdcs", "QA08")}
    country.places |= left
    async with staged(country) as stage:
        (unions,) = await says(stage, "/conso 2026-11 8c8d3663")
        assert [button.label for button in unions.buttons] == ["Union QA02: 4", "Union QA08: 1"]
        (reports,) = await says(stage, "2")
        assert [button.label for button in reports.buttons] == [
            "Union QA09 · BC2 · 20/10/2026 (now under another union)"
        ]
        stage.clock.now += timedelta(minutes=1)
        (refused,) = await says(stage, "1")
        assert "no such report in your area" in refused.text
