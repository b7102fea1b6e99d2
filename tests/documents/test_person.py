"""A person takes their data along, and has them erased: from asking in the chat to the file on the disk."""

from __future__ import annotations

import hashlib
import json
import zipfile
from collections.abc import AsyncIterator
from dataclasses import dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.documents.person import MOST_BYTES, ExportPerson
from bot.effects import EndRoles, ErasePerson, FileKept, FileReport, SaveDraft, StartJob
from bot.jobs import EraseFiles
from bot.messages import Message
from bot.records import Draft, Role
from storage.migrate import migrate
from tests.stage import Stage, stage

PICTURE = b"a picture"


@pytest.fixture
async def on_stage(tmp_path: Path) -> AsyncIterator[Stage]:
    """A stage with a chair who filed a propaganda report with a photo and a doubt confirmed with a reason."""
    template = tmp_path / "template.db"
    await migrate(f"sqlite+aiosqlite:///{template}")
    async with stage(tmp_path, template) as ready:
        chat = await ready.person("Páo", Role.CHAIR, "TU-01")
        for words in ("ket nap", "9/11; 2; 1; 0", "40", "2", "đếm lại sổ", "1", "0"):
            await ready.gets(ready.text(chat, words))
        await ready.gets(*ready.photos(chat))
        await ready.gets(ready.press(chat, "Gửi"))
        yield ready


@dataclass(frozen=True)
class Folders:
    """Where files and copies lie."""

    attachments: Path
    exports: Path


@pytest.fixture
def folders(tmp_path: Path) -> Folders:
    """Folders of a program."""
    (tmp_path / "attachments").mkdir()
    return Folders(tmp_path / "attachments", tmp_path / "exports")


async def keep_photo(ready: Stage, folder: Path, size: int = 0) -> str:
    """Pretend that the photo was fetched; give its sha256. `size` is what its row says, where that shall differ."""
    jobs = await ready.store.due_jobs(ready.clock.now, 10)
    fetch = next(claim.job for claim in jobs if claim.job.kind == "fetch")
    sha256 = hashlib.sha256(PICTURE).hexdigest()
    (folder / sha256).write_bytes(PICTURE)
    kept = FileKept(fetch.args["file"], sha256, size or len(PICTURE), "image/jpeg")
    await ready.store.jobs_done([(fetch.id, [kept])])
    return sha256


async def asked(ready: Stage) -> StartJob:
    """Ask for a copy in the chat; give the job."""
    for words in ("dulieu", "1"):
        await ready.gets(ready.text("páo", words))
    claims = await ready.store.due_jobs(ready.clock.now, 10)
    return next(claim.job for claim in claims if claim.job.kind == "export_person")


async def export(ready: Stage, folders: Folders, job: StartJob) -> list[Message]:
    """Do the job; give what is said then."""
    work = ExportPerson(ready.store, folders.attachments, folders.exports, ready.house.voice)
    await ready.store.jobs_done([(job.id, await work(job.args, 0))])
    return [claim.out.message for claim in await ready.store.due_messages(ready.clock.now, 10)]


