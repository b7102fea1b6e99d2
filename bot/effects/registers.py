"""What becomes of entries of registers."""

from __future__ import annotations

from dataclasses import dataclass

from bot.records import Entry


@dataclass(frozen=True, slots=True)
class KeepEntry:
    """Keep an entry (insert or update)."""

    entry: Entry
