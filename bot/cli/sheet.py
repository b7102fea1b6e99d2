"""The QR sheet of `python -m bot invite --sheet FILE --under CODE`."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import timedelta
from pathlib import Path
from typing import Any, Final

import click

from bot.cli.wiring import LOCALES, utc_now
from bot.documents.invitations import Card, write_cards
from bot.i18n import DEFAULT_LANGUAGE, Voice, load_catalogues
from bot.records import Role, Unit
from handlers.roles import ROLE_NAMES
from storage.store import SqlStore

ENDINGS: Final = ("docx", "pdf")
SECONDS: Final = 100


@dataclass(frozen=True, slots=True)
class Cards:
    """Invitations that were made, each for the unit in the same place; `there`: where somebody holds the role."""

    made: Sequence[Mapping[str, Any]]
    units: Sequence[Unit]
    there: set[int]
    role: Role
    days: int  # that they are good for


async def joined(store: SqlStore, units: Sequence[Unit], role: Role) -> set[int]:
    """Tell at which units somebody holds the role today."""
    async with store.reading() as reads:
        return {one.unit for one in await reads.holders([unit.id for unit in units], [role])}


def write_sheet(path: Path, cards: Cards) -> None:
    """Write the sheet of invitations that were made for these units, as Word or, by LibreOffice, as PDF."""
    voice = Voice(load_catalogues(LOCALES)[DEFAULT_LANGUAGE])
    told = [
        Card(
            unit.name,
            unit.code,
            voice.speak(ROLE_NAMES[cards.role]),
            one["code"],
            one["telegram"] or one["web"],
            unit.id in cards.there,
            one.get("zalo_oa", ""),
        )
        for one, unit in zip(cards.made, cards.units, strict=True)
    ]
    path.parent.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory(prefix="sheet-", dir=path.parent.absolute()) as folder:
        paper = Path(folder) / "sheet.docx"
        write_cards(paper, told, utc_now() + timedelta(days=cards.days), voice)
        ready = paper if path.suffix.lower() == ".docx" else _as_pdf(paper)
        ready.chmod(0o600)
        ready.replace(path)


def may_write(path: Path) -> None:
    """Refuse what cannot be written, before any invitation is made: the old ones would be taken back for nothing."""
    if path.suffix[1:].lower() not in ENDINGS:
        raise click.BadParameter("a sheet is written as .docx or .pdf", param_hint="--sheet")
    if path.suffix.lower() == ".pdf" and shutil.which("soffice") is None:
        raise click.ClickException("A PDF needs LibreOffice (soffice), which is not here. Write a .docx instead.")


def _as_pdf(paper: Path) -> Path:
    program = shutil.which("soffice") or "soffice"
    home = f"-env:UserInstallation=file://{paper.parent}/home"
    words = [program, home, "--headless", "--convert-to", "pdf", "--outdir", str(paper.parent), str(paper)]
    try:
        subprocess.run(words, check=True, capture_output=True, timeout=SECONDS)  # noqa: S603 our own words
    except subprocess.SubprocessError:
        raise click.ClickException("LibreOffice could not write the PDF. Write a .docx instead.") from None
    return paper.with_suffix(".pdf")
