"""Backups: what is copied out comes back whole, on either database, or nothing is changed."""

from __future__ import annotations

import asyncio
import json
import sqlite3
import zipfile
from collections.abc import Callable, Mapping
from contextlib import closing
from datetime import UTC, datetime, time, timedelta
from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import Connection, text

from bot.backup.archive import BrokenBackup, Reader
from bot.backup.making import Sources, backup_nightly, fill, make_backup
from bot.backup.nightly import MARK, MakeBackup, Nightly, last_due
from bot.effects import Audit, FileReport, Mark, SaveDraft, Speak
from bot.messages import Later
from bot.records import Role
from storage.copying import OccupiedError, UnknownRevisionError
from storage.store import SqlStore
from storage.tables import metadata
from tests.databases import KINDS, Fresh
from tests.storage.people import NOW, SCHOOL, draft, joined, lay_out, look, report, said, write

SHA = "a" * 64


async def _lived_in(url: str) -> None:
    """Let something happen in a database: people, a report, a draft, a log, a message to say."""
    store = await SqlStore.open(url, lambda: NOW)
    await lay_out(store)
    await write(
        store,
        *joined("pao", Role.CHAIR, SCHOOL),
        FileReport(report("r1", answers={"attendees": 12, "note": "ý kiến;\n\u2028“hai”"}), ()),
        SaveDraft(draft("d1", "pao", attendees=3)),
        Audit(NOW, "pao", "look", "A-01"),
        Speak(said("k1")),
    )
    await store.close()


async def _everything(url: str) -> dict[str, list[tuple[Any, ...]]]:
    """Read every table of a database, in an order of its own."""

    def all_of(connection: Connection) -> dict[str, list[tuple[Any, ...]]]:
        return {
            table.name: sorted((tuple(map(_plain, row)) for row in connection.execute(table.select())), key=repr)
            for table in metadata.sorted_tables
        }

    store = await SqlStore.open(url, lambda: NOW)
    try:
        async with store.reading() as reads:
            return await reads.run(all_of)
    finally:
        await store.close()


def _plain(value: object) -> object:
    return dict(value) if isinstance(value, Mapping) else value


@pytest.fixture
def sources(url: str, tmp_path: Path) -> Sources:
    """A database in which something happened, an attachment, and a settings file."""
    asyncio.run(_lived_in(url))
    folder = tmp_path / "attachments"
    folder.mkdir()
    (folder / SHA).write_bytes(b"a photo")
    (folder / ".unfinished").write_bytes(b"half")
    config = tmp_path / "config.toml"
    config.write_text("[keep]\nbodies = 7\n")
    return Sources(url, folder, config)


@pytest.mark.parametrize("other", KINDS)
def test_what_was_backed_up_comes_back(
    sources: Sources, other: str, databases: Callable[[str], Fresh], tmp_path: Path
) -> None:
    """Every row of every table, attachments and settings; from either database into either. Nothing is said twice."""
    path, back = tmp_path / "out" / "one.backup", databases(other)()
    told = make_backup(sources, path, NOW)
    assert (path.stat().st_mode & 0o777, told.files, told.rows["submissions"]) == (0o600, 1, 1)
    assert [one.name for one in path.parent.iterdir()] == ["one.backup"]
    reader = Reader(path)
    asyncio.run(fill(back, reader))
    before, after = asyncio.run(_everything(sources.url)), asyncio.run(_everything(back))
    outbox = before.pop("outbox"), after.pop("outbox")
    assert before == after
    states = [row[list(metadata.tables["outbox"].columns.keys()).index("state")] for rows in outbox for row in rows]
    assert states == ["pending", "uncertain"]
    assert reader.put_attachments(tmp_path / "restored") == 1
    assert (tmp_path / "restored" / SHA).read_bytes() == b"a photo"
    assert reader.put_config(tmp_path / "new.toml")
    assert not reader.put_config(sources.config)
    databases(other).give_back(back)


