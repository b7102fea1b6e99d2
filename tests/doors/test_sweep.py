"""The sweep: an hour later nothing lies in the folders that nobody needs."""

from __future__ import annotations

import hashlib
import os
from datetime import timedelta
from pathlib import Path

import pytest
from structlog.testing import capture_logs

from bot.effects import DropFiles, FileKept, KeepFile
from bot.jobs import Sweep
from bot.jobs.sweep import ASKED_AT_ONCE
from bot.messages import FileRef
from bot.records import StoredFile
from tests.doors.house import NOW, House

TWO_HOURS, TWO_DAYS = timedelta(hours=2), timedelta(days=2)


class Folders:
    """The two folders of a sweep, and what lies in them."""

    def __init__(self, root: Path) -> None:
        self.attachments = root / "attachments"
        self.exports = root / "exports"

    def sweep(self, store: House) -> Sweep:
        """Make the sweep."""
        return Sweep(store, self.attachments, self.exports)

    def attachment(self, name: str, age: timedelta) -> str:
        """Put a file where attachments lie; a content goes by its hash."""
        return put(self.attachments / name, age)

    def content(self, words: str, age: timedelta) -> str:
        """Put a content there; give its sha256."""
        return self.attachment(hashlib.sha256(words.encode()).hexdigest(), age)

    def export(self, name: str, age: timedelta) -> str:
        """Put a copy where exports lie."""
        return put(self.exports / name, age)

    @property
    def names(self) -> set[str]:
        """What lies there now."""
        return {path.name for folder in (self.attachments, self.exports) for path in folder.iterdir()}


def put(path: Path, age: timedelta) -> str:
    """Write a file of this age; give its name."""
    path.parent.mkdir(exist_ok=True)
    path.write_bytes(b"x")
    written = (NOW - age).timestamp()
    os.utime(path, (written, written))
    return path.name


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Folders that are not there yet."""
    return Folders(tmp_path)


async def kept(store: House, file: str, draft: str, sha256: str) -> None:
    """Let a file of a draft have these contents."""
    await store.write(KeepFile(StoredFile(file, draft, "photo", "telegram", FileRef("r", "photo"))))
    await store.write(FileKept(file, sha256, 1, "image/jpeg"))


async def test_contents_that_no_file_needs_go(store: House, folders: Folders) -> None:
    """A cancelled draft's picture goes; one that another report has too stays, and one that is just being fetched."""
    gone, shared, fresh = (
        folders.content("gone", TWO_HOURS),
        folders.content("shared", TWO_HOURS),
        folders.content("fresh", timedelta(minutes=59)),
    )
    await kept(store, "f1", "cancelled", gone)
    await kept(store, "f2", "cancelled", shared)
    await kept(store, "f3", "filed", shared)
    await folders.sweep(store)(NOW)
    folders.exports.mkdir()
    assert folders.names == {gone, shared, fresh}
    await store.write(DropFiles("cancelled"))
    await folders.sweep(store)(NOW)
    assert folders.names == {shared, fresh}


async def test_what_a_crash_left_half_written_goes(store: House, folders: Folders) -> None:
    """A fetch that was broken off leaves nothing; one under way, and what is not ours, is let alone."""
    folders.attachment(".fetching-old", TWO_HOURS)
    young = folders.attachment(".fetching-young", timedelta(minutes=1))
    other = folders.attachment("README.txt", TWO_DAYS)
    folders.exports.mkdir()
    await folders.sweep(store)(NOW)
    assert folders.names == {young, other}


async def test_exported_copies_lie_there_for_a_day(store: House, folders: Folders) -> None:
    """A copy of somebody's data goes the day after it was made, whether another is ever made or not."""
    folders.attachments.mkdir()
    folders.export("old.zip", TWO_DAYS)
    folders.export("old.part", TWO_DAYS)
    new = folders.export("new.zip", TWO_HOURS)
    await folders.sweep(store)(NOW)
    assert folders.names == {new}


async def test_many_contents_are_asked_for_in_lots(store: House, folders: Folders) -> None:
    """However many files lie there, each is judged."""
    names = {folders.content(f"file {number}", TWO_HOURS) for number in range(2 * ASKED_AT_ONCE + 1)}
    needed = sorted(names)[::ASKED_AT_ONCE]
    for number, sha256 in enumerate(needed):
        await kept(store, f"f{number}", "filed", sha256)
    folders.exports.mkdir()
    await folders.sweep(store)(NOW)
    assert folders.names == set(needed)


async def test_the_sweep_comes_once_an_hour(store: House, folders: Folders) -> None:
    """It has a look at the first tick, and then hourly; folders that are not there yet are no trouble."""
    sweep = folders.sweep(store)
    await sweep(NOW)
    folders.export("old.zip", TWO_DAYS)
    folders.attachments.mkdir()
    await sweep(NOW + timedelta(minutes=59))
    assert folders.names == {"old.zip"}
    await sweep(NOW + timedelta(minutes=60))
    assert folders.names == set()


async def test_a_folder_that_cannot_be_swept_is_told_once_an_hour(
    store: House, folders: Folders, monkeypatch: pytest.MonkeyPatch
) -> None:
    """A disk that refuses breaks nothing, and does not fill the log at every tick."""
    folders.export("old.zip", TWO_DAYS)

    def refuse(_path: Path, missing_ok: bool = False) -> None:
        raise PermissionError(13, "Permission denied", "old.zip")

    monkeypatch.setattr(Path, "unlink", refuse)
    sweep = folders.sweep(store)
    with capture_logs() as told:
        await sweep(NOW)
        await sweep(NOW + timedelta(minutes=1))
    assert sum("could not be swept" in line["event"] for line in told) == 1
