"""The job that fetches attachments: what is kept, what is refused, what is tried again."""

from __future__ import annotations

import hashlib
import io
import os
import zipfile
from pathlib import Path
from typing import Any

import pytest

from bot.effects import FileFailed, FileKept, Speak
from bot.i18n import Voice, load_catalogues
from bot.jobs import FetchFile
from bot.jobs.fetch import TRIES, keep
from bot.jobs.sniff import type_of
from bot.messages import Address, Later, Refused
from tests.doors.house import Recorder, Time
from tests.stage import ROOT

JPEG = b"\xff\xd8\xff\xe0" + b"picture" * 10
CATALOGUES = load_catalogues(ROOT / "locales")
ARGS = {"file": "f1", "channel": "telegram", "ref": {"remote": "file-id", "kind": "photo"}}
TO = {"chat": "77", "language": "vi"}
LIMIT = 1000


class Shelf(Recorder):
    """A channel with one file."""

    def __init__(self, what: bytes | Exception) -> None:
        super().__init__(Time().clock)
        self.what = what

    async def fetch(self, remote: str, limit: int) -> bytes:
        assert remote == "file-id"
        if isinstance(self.what, Exception):
            raise self.what
        return self.what


async def fetched(what: bytes | Exception, folder: Path, attempts: int = 0) -> Any:
    """Do the job; give its one effect."""
    (effect,) = await fetcher(what, folder)(ARGS, attempts)
    return effect


def fetcher(what: bytes | Exception, folder: Path, limit: int = LIMIT) -> FetchFile:
    """The job, where the file is this."""
    return FetchFile({"telegram": Shelf(what)}, folder, limit, voice)


def voice(language: str) -> Voice:
    """The voice of a language."""
    return Voice(CATALOGUES[language])


def names(folder: Path) -> list[str]:
    """List what lies in a folder, hidden files too."""
    return [path.name for path in folder.iterdir()]


def archive(*names: str) -> bytes:
    """A zip file with these (empty) parts."""
    data = io.BytesIO()
    with zipfile.ZipFile(data, "w") as file:
        for name in names:
            file.writestr(name, "")
    return data.getvalue()


def compound(stream: str) -> bytes:
    """The beginning of an old Office file with one stream in its directory."""
    return b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(504) + stream.encode("utf-16-le").ljust(128, b"\0")


async def test_a_file_is_kept_under_its_sha256(tmp_path: Path) -> None:
    """What was fetched lies whole in the folder, which is made where it lacks; nothing else is left there."""
    folder = tmp_path / "data" / "attachments"
    sha256 = hashlib.sha256(JPEG).hexdigest()
    assert await fetched(JPEG, folder) == FileKept("f1", sha256, len(JPEG), "image/jpeg")
    assert names(folder) == [sha256]
    assert (folder / sha256).read_bytes() == JPEG
    assert (folder / sha256).stat().st_mode & 0o077 == 0


async def test_the_same_file_is_kept_once(tmp_path: Path) -> None:
    """A file sent twice, or fetched again after a crash, is harmless."""
    assert await fetched(JPEG, tmp_path) == await fetched(JPEG, tmp_path)
    assert len(names(tmp_path)) == 1


async def test_a_file_fetched_again_is_as_good_as_new(tmp_path: Path) -> None:
    """A sweep that finds the old contents unneeded must not take them while the new row is being written."""
    await fetched(JPEG, tmp_path)
    (path,) = tmp_path.iterdir()
    os.utime(path, (0, 0))
    await fetched(JPEG, tmp_path)
    assert path.stat().st_mtime > 0


@pytest.mark.parametrize(
    ("what", "why"),
    [
        (JPEG + bytes(LIMIT), "size"),
        (b"MZ\x90\x00 a program", "type"),
        (b"", "type"),
        (Refused("file is too big"), "gone"),
    ],
)
async def test_what_may_not_be_kept_fails_for_good(tmp_path: Path, what: bytes | Exception, why: str) -> None:
    """A file that is too large, of a strange type or gone is not tried again, and nothing is written."""
    assert await fetched(what, tmp_path) == FileFailed("f1", why)
    assert names(tmp_path) == []


