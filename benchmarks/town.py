"""A made-up town: so many grassroots unions, each with a chair who is known by a chat on Telegram."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import UTC, date, datetime, timedelta
from itertools import islice
from pathlib import Path

from benchmarks.chairs import FIRST_CHAT, NAME, Chair
from bot.cli.importing import import_units
from bot.effects import Consent, Effect, GrantRole, LinkAddress, NewPerson
from bot.i18n import local_day
from bot.messages import Address
from bot.records import Person, Role, Unit
from handlers.registration import CONSENT_VERSION
from storage.migrate import migrate
from storage.store import SqlStore
from storage.tables import attachments, drafts, failures, submissions
from tests.end_to_end.rows import Rows, rows_of

HEADINGS = "code,name,kind,parent,members,workers,valid_from"
ABOVE = "TU,Công đoàn xã Than Uyên,cd_xa_phuong,,,,2025-07-01"
AT_ONCE = 1000  # people in one transaction


async def found(url: str, folder: Path, count: int) -> None:
    """Migrate a database and fill it with so many units and their chairs."""
    await migrate(url)
    store = await SqlStore.open(url)
    try:
        assert not (await import_units(store, list_of_units(folder / "units.csv", count), dry_run=False)).refused
        async with store.reading() as reads:
            units = await reads.units_of_kind("cdcs", count)
        effects = (effect for number, unit in enumerate(units) for effect in _chair(number, unit))
        while lot := list(islice(effects, 4 * AT_ONCE)):
            async with store.batch() as batch:
                await batch.write(lot)
    finally:
        await store.close()


def list_of_units(path: Path, count: int) -> Path:
    """Write a spreadsheet of so many units under one commune."""
    units = (f"TU-{number:05},CĐCS Nhà máy {number:05},cdcs,TU,35,60,2025-07-01" for number in range(count))
    path.write_text("\n".join([HEADINGS, ABOVE, *units]), encoding="utf-8")
    return path


def _chair(number: int, unit: Unit) -> Iterator[Effect]:
    person = Person(f"chair-{number:05}", NAME, "anh", "0912345678")
    joined = datetime.now(UTC) - timedelta(days=100)
    yield NewPerson(person)
    yield Consent(person.id, CONSENT_VERSION, joined)
    yield LinkAddress(Address("telegram", str(FIRST_CHAT + number)), person.id, joined)
    yield GrantRole(person.id, unit.id, Role.CHAIR, max(unit.valid_from, local_day(joined)))


async def everything_is_there(url: str, chairs: Sequence[Chair]) -> str:
    """Make sure that each report of each chair exists exactly once, with its photo, and nothing is left over.

    Raises AssertionError with what is wrong; otherwise says what was found.
    """
    async with rows_of(url) as rows:
        days = await _days_by_person(rows)
        expected = {f"chair-{number:05}": sorted(chair.days) for number, chair in enumerate(chairs)}
        assert days == expected, f"reports differ: {[who for who in expected if days.get(who) != expected[who]][:5]}"
        assert not await rows.of(drafts), "drafts are left"
        assert not await rows.of(failures), "turns broke"
        photos = [row["state"] for row in await rows.of(attachments)]
    count = sum(map(len, expected.values()))
    assert photos == ["kept"] * count, f"{photos.count('kept')} photos of {count} were kept"
    return f"Every report is in the database exactly once, with all answers and its photo ({count:,} of {count:,})."


async def _days_by_person(rows: Rows) -> dict[str, list[date]]:
    days: dict[str, list[date]] = {}
    for row in await rows.of(submissions):
        answers = row["answers"]
        assert (answers["attendees"], answers["resolved"], len(answers["photo"])) == (18, 3, 1), answers
        days.setdefault(row["person"], []).append(date.fromisoformat(answers["event_date"]))
    return {person: sorted(found) for person, found in days.items()}
