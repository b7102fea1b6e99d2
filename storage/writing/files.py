"""Writes the files that people sent: that they exist, and how far their fetching has come."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import ColumnElement, Connection, Update, bindparam, literal, select, update

from bot.effects import DropFiles, FileFailed, FileKept, HandFiles, KeepFile
from bot.records import FETCH_JOB, StoredFile
from storage.sql import add_new, among
from storage.tables import attachments, jobs

_WAITING = (attachments.c.id == bindparam("file"), attachments.c.state != "erased")
_KEPT = (
    update(attachments)
    .where(*_WAITING)
    .values(state="kept", sha256=bindparam("hash"), size=bindparam("bytes"), mime=bindparam("type"), why="")
)
_FAILED = update(attachments).where(*_WAITING).values(state="failed", why=bindparam("reason"))


def erasing(these: ColumnElement[bool]) -> tuple[Update, Update]:
    """Give what erases files, at `now`: nobody fetches them any more, and nothing but their number is left."""
    fetching = select(literal(FETCH_JOB) + attachments.c.id).where(these)
    return (
        update(jobs)
        .where(jobs.c.id.in_(fetching), jobs.c.state == "waiting")
        .values(state="done", args={}, why="", done_at=bindparam("now")),
        update(attachments).where(these).values(state="erased", name="", remote="", why=""),
    )


_HAND = (
    update(attachments)
    .where(attachments.c.draft == bindparam("from"), attachments.c.state != "erased")
    .values(draft=bindparam("to"), field=bindparam("place"))
)
_DROP = erasing(among(attachments.c.draft, "drafts"))


def keep_files(connection: Connection, effects: Sequence[KeepFile], _now: datetime) -> None:
    """Insert files that are still lying with their channel."""
    add_new(connection, attachments, [file_row(effect.file) for effect in effects])


def file_row(file: StoredFile) -> dict[str, Any]:
    """Give the row of a file."""
    return {
        "id": file.id,
        "draft": file.draft,
        "field": file.field,
        "channel": file.channel,
        "remote": file.ref.remote,
        "kind": file.ref.kind,
        "name": file.ref.name,
        "ref_mime": file.ref.mime,
        "ref_size": file.ref.size,
        "state": file.state,
        "sha256": file.sha256,
        "size": file.size,
        "mime": file.mime,
        "why": file.why,
    }


def drop_files(connection: Connection, effects: Sequence[DropFiles], now: datetime) -> None:
    """Erase what was sent for drafts; the contents go with the next sweep."""
    given = {"drafts": [effect.draft for effect in effects], "now": now}
    for statement in _DROP:
        connection.execute(statement, given)


def hand_files(connection: Connection, effects: Sequence[HandFiles], _now: datetime) -> None:
    """Let files that came with drafts belong to something else."""
    connection.execute(_HAND, [{"from": e.draft, "to": e.to, "place": e.field} for e in effects])


def files_kept(connection: Connection, effects: Sequence[FileKept], _now: datetime) -> None:
    """Note where fetched files lie."""
    rows = [{"file": e.id, "hash": e.sha256, "bytes": e.size, "type": e.mime} for e in effects]
    connection.execute(_KEPT, rows)


def files_failed(connection: Connection, effects: Sequence[FileFailed], _now: datetime) -> None:
    """Note which files will not come."""
    connection.execute(_FAILED, [{"file": e.id, "reason": e.why} for e in effects])
