"""The file of a backup: a ZIP archive of the rows of every table, attachments, the settings file and a manifest."""

from __future__ import annotations

import json
import re
import zipfile
import zlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import datetime
from itertools import islice
from pathlib import Path
from types import TracebackType
from typing import IO, Final, Protocol, Self

FORMAT: Final = 1
MANIFEST: Final = "manifest.json"
CONFIG: Final = "config.toml"
TABLES: Final = "tables/{}.jsonl"
FILES: Final = "attachments/"
CONTENT: Final = re.compile(r"[0-9a-f]{64}")  # attachments are named by their sha256
LINES_AT_ONCE: Final = 1_000
UNFINISHED: Final = ".part"


class BrokenBackup(Exception):
    """The file is no backup, or not a whole one; the message says why."""


class Some(Protocol):
    """Some rows of one table, as lines of JSON."""

    @property
    def table(self) -> str:
        """Which."""

    @property
    def lines(self) -> str:
        """A list of values each."""

    @property
    def rows(self) -> int:
        """How many."""


@dataclass(frozen=True, slots=True)
class Manifest:
    """What is in a backup: as of when, at which revision of the schema, and how many rows of each table."""

    made_at: datetime
    revision: str
    shapes: Mapping[str, Mapping[str, str]]
    rows: Mapping[str, int]
    files: int
    format: int = FORMAT


@dataclass(slots=True)
class Writer:
    """Writes a backup beside its place, for nobody but us to read; it gets its name when it is whole."""

    path: Path
    _zip: zipfile.ZipFile = field(init=False)
    _member: tuple[str, IO[bytes]] | None = field(init=False, default=None)
    _rows: dict[str, int] = field(init=False, default_factory=dict)
    _files: int = field(init=False, default=0)

    def __enter__(self) -> Self:
        """Begin."""
        self.path.parent.mkdir(parents=True, exist_ok=True)
        self._part.touch(mode=0o600)
        self._zip = zipfile.ZipFile(self._part, "w", zipfile.ZIP_DEFLATED, compresslevel=3)
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End; what broke off on the way leaves nothing behind."""
        self._close_member()
        self._zip.close()
        if kind is None:
            self._part.replace(self.path)
        else:
            self._part.unlink(missing_ok=True)

    @property
    def _part(self) -> Path:
        return self.path.with_name(self.path.name + UNFINISHED)

    def rows(self, some: Some) -> None:
        """Add rows of a table; those of one table follow one another."""
        if self._member is None or self._member[0] != some.table:
            self._close_member()
            self._member = some.table, self._zip.open(TABLES.format(some.table), "w", force_zip64=True)
        self._member[1].write(some.lines.encode())
        self._rows[some.table] = self._rows.get(some.table, 0) + some.rows

    def _close_member(self) -> None:
        if self._member is not None:
            self._member[1].close()
            self._member = None

    def attachments(self, folder: Path) -> None:
        """Add the files that people sent; one that is erased meanwhile is left out."""
        self._close_member()
        for path in sorted(folder.glob("*")):
            if CONTENT.fullmatch(path.name):
                try:
                    self._zip.write(path, FILES + path.name, zipfile.ZIP_STORED)
                except FileNotFoundError:
                    continue
                self._files += 1

    def config(self, path: Path) -> None:
        """Add the settings file, if there is one."""
        self._close_member()
        if path.is_file():
            self._zip.write(path, CONFIG)

    def manifest(self, made_at: datetime, revision: str, shapes: Mapping[str, Mapping[str, str]]) -> Manifest:
        """Say what is in it: the last thing to add."""
        self._close_member()
        told = Manifest(made_at, revision, shapes, {name: self._rows.get(name, 0) for name in shapes}, self._files)
        words = {name: getattr(told, name) for name in ("format", "revision", "rows", "files", "shapes")}
        words["made_at"] = made_at.isoformat()
        self._zip.writestr(MANIFEST, json.dumps(words, indent=1))
        return told


@dataclass(frozen=True, slots=True)
class _Rows:
    table: str
    lines: str
    rows: int


class Reader:
    """Reads a backup."""

    def __init__(self, path: Path) -> None:
        """Look whether it is whole. Raises BrokenBackup when it is not, with the reason."""
        self.path = path
        try:
            with zipfile.ZipFile(path) as archive:
                broken = archive.testzip()
                told = json.loads(archive.read(MANIFEST))
        except (OSError, zipfile.BadZipFile, zlib.error, EOFError, KeyError, ValueError) as error:
            raise BrokenBackup(f"{path} is not a whole backup ({error}): it may have been cut off") from None
        if broken:
            raise BrokenBackup(f"{path} is damaged at {broken}")
        if told.get("format") != FORMAT:
            raise BrokenBackup(f"{path} has format {told.get('format')}, which this version does not read")
        made_at = datetime.fromisoformat(told["made_at"])
        self.manifest = Manifest(made_at, told["revision"], told["shapes"], told["rows"], told["files"])

    def pieces(self) -> Iterator[Some]:
        """Give the rows of all tables, those that others refer to first.

        Raises BrokenBackup after a table that has not as many rows as the manifest says.
        """
        with zipfile.ZipFile(self.path) as archive:
            there = set(archive.namelist())
            for table, wanted in self.manifest.rows.items():
                counted = 0
                for some in _pieces(archive, table) if TABLES.format(table) in there else ():
                    counted += some.rows
                    yield some
                if counted != wanted:
                    raise BrokenBackup(f"{self.path} has {counted} rows of {table} instead of {wanted}")

    def put_attachments(self, folder: Path) -> int:
        """Write the files that lack into their folder; count them."""
        folder.mkdir(parents=True, exist_ok=True)
        with zipfile.ZipFile(self.path) as archive:
            names = [name for name in archive.namelist() if name.startswith(FILES)]
            lacking = [name for name in names if CONTENT.fullmatch(name.removeprefix(FILES))]
            for name in lacking:
                _put(folder / name.removeprefix(FILES), archive.read(name))
        return len(lacking)

    def put_config(self, path: Path) -> bool:
        """Write the settings file where none is yet; tell whether that was done."""
        with zipfile.ZipFile(self.path) as archive:
            if path.exists() or CONFIG not in archive.namelist():
                return False
            _put(path, archive.read(CONFIG))
            return True


def _put(path: Path, data: bytes) -> None:
    part = path.with_name(path.name + UNFINISHED)
    part.touch(mode=0o600)
    part.write_bytes(data)
    part.replace(path)


def _pieces(archive: zipfile.ZipFile, table: str) -> Iterator[Some]:
    with archive.open(TABLES.format(table)) as member:
        for lines in _by_thousands(member):
            yield _Rows(table, b"".join(lines).decode(), len(lines))


def _by_thousands(lines: Iterable[bytes]) -> Iterator[list[bytes]]:
    rest = iter(lines)
    while some := list(islice(rest, LINES_AT_ONCE)):
        yield some
