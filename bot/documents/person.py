"""The job "export_person": everything kept about a person, as one archive sent to them (law 91/2025/QH15)."""

from __future__ import annotations

import asyncio
import json
import zipfile
from collections.abc import Callable, Mapping, Sequence
from pathlib import Path
from typing import Any, Final

from bot.documents.record import record
from bot.effects import Effect, Speak
from bot.i18n import Voice, _
from bot.messages import Address, Attachment, Outgoing, Say
from bot.ports import Reads, Store
from bot.records import Person, StoredFile

MOST_BYTES: Final = 40 * 1024 * 1024  # of files in one archive: messengers take no more than about 50 MB
ENDINGS: Final = {
    "image/jpeg": ".jpg",
    "image/png": ".png",
    "image/webp": ".webp",
    "image/heic": ".heic",
    "application/pdf": ".pdf",
    "application/msword": ".doc",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
}


class ExportPerson:
    """Packs a person's data and files, and sends them to the person. The sweep deletes the copy a day later."""

    def __init__(self, store: Store, attachments: Path, exports: Path, voice: Callable[[Person], Voice]) -> None:
        """Take where to read, where files lie, where to write, and in which words to send it."""
        self._store = store
        self._attachments = attachments
        self._exports = exports
        self._voice = voice

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Export `args["person"]` and send it to the chat that asked, unless they were erased meanwhile."""
        async with self._store.reading() as reads:
            person = await reads.person(args["person"])
            if person is None or not (person.name or person.posts or person.addresses):
                return []
            told = await record(reads, person)
            files = await _files(reads, person)
        path = self._exports / f"{args['job']}.zip"
        await asyncio.to_thread(self._pack, path, told, files)
        say = Say(_("Here is everything kept about {you}."), attachments=(Attachment(str(path), "du-lieu.zip"),))
        address = Address(args["channel"], args["chat"])
        return [Speak(Outgoing(f"export/{args['job']}", address, say.spoken(self._voice(person))))]

    def _pack(self, path: Path, told: Mapping[str, Any], files: Sequence[StoredFile]) -> None:
        """Write the archive whole under a name of its own, for nobody but us to read."""
        path.parent.mkdir(parents=True, exist_ok=True)
        unfinished = path.with_suffix(".part")
        unfinished.touch(mode=0o600)
        with zipfile.ZipFile(unfinished, "w", zipfile.ZIP_STORED) as archive:
            listed, room = [], MOST_BYTES
            for file in files:
                name, why = self._place(file, room)
                if name:
                    archive.write(self._attachments / file.sha256, name)
                    room -= file.size
                listed.append(_listed(file, name, why))
            words = json.dumps({**told, "files": listed}, ensure_ascii=False, indent=2)
            archive.writestr("du-lieu.json", words, zipfile.ZIP_DEFLATED)
        unfinished.replace(path)

    def _place(self, file: StoredFile, room: int) -> tuple[str, str]:
        """Give a file's name in the archive, or why it is not there."""
        if file.state != "kept":
            return "", file.state
        if file.size > room:
            return "", "too much for one archive"
        if not (self._attachments / file.sha256).is_file():
            return "", "missing"
        return f"files/{file.id}{ENDINGS.get(file.mime, '')}", ""


async def _files(reads: Reads, person: Person) -> list[StoredFile]:
    """List what came with the person's reports and open drafts, and what they sent for cases and to the editor."""
    reports, drafts = await reads.reports_by(person.id), await reads.drafts_of(person.id)
    own = await reads.files([*(report.draft for report in reports if report.draft), *(draft.id for draft in drafts)])
    return [*own, *await reads.files_sent_beside(person.id)]


def _listed(file: StoredFile, name: str, why: str) -> dict[str, Any]:
    told = {"id": file.id, "name": file.ref.name, "kind": file.ref.kind, "bytes": file.size, "in_archive": name}
    return told | ({"left_out": why} if why else {})
