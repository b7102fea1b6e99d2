"""A disk that is really full: small ones of our own, which only root may make."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from sqlalchemy import make_url

from tests.databases import PostgresDatabases
from tests.end_to_end.conftest import Run
from tests.end_to_end.program import Program, free_port
from tests.end_to_end.trouble import chairs_at_work, passes
from tests.fake_telegram import FakeTelegram

pytestmark = [
    pytest.mark.nightly,
    pytest.mark.skipif(os.geteuid() != 0 or not shutil.which("mount"), reason="only root may mount a small disk"),
]
ENOUGH = "140m"  # 100 MB free are wanted where files are kept
PIECE = 64 * 1024


@contextmanager
def small_disk(place: Path, size: str) -> Iterator[Path]:
    """Put a small disk at a folder."""
    place.mkdir(exist_ok=True)
    subprocess.run(["mount", "-t", "tmpfs", "-o", f"size={size},mode=0777", "tmpfs", str(place)], check=True)
    try:
        yield place
    finally:
        subprocess.run(["umount", "--lazy", str(place)], check=True)


@contextmanager
def filled(disk: Path) -> Iterator[None]:
    """Leave no room on a disk."""
    ballast = disk / "ballast"
    with ballast.open("wb", buffering=0) as file:
        for piece in (PIECE, 1):
            with suppress(OSError):
                while file.write(bytes(piece)) == piece:
                    continue
    try:
        yield
    finally:
        ballast.unlink()


async def test_sqlite(program: Run, fake: FakeTelegram) -> None:
    """With the disk of the file full nothing is acknowledged; with room again everything goes on."""
    house = program(PORT=str(free_port()))
    with small_disk(house.folder / "data", ENOUGH) as disk:
        await _is_full_for_a_while(house, fake, disk)


async def test_postgresql(own_server: PostgresDatabases, program: Run, fake: FakeTelegram) -> None:
    """The same with the disk of a PostgreSQL database (not that of its log, which would stop the server)."""
    with TemporaryDirectory(prefix="tieng-co-so-disk-") as place, small_disk(Path(place), "40m") as disk:
        shutil.chown(disk, own_server.server.system_user or os.geteuid())
        own_server.server.psql(f"CREATE TABLESPACE small LOCATION '{disk}';")
        url = own_server(empty=True)
        own_server.server.psql(f"ALTER DATABASE {make_url(url).database} SET TABLESPACE small;")
        house = program(url, PORT=str(free_port()))
        await _is_full_for_a_while(house, fake, disk)
        await house.close()
        own_server.server.stop()


async def _is_full_for_a_while(house: Program, fake: FakeTelegram, disk: Path) -> None:
    async with chairs_at_work(house, fake):
        await passes(house, fake, filled(disk))
