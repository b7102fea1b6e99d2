"""A person takes their data along, and has them erased: from asking in the chat to the file on the disk."""

from __future__ import annotations

import hashlib
import json
from collections.abc import AsyncIterator
from pathlib import Path

import pytest

from bot.documents.person import ExportPerson
from bot.effects import FileKept, Role
from bot.jobs import EraseFiles
from storage.migrate import migrate
from tests.stage import Stage, stage


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


async def keep_photo(ready: Stage, folder: Path) -> str:
    """Pretend that the photo was fetched; give its sha256."""
    jobs = await ready.store.due_jobs(ready.clock.now, 10)
    fetch = next(claim.job for claim in jobs if claim.job.kind == "fetch")
    data = b"a picture"
    sha256 = hashlib.sha256(data).hexdigest()
    folder.mkdir()
    (folder / sha256).write_bytes(data)
    await ready.store.job_done(fetch.id, [FileKept(fetch.args["file"], sha256, len(data), "image/jpeg")])
    return sha256


async def test_a_copy_of_ones_data(on_stage: Stage, tmp_path: Path) -> None:
    """Everything kept comes as one readable file: name, phone, roles, chats, reports."""
    await on_stage.gets(on_stage.text("páo", "dulieu"))
    await on_stage.gets(on_stage.text("páo", "1"))
    claims = await on_stage.store.due_jobs(on_stage.clock.now, 10)
    job = next(claim.job for claim in claims if claim.job.kind == "export_person")
    export = ExportPerson(on_stage.store, tmp_path / "exports", on_stage.house.voice)
    await on_stage.store.job_done(job.id, await export(job.args, 0))
    said = await on_stage.store.due_messages(on_stage.clock.now, 10)
    path = said[0].out.message.attachments[0].path
    data = json.loads(Path(path).read_text(encoding="utf-8"))
    assert (data["name"], data["phone"]) == ("Páo", "0912345678")
    assert data["roles"] == [{"role": "chair", "unit": "CĐCS Chè Than Uyên", "code": "TU-01"}]
    assert [report["form"] for report in data["reports"]] == ["membership"]
    assert data["reports"][0]["answers"]["total_members"] == 40
    assert Path(path).stat().st_mode & 0o077 == 0


async def test_erasure_takes_texts_and_files_and_leaves_counts(on_stage: Stage, tmp_path: Path) -> None:
    """After it the chat is a stranger's, the picture is off the disk, and the unit still has its figures."""
    folder = tmp_path / "attachments"
    sha256 = await keep_photo(on_stage, folder)
    for words in ("dulieu", "3", "1"):
        await on_stage.gets(on_stage.text("páo", words))
    claims = await on_stage.store.due_jobs(on_stage.clock.now, 10)
    erase = next(claim.job for claim in claims if claim.job.kind == "erase_files")
    await on_stage.store.job_done(erase.id, await EraseFiles(on_stage.store, folder)(erase.args, 0))
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


async def test_a_picture_that_somebody_else_sent_too_stays(on_stage: Stage, tmp_path: Path) -> None:
    """Contents are kept once; they go when the last file that needs them goes."""
    folder = tmp_path / "attachments"
    sha256 = await keep_photo(on_stage, folder)
    await EraseFiles(on_stage.store, folder)({"hashes": [sha256, "0" * 64]}, 0)
    assert (folder / sha256).exists()
