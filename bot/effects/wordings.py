"""What offices write for official reports."""

from __future__ import annotations

from dataclasses import dataclass

from bot.records import Wording


@dataclass(frozen=True, slots=True)
class KeepWording:
    """Keep a version. Conflict where somebody else wrote the same one at the same moment."""

    wording: Wording
