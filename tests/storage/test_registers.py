"""Registers in the database, and their tables."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from pathlib import Path

from openpyxl import load_workbook

from bot.documents.register import write
from bot.effects import ErasePerson, KeepEntry
from bot.forms.facts import Facts
from bot.i18n import Voice, load_catalogues
from bot.records import Entry, Person, Post, Role, Standing, Unit
from bot.registers import seen_by, sheet, term_over
from bot.reporting.calendar import Calendar
from handlers.registers.forms import NO_UNION
from storage.store import SqlStore
from tests.stage import ROOT
from tests.storage.people import AREA_A, AREA_B, MILL, NOW, PROVINCE, SCHOOL, joined
from tests.storage.people import write as write_effects

FIRM = {
    "enterprise": "=Mắc ca",
    "place": "Nà Ban",
    "sector": "fdi",
    "workers": 45,
    "party_cell": "yes",
    "party_members": 3,
}
ENTRY = Entry("e1", "no_union", AREA_A, "mai", NOW, FIRM)


async def test_officers_see_the_entries_under_them(store: SqlStore) -> None:
    """Entries of other areas, and those that are gone, are not listed; what is open comes first."""
    used = replace(ENTRY, id="e2", standing=Standing.DONE, at=NOW + timedelta(days=1))
    gone, other = replace(ENTRY, id="e3", standing=Standing.GONE), replace(ENTRY, id="e4", unit=MILL)
    await write_effects(store, *(KeepEntry(one) for one in (ENTRY, used, gone, other)))
    async with store.reading() as reads:
        assert [one.id for one in await reads.entries([AREA_A], "no_union", 9)] == ["e1", "e2"]
        assert [one.id for one in await reads.entries([AREA_B], "no_union", 9)] == ["e4"]
        assert len(await reads.entries([PROVINCE], "no_union", 9)) == 3
        assert await reads.entries([PROVINCE], "news", 9) == []
        assert await reads.entry("e1") == ENTRY


async def test_the_news_of_whoever_is_erased_go(store: SqlStore) -> None:
    """What officers noted stays: it is the union's."""
    await write_effects(store, *joined("mai", Role.CHAIR, SCHOOL), KeepEntry(ENTRY))
    await write_effects(store, KeepEntry(replace(ENTRY, id="e2", register="news", answers={"text": "tin"})))
    await write_effects(store, ErasePerson("mai", NOW))
    async with store.reading() as reads:
        assert await reads.entry("e1") == ENTRY
        assert await reads.entry("e2") is None


def test_a_register_as_a_workbook(tmp_path: Path) -> None:
    """Numbers are numbers, words are words even where they look like a formula, in the language of the reader."""
    facts = Facts(NOW, Voice(load_catalogues(ROOT / "locales")["vi"]), Calendar())
    write(tmp_path / "x.xlsx", sheet(NO_UNION, [ENTRY], {AREA_A: "CĐ phường Đoàn Kết"}, facts))
    page = load_workbook(tmp_path / "x.xlsx").active
    assert page is not None
    head, row = (list(one) for one in page.iter_rows(values_only=True))
    assert head[:3] == ["Ngày", "Đơn vị", "Doanh nghiệp"]
    firm = ["=Mắc ca", "Nà Ban", "Doanh nghiệp có vốn nước ngoài", 45, "Có"]
    assert row[:7] == ["14/11/2026", "CĐ phường Đoàn Kết", *firm]
    assert page["C2"].data_type == "s"
    assert row[7] == 3


def test_what_was_proposed_is_read_by_the_province_and_its_writer() -> None:
    """Other officers of the area do not see it; the other registers they do."""
    entry = Entry("e1", "proposed", AREA_A, "mai", NOW, {"proposed": 3})
    unit = Unit(AREA_A, "TU", "Than Uyên", "cd_xa_phuong")
    for person, role, sees in (
        ("mai", Role.AREA_OFFICER, True),
        ("hoa", Role.AREA_OFFICER, False),
        ("lan", Role.PROV_LEADER, True),
        ("thuong", Role.PROV_OFFICER, True),
    ):
        reader = Person(person, posts=(Post(role, unit),))
        assert bool(seen_by(reader, "proposed", [entry])) is sees
        assert seen_by(reader, "cadres", [replace(entry, register="cadres")])


def test_a_term_is_over_in_its_last_year() -> None:
    """Terms end in a year; an entry without one has no end."""
    entry = Entry("e1", "cadres", AREA_A, "mai", NOW, {"until": 2026})
    assert [term_over(entry, year) for year in (2025, 2026, 2027)] == [False, True, True]
    assert not term_over(replace(entry, answers={}), 2026)
