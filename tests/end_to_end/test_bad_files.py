"""Files that are too many, too large, or of another kind than was asked for."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from bot.jobs import FetchFile
from bot.messages import FileRef, Later, Refused
from handlers.dialogue import DIALOGUE
from handlers.propaganda import PROPAGANDA
from storage.tables import attachments, jobs, submissions
from tests.end_to_end.actor import Actor, chair
from tests.end_to_end.rows import Rows
from tests.end_to_end.someone import label, speaker
from tests.stage import Stage

ENGLISH = speaker("en", "Páo", "anh")
SESSIONS, MINUTES = ENGLISH.speak(label(PROPAGANDA, "sessions")), ENGLISH.speak(label(DIALOGUE, "minutes"))
MB = 1024 * 1024
PHOTO_AS_FILE = FileRef("scan", "file", "IMG_1.jpg", "image/jpeg", 900_000)
BROCHURE = FileRef("brochure", "file", "to-roi.pdf", "application/pdf", 90_000)
FILM = FileRef("film", "file", "phim.mp4", "video/mp4", 25 * MB)


async def at_sessions(on_stage: Stage) -> Actor:
    """Go on to a question of a form that takes photos."""
    who = await chair(on_stage)
    assert SESSIONS in await who.types("tuyen truyen", "9/11", "2", "1")
    return who


async def at_minutes(on_stage: Stage) -> Actor:
    """Go on to a question for a file."""
    who = await chair(on_stage)
    minutes = ENGLISH.speak(DIALOGUE.by_code["minutes"].short)
    assert MINUTES in await who.types("doi thoai", "1", "9/11", "18", "1", "0", minutes)
    return who


async def files_it(who: Actor) -> str:
    """No meetings, nothing to add, send it."""
    return await who.types("0", "0", "1")


async def test_an_album_of_twelve(on_stage: Stage, rows: Rows) -> None:
    """Of twelve photos sent together three are kept; one receipt tells of all, and the question stays open."""
    who = await at_sessions(on_stage)
    *photos, last = on_stage.photos(who.chat, 12, album="a")
    for photo in photos:
        await on_stage.inbox.take_batch([photo])
    said = await who.gets(last)
    assert said.count(SESSIONS) == 1
    assert "3" in said
    assert len(await rows.of(attachments)) == 3
    assert "BC1" in await files_it(who)


async def test_an_album_in_one_batch(on_stage: Stage, rows: Rows) -> None:
    """When the whole album comes at once, it has one receipt."""
    who = await at_sessions(on_stage)
    said = await who.gets(*on_stage.photos(who.chat, 12, album="a"))
    assert said.count(SESSIONS) == 1
    assert len(await rows.of(attachments)) == 3
    assert len({row["id"] for row in await rows.of(jobs, kind="fetch")}) == 3


async def test_a_photo_as_a_file(on_stage: Stage, rows: Rows) -> None:
    """A photo sent as a file is a photo all the same."""
    who = await at_sessions(on_stage)
    assert "1 photo" in await who.sends(PHOTO_AS_FILE)
    [kept] = await rows.of(attachments)
    assert (kept["field"], kept["name"]) == ("photo", "IMG_1.jpg")


async def test_a_file_that_nobody_asked_for(on_stage: Stage, rows: Rows) -> None:
    """A film, or a brochure where photos are wanted, is refused kindly, and the report goes on."""
    who = await at_sessions(on_stage)
    for file in (FILM, BROCHURE):
        assert SESSIONS in await who.sends(file)
    assert not await rows.of(attachments)
    assert "BC1" in await files_it(who)


async def test_a_file_without_a_report(on_stage: Stage, rows: Rows) -> None:
    """A photo out of the blue is answered with what to do first."""
    who = await chair(on_stage)
    assert "MENU" in await who.gets(*on_stage.photos(who.chat))
    assert not await rows.of(attachments)


async def test_a_file_of_25_megabytes(on_stage: Stage, rows: Rows) -> None:
    """A file larger than can be fetched is refused at once, the question stays, and the report goes on."""
    who = await at_minutes(on_stage)
    huge = FileRef("huge", "file", "bien-ban.pdf", "application/pdf", 25 * MB)
    said = await who.sends(huge)
    assert MINUTES in said
    assert not await rows.of(attachments), said
    assert "1 file" in await who.sends(FileRef("small", "file", "bien-ban.pdf", "application/pdf", MB))
    assert "BC1" in await who.types("1", "1")


class Shelf:
    """A channel that only brings files."""

    def __init__(self, content: bytes | Exception) -> None:
        self.content = content

    async def fetch(self, remote: str, limit: int) -> bytes:
        if isinstance(self.content, Exception):
            raise self.content
        return self.content


def fetching(content: bytes | Exception, folder: Path) -> tuple[FetchFile, dict[str, Any]]:
    shelf: Any = Shelf(content)
    return FetchFile({"telegram": shelf}, folder, MB, lambda _language: ENGLISH), {
        "channel": "telegram",
        "ref": {"remote": "r"},
    }


@pytest.mark.parametrize("content", [b"MZ a program", b"\xff\xd8\xff" + b"x" * MB, b"", Refused("gone")])
async def test_a_file_that_cannot_be_kept(content: bytes | Exception, on_stage: Stage, tmp_path: Path) -> None:
    """What turns out to be of no use is said in the report, with how to mend it."""
    who = await at_sessions(on_stage)
    await who.gets(*on_stage.photos(who.chat))
    fetch, args = fetching(content, tmp_path / "files")
    [claim] = await on_stage.store.due_jobs(on_stage.clock.now, 1)
    effects = await fetch({**claim.job.args, **args}, 0)
    await on_stage.store.jobs_done([(claim.job.id, effects)])
    assert "could not be kept" in await who.types("0")
    assert "BC1" in await who.types("0", "1")
    assert "1 file could not be fetched" in await who.types("xem 1")
    assert "[photo]" not in await who.types("xem 1")


async def test_no_folder_to_keep_files_in(on_stage: Stage, tmp_path: Path, rows: Rows) -> None:
    """Where the folder cannot be written the file waits for somebody to mend it; the report is filed all the same."""
    (tmp_path / "files").write_text("a file where the folder should be")
    who = await at_sessions(on_stage)
    await who.gets(*on_stage.photos(who.chat))
    fetch, args = fetching(b"\xff\xd8\xff\xe0 a photo", tmp_path / "files")
    [claim] = await on_stage.store.due_jobs(on_stage.clock.now, 1)
    with pytest.raises(Later):
        await fetch({**claim.job.args, **args}, 100)
    assert "BC1" in await files_it(who)
    assert "1 file is still being fetched" in await who.types("xem 1")
    (tmp_path / "files").unlink()
    await on_stage.store.jobs_done([(claim.job.id, await fetch({**claim.job.args, **args}, 101))])
    assert "[photo]" in await who.types("xem 1")
    assert len(await rows.of(submissions)) == 1
