"""The job "export_person": everything kept about a person, as one JSON file sent to them (law 91/2025/QH15)."""

from __future__ import annotations

import asyncio
import json
import time
from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path
from typing import Any, Final

from bot.effects import Effect, Person, Speak
from bot.i18n import Voice, _
from bot.messages import Address, Attachment, Outgoing, Say
from bot.ports import Reads, Store

KEPT_SECONDS: Final = 24 * 3600  # a copy lies on our disk no longer than this


class ExportPerson:
    """Writes a person's data to a file and says it to them."""

    def __init__(self, store: Store, folder: Path, voice: Callable[[Person], Voice]) -> None:
        """Take where to read, where to write, and in which words to send it."""
        self._store = store
        self._folder = folder
        self._voice = voice

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Export `args["person"]` and send it to the chat that asked."""
        del attempts
        async with self._store.reading() as reads:
            person = await reads.person(args["person"])
            if person is None:
                return []
            data = await gather(reads, person)
        path = self._folder / f"{args['person']}.json"
        await asyncio.to_thread(_write, path, data)
        say = Say(_("Here is everything kept about {you}."), attachments=(Attachment(str(path), "du-lieu.json"),))
        address = Address(args["channel"], args["chat"])
        return [Speak(Outgoing(f"export/{args['job']}", address, say.spoken(self._voice(person))))]


async def gather(reads: Reads, person: Person) -> dict[str, Any]:
    """Collect what is kept about a person."""
    reports = await reads.reports_by(person.id)
    files = await reads.files([report.draft for report in reports if report.draft])
    return {
        "name": person.name,
        "honorific": person.honorific,
        "phone": person.phone,
        "language": person.language,
        "roles": [{"role": post.role, "unit": post.unit.name, "code": post.unit.code} for post in person.posts],
        "chats": [{"channel": address.channel, "chat": address.chat} for address in person.addresses],
        "consents": [
            {"version": version, "at": _moment(at), "given": given}
            for version, at, given in await reads.consents(person.id)
        ],
        "reports": [
            {
                "number": report.number,
                "version": report.version,
                "form": report.form,
                "day": report.day.isoformat(),
                "filed_at": _moment(report.filed_at),
                "state": report.state,
                "answers": dict(report.answers),
            }
            for report in reports
        ],
        "files": [
            {"name": file.ref.name, "kind": file.ref.kind, "state": file.state, "sha256": file.sha256} for file in files
        ],
    }


def _moment(at: datetime) -> str:
    return at.isoformat()


def _write(path: Path, data: Mapping[str, Any]) -> None:
    path.parent.mkdir(parents=True, exist_ok=True)
    for old in path.parent.glob("*.json"):
        if time.time() - old.stat().st_mtime > KEPT_SECONDS:
            old.unlink(missing_ok=True)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2), encoding="utf-8")
    path.chmod(0o600)
