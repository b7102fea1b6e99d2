"""What the web chat is given: where it lies, who may come in how, where files are."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import timedelta
from pathlib import Path
from typing import Final

from bot.i18n import Catalogue

NAME: Final = "web"
HISTORY: Final = timedelta(days=30)
MAX_TEXT: Final = 4000  # characters that a person may type at once


@dataclass(frozen=True, slots=True)
class Seat:
    """A place of the demo: whoever opens it plays the person of this chat, without signing in."""

    name: str
    title: str
    chat: str


@dataclass(frozen=True, slots=True)
class Limits:
    """How much is taken from one session and from one network address: so many at once, then so many a second."""

    session: tuple[float, float] = (30, 1.0)
    session_files: tuple[float, float] = (20, 0.3)
    address: tuple[float, float] = (300, 10.0)
    wrong_codes: tuple[float, float] = (8, 8 / 900)  # eight in a quarter of an hour: a household, not a guesser
    streams: int = 8  # open pages of one session
    streams_in_all: int = 5000


@dataclass(frozen=True, slots=True)
class Site:
    """The settings of the web chat. `public_url` is "" on a machine that only serves itself."""

    secret: str
    uploads: Path
    kept: Path  # files that were fetched, under their sha256
    catalogues: Mapping[str, Catalogue]
    type_of: Callable[[bytes], str]
    public_url: str = ""
    port: int = 8080
    office: str = ""
    ask_whom: str = ""
    max_file: int = 10 * 1024 * 1024
    session_days: int = 90
    proxies: tuple[str, ...] = ()
    limits: Limits = field(default_factory=Limits)
    seats: tuple[Seat, ...] = ()
