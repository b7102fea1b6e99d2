"""Makes the sheets of invitations that officers ask for in the chat, each in a process of its own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import datetime
from pathlib import Path

from bot.documents.invitations import Card, write_cards
from bot.documents.inviting import SendCards
from bot.i18n import Voice, load_catalogues
from bot.talk import House
from bot.worker import in_process
from handlers.codes import shown
from handlers.roles import ROLE_NAMES
from storage.store import SqlStore

LOCALES = Path(__file__).resolve().parents[2] / "locales"


def invitation_job(store: SqlStore, house: House, exports: Path, clock: Callable[[], datetime]) -> SendCards:
    """Give who does the job "invitations"."""
    return SendCards(store, house, exports, _written, shown, ROLE_NAMES, clock)


async def _written(path: Path, cards: Sequence[Card], until: datetime, language: str) -> None:
    await in_process(write_sheet, path, list(cards), until, language)


def write_sheet(path: Path, cards: Sequence[Card], until: datetime, language: str) -> None:
    """Write a sheet for its owner alone to read; it has its name only when it is whole."""
    part = path.with_name(f".{path.name}.part")
    part.touch(mode=0o600)
    try:
        write_cards(part, cards, until, Voice(load_catalogues(LOCALES)[language]))
        part.replace(path)
    finally:
        part.unlink(missing_ok=True)