def test_life_goes_on_after_a_restore(sources: Sources, databases: Callable[[str], Fresh], tmp_path: Path) -> None:
    """Numbers that count by themselves go on after the largest one."""
    path, back = tmp_path / "one.backup", databases("postgresql")()
    make_backup(sources, path, NOW)
    asyncio.run(fill(back, Reader(path)))

    async def go_on() -> int:
        store = await SqlStore.open(back, lambda: NOW)
        await write(store, Speak(said("k2")), Audit(NOW, "pao", "look", "A-01"))
        found = await look(store, "SELECT count(DISTINCT id) FROM outbox")
        await store.close()
        return int(found[0][0])

    assert asyncio.run(go_on()) == 2
    databases("postgresql").give_back(back)


def test_a_database_with_people_in_it_is_left_alone(sources: Sources, tmp_path: Path) -> None:
    """Unless one says so; then what was there is gone."""
    path = tmp_path / "one.backup"
    make_backup(sources, path, NOW)

    async def later() -> None:
        store = await SqlStore.open(sources.url, lambda: NOW)
        await write(store, Audit(NOW, "pao", "later"))
        await store.close()

    asyncio.run(later())
    with pytest.raises(OccupiedError):
        asyncio.run(fill(sources.url, Reader(path)))
    assert len(asyncio.run(_everything(sources.url))["audit"]) == 2
    asyncio.run(fill(sources.url, Reader(path), replace=True))
    assert len(asyncio.run(_everything(sources.url))["audit"]) == 1


@pytest.mark.parametrize("share", [0.0, 0.3, 0.9, 0.999])
def test_a_file_that_was_cut_off_is_refused(sqlite_url: str, tmp_path: Path, share: float) -> None:
    """Wherever it was cut."""
    path = _backed_up(sqlite_url, tmp_path)
    whole = path.read_bytes()
    path.write_bytes(whole[: int(len(whole) * share)])
    with pytest.raises(BrokenBackup, match="not a whole backup"):
        Reader(path)


def test_a_damaged_file_is_refused(sqlite_url: str, tmp_path: Path) -> None:
    """A single byte that changed is seen."""
    path = _backed_up(sqlite_url, tmp_path)
    with zipfile.ZipFile(path) as archive:
        start = archive.getinfo("tables/units.jsonl").header_offset + 90
    whole = bytearray(path.read_bytes())
    whole[start] ^= 0xFF
    path.write_bytes(whole)
    with pytest.raises(BrokenBackup):
        Reader(path)


@pytest.mark.parametrize("lacking", ["submissions", "units"])
def test_rows_that_lack_are_seen_and_change_nothing(url: str, tmp_path: Path, lacking: str) -> None:
    """An archive that somebody put together anew without a table is not restored."""
    path = _backed_up(url, tmp_path)
    _without(path, f"tables/{lacking}.jsonl")
    before = asyncio.run(_everything(url))
    with pytest.raises(BrokenBackup):
        asyncio.run(fill(url, Reader(path), replace=True))
    assert asyncio.run(_everything(url)) == before


def test_a_backup_of_a_newer_version_is_refused(sqlite_url: str, empty_url: str, tmp_path: Path) -> None:
    """It names the revision that is not known here, and leaves the database as it is."""
    path = _backed_up(sqlite_url, tmp_path)
    _changed(path, revision="9999")
    with pytest.raises(UnknownRevisionError, match="9999"):
        asyncio.run(fill(empty_url, Reader(path)))
    _changed(path, format=99)
    with pytest.raises(BrokenBackup, match="format 99"):
        Reader(path)


def test_a_backup_is_of_one_moment(sqlite_url: str, tmp_path: Path) -> None:
    """What is written while it is made is not in it, and is not held up by it."""
    path = _backed_up(sqlite_url, tmp_path)
    rows = Reader(path).manifest.rows
    with closing(sqlite3.connect(sqlite_url.removeprefix("sqlite+aiosqlite:///"))) as database:
        assert rows["units"] == database.execute("SELECT count(*) FROM units").fetchone()[0]