async def copy(ready: Stage, folders: Folders) -> tuple[dict[str, Any], dict[str, bytes]]:
    """Get a copy; give what is told and the files."""
    (said,) = await export(ready, folders, await asked(ready))
    (attachment,) = said.attachments
    assert attachment.name == "du-lieu.zip"
    with zipfile.ZipFile(attachment.path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    return json.loads(parts.pop("du-lieu.json")), parts


async def test_a_copy_of_ones_data(on_stage: Stage, folders: Folders) -> None:
    """Everything kept comes in one archive: name, phone, roles, chats, reports, doings; for us alone to read."""
    data, files = await copy(on_stage, folders)
    assert (data["name"], data["phone"]) == ("Páo", "0912345678")
    role = {"role": "chair", "unit": "CĐCS Chè Than Uyên", "code": "TU-01", "since": "2026-01-01", "until": None}
    assert data["roles"] == [role]
    (report,) = data["reports"]
    assert (report["form"], report["answers"]["total_members"]) == ("membership", 40)
    assert "đếm lại sổ" in json.dumps(report["accepted"], ensure_ascii=False)
    assert {"see own data", "export own data"} <= {entry["action"] for entry in data["log"]}
    assert (data["files"][0]["left_out"], files) == ("waiting", {})
    (path,) = folders.exports.iterdir()
    assert path.stat().st_mode & 0o077 == 0


async def test_a_copy_has_what_is_over_and_what_is_under_way(on_stage: Stage, folders: Folders) -> None:
    """Roles that ended, why a report was withdrawn, and drafts are told too."""
    async with on_stage.store.reading() as reads:
        (report,) = await reads.reports_by("p-páo")
    gone = replace(report, id="s2", version=2, replaces=report.id, state="withdrawn", reason="nhầm", draft="")
    draft = Draft("d2", "dialogue", "p-páo", report.unit, {"attendees": 7}, started_at=on_stage.clock.now)
    ended = EndRoles(report.unit, Role.CHAIR, "", date(2026, 11, 10))
    await on_stage.effects(FileReport(gone), SaveDraft(draft), ended)
    data, _files = await copy(on_stage, folders)
    assert [(one["state"], one["reason"]) for one in data["reports"]] == [("filed", ""), ("withdrawn", "nhầm")]
    assert [(one["form"], one["answers"]) for one in data["drafts"]] == [("dialogue", {"attendees": 7})]
    assert data["roles"][0]["until"] == "2026-11-10"


async def test_a_copy_brings_the_files(on_stage: Stage, folders: Folders) -> None:
    """What was sent comes back as it was, under the name that the list says."""
    await keep_photo(on_stage, folders.attachments)
    data, files = await copy(on_stage, folders)
    (listed,) = data["files"]
    assert listed["in_archive"].endswith(".jpg")
    assert files == {listed["in_archive"]: PICTURE}


async def test_a_file_too_large_for_the_archive_is_named(on_stage: Stage, folders: Folders) -> None:
    """Messengers carry so much and no more: what stays behind is told, with the reason."""
    await keep_photo(on_stage, folders.attachments, MOST_BYTES + 1)
    data, files = await copy(on_stage, folders)
    assert data["files"][0]["left_out"] == "too much for one archive"
    assert files == {}


async def test_a_file_that_is_lost_does_not_stop_the_copy(on_stage: Stage, folders: Folders) -> None:
    """Should the disk have lost a file, the rest still comes."""
    sha256 = await keep_photo(on_stage, folders.attachments)
    (folders.attachments / sha256).unlink()
    data, files = await copy(on_stage, folders)
    assert (data["files"][0]["left_out"], files) == ("missing", {})


async def test_no_copy_for_somebody_erased_meanwhile(on_stage: Stage, folders: Folders) -> None:
    """Who asks for a copy and is erased before it is made gets none, and nothing is written."""
    job = await asked(on_stage)
    await on_stage.effects(ErasePerson("p-páo", on_stage.clock.now))
    assert await export(on_stage, folders, job) == []
    assert not folders.exports.exists()


async def test_erasure_takes_texts_and_files_and_leaves_counts(on_stage: Stage, folders: Folders) -> None:
    """After it the chat is a stranger's, the picture is off the disk, and the unit still has its figures."""
    folder = folders.attachments
    sha256 = await keep_photo(on_stage, folder)
    for words in ("dulieu", "3", "1"):
        await on_stage.gets(on_stage.text("páo", words))
    claims = await on_stage.store.due_jobs(on_stage.clock.now, 10)
    erase = next(claim.job for claim in claims if claim.job.kind == "erase_files")
    await on_stage.store.jobs_done([(erase.id, await EraseFiles(on_stage.store, folder)(erase.args, 0))])
    assert not (folder / sha256).exists()
    async with on_stage.store.reading() as reads:
        unit = await reads.unit_by_code("TU-01")
        assert unit is not None
        (report,) = await reads.submissions([unit.id], 10)
        assert await reads.person("p-páo") is None or (await reads.person("p-páo")).name == ""  # type: ignore[union-attr]
        sums = await reads.sums([unit.id], report.day, report.day)
    assert report.answers["total_members"] == 40
    assert report.answers["photo"] is None
    assert "sổ" not in json.dumps(dict(report.accepted), ensure_ascii=False)
    assert any(row.field == "new_members" and row.value == 2 for row in sums)


async def test_what_an_erased_person_sent_is_not_fetched_any_more(on_stage: Stage) -> None:
    """A picture that still lies with the messenger stays there, and nobody is told of it."""
    for words in ("dulieu", "3", "1"):
        await on_stage.gets(on_stage.text("páo", words))
    claims = await on_stage.store.due_jobs(on_stage.clock.now, 10)
    assert "fetch" not in {claim.job.kind for claim in claims}


async def test_a_picture_that_somebody_else_sent_too_stays(on_stage: Stage, folders: Folders) -> None:
    """Contents are kept once; they go when the last file that needs them goes."""
    folder = folders.attachments
    sha256 = await keep_photo(on_stage, folder)
    await EraseFiles(on_stage.store, folder)({"hashes": [sha256, "0" * 64]}, 0)
    assert (folder / sha256).exists()
