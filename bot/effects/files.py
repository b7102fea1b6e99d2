"""What becomes of the files that people send."""

from __future__ import annotations

from dataclasses import dataclass

from bot.records import StoredFile


@dataclass(frozen=True, slots=True)
class KeepFile:
    """Remember a file somebody sent, and fetch it by a job."""

    file: StoredFile


@dataclass(frozen=True, slots=True)
class DropFiles:
    """A draft was cancelled: what was sent for it is not wanted any more."""

    draft: str


@dataclass(frozen=True, slots=True)
class HandFiles:
    """What was sent for a draft belongs to something else from now on, at a place (`field`) of it."""

    draft: str
    to: str
    field: str


@dataclass(frozen=True, slots=True)
class FileKept:
    """A file was fetched: it lies under its sha256."""

    id: str
    sha256: str
    size: int
    mime: str


@dataclass(frozen=True, slots=True)
class FileFailed:
    """A file could not be fetched, and will not be tried again."""

    id: str
    why: str