def _backed_up(url: str, folder: Path) -> Path:
    asyncio.run(_lived_in(url))
    path = folder / "one.backup"
    make_backup(Sources(url, folder / "none", folder / "none.toml"), path, NOW)
    return path


def _without(path: Path, name: str) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {one: archive.read(one) for one in archive.namelist() if one != name}
    _packed(path, members)


def _changed(path: Path, **changes: object) -> None:
    with zipfile.ZipFile(path) as archive:
        members = {one: archive.read(one) for one in archive.namelist()}
    members["manifest.json"] = json.dumps(json.loads(members["manifest.json"]) | changes).encode()
    _packed(path, members)


def _packed(path: Path, members: Mapping[str, bytes]) -> None:
    with zipfile.ZipFile(path, "w") as archive:
        for name, data in members.items():
            archive.writestr(name, data)


AT = time(2, 30)
NIGHT = datetime(2026, 11, 14, 19, 30, tzinfo=UTC)  # 2:30 on the 15th in Vietnam


def test_the_night_is_that_of_vietnam() -> None:
    """Half past two, wherever the machine stands."""
    assert last_due(AT, NIGHT) == NIGHT
    assert last_due(AT, NIGHT - timedelta(seconds=1)) == NIGHT - timedelta(days=1)


async def test_it_is_asked_for_once_a_night(store: SqlStore) -> None:
    """Not before the first night, once in it, again only in the next; what was missed is made up for after a start."""
    woken: list[int] = []
    nightly = Nightly(store, AT, lambda: woken.append(1), NIGHT - timedelta(hours=5))
    for minutes in (-300, -1, 0, 1, 2):
        await nightly(NIGHT + timedelta(minutes=minutes))
    assert await look(store, "SELECT id FROM jobs") == [("backup/2026-11-15",)]
    await store.mark(MARK, NIGHT + timedelta(minutes=3))
    await nightly(NIGHT + timedelta(hours=23))
    assert len(woken) == 1
    later = NIGHT + timedelta(days=3, hours=4)
    await Nightly(store, AT, lambda: woken.append(2), later)(later)
    assert len(woken) == 2


async def test_the_night_makes_a_file_and_lets_the_oldest_go(store: SqlStore, url: str, tmp_path: Path) -> None:
    """In a process of its own, while the database is in use; so many of them stay."""
    folder = tmp_path / "backups"
    folder.mkdir()
    for day in (11, 12, 13):
        (folder / f"tieng-co-so-2026-11-{day}.backup").write_text("old")
    sources = Sources(url, tmp_path / "none", tmp_path / "none.toml")
    job = MakeBackup(folder, 2, lambda path, now: backup_nightly(sources, path, now), lambda: NIGHT)
    async with store.reading() as reads:
        assert await job({}, 0) == [Mark(MARK, NIGHT)]
        assert await reads.run(lambda connection: connection.execute(text("SELECT 1")).scalar()) == 1
    kept = sorted(folder.iterdir())
    assert [one.name for one in kept] == ["tieng-co-so-2026-11-13.backup", "tieng-co-so-2026-11-15.backup"]
    assert Reader(kept[-1]).manifest.rows["units"] == 6


async def test_a_disk_in_trouble_is_tried_again(store: SqlStore, tmp_path: Path) -> None:
    """In ten minutes, and after five times it is a failure that somebody is told of."""

    async def full(_path: Path, _now: datetime) -> None:
        raise OSError(28, "No space left on device")

    job = MakeBackup(tmp_path, 2, full, lambda: NIGHT)
    with pytest.raises(Later):
        await job({}, 0)
    with pytest.raises(OSError, match="No space"):
        await job({}, 4)