@pytest.mark.parametrize(
    ("what", "why", "words"),
    [
        (JPEG + bytes(2_000_000), "size", "quá 1 MB"),
        (b"MZ program", "type", "PDF, Word"),
        (Refused("gone"), "gone", "gửi lại"),
        (Later(5, "no network"), "unreachable", "gửi lại"),
    ],
)
async def test_who_sent_a_file_that_failed_is_told(
    tmp_path: Path, what: bytes | Exception, why: str, words: str
) -> None:
    """In their language, where they sent it: what is wrong with it, and how to send it again; only once."""
    failed, told = await fetcher(what, tmp_path, 1024 * 1024)(ARGS | TO, TRIES)
    assert failed == FileFailed("f1", why)
    assert isinstance(told, Speak)
    assert (told.out.key, told.out.address) == ("failed/f1", Address("telegram", "77"))
    assert words in told.out.message.text
    assert "SUA" in told.out.message.text


async def test_a_file_that_is_kept_is_not_spoken_of(tmp_path: Path) -> None:
    """The receipt of the report tells of it."""
    assert len(await fetcher(JPEG, tmp_path)(ARGS | TO, 0)) == 1


async def test_what_cannot_be_fetched_now_is_tried_again_for_a_day(tmp_path: Path) -> None:
    """A channel that is away is asked again; after about a day the file is given up."""
    with pytest.raises(Later, match="no network"):
        await fetched(Later(5, "no network"), tmp_path, TRIES - 2)
    assert await fetched(Later(5, "no network"), tmp_path, TRIES - 1) == FileFailed("f1", "unreachable")


async def test_a_channel_that_is_not_running_is_waited_for(tmp_path: Path) -> None:
    """A file of a channel that is switched off now is not lost at once."""
    with pytest.raises(Later, match="telegram"):
        await FetchFile({}, tmp_path, LIMIT, voice)(ARGS, 0)


@pytest.mark.parametrize("attempts", [0, TRIES + 5])
async def test_a_folder_that_cannot_be_written_is_waited_for(tmp_path: Path, attempts: int) -> None:
    """A disk that takes no file is ours to mend: the file is never given up, and the reason says where."""
    folder = tmp_path / "attachments"
    folder.write_text("in the way")
    with pytest.raises(Later, match=r"cannot write to .*attachments"):
        await fetched(JPEG, folder, attempts)


def test_a_broken_write_leaves_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """When the disk fails in the middle, no half file stays behind."""

    def full(_handle: int) -> None:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr("os.fsync", full)
    with pytest.raises(OSError, match="No space"):
        keep(tmp_path, JPEG)
    assert names(tmp_path) == []


OOXML = "application/vnd.openxmlformats-officedocument"


@pytest.mark.parametrize(
    ("data", "mime"),
    [
        (JPEG, "image/jpeg"),
        (b"\x89PNG\r\n\x1a\n....", "image/png"),
        (b"RIFF\x10\x00\x00\x00WEBPVP8 ", "image/webp"),
        (b"RIFF\x10\x00\x00\x00WAVEfmt ", ""),
        (b"\x00\x00\x00\x18ftypheic", "image/heic"),
        (b"\x00\x00\x00\x18ftypisom", ""),
        (b"%PDF-1.7\n", "application/pdf"),
        (archive("[Content_Types].xml", "word/document.xml"), f"{OOXML}.wordprocessingml.document"),
        (archive("[Content_Types].xml", "xl/workbook.xml"), f"{OOXML}.spreadsheetml.sheet"),
        (archive("word/document.xml", "word/vbaProject.bin"), ""),
        (archive("readme.txt"), ""),
        (b"PK\x03\x04 broken", ""),
        (compound("WordDocument"), "application/msword"),
        (compound("Workbook"), "application/vnd.ms-excel"),
        (compound("Installer"), ""),
        (b"<html>", ""),
    ],
)
def test_types_are_told_from_the_bytes(data: bytes, mime: str) -> None:
    """Photos, PDF, Word and Excel files are known by what is in them; anything else is not taken."""
    assert type_of(data) == mime
