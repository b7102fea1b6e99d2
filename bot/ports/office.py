"""The office's book, and what the machinery noted."""

from __future__ import annotations

from datetime import datetime
from typing import Protocol

from bot.records import BookVersion


class OfficeReads(Protocol):
    """What can be asked of the office's own settings and marks."""

    async def newer_book(self, than: int) -> BookVersion | None:
        """Give the latest version of the office's book, if it is newer than this one."""

    async def book(self, version: int) -> BookVersion | None:
        """Give one version of the office's book."""

    async def books(self, limit: int) -> list[BookVersion]:
        """List the versions of the office's book without their sheets, the latest first."""

    async def marked(self, name: str) -> datetime | None:
        """Tell until when something has been done."""
