"""Reports, their files, and how units stand with a period."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime
from typing import Protocol

from bot.records import Draft, StoredFile, Submission
from bot.reporting.periods import Period


@dataclass(frozen=True, slots=True)
class UnitReport:
    """A unit's receipt for one period: when it first reported, if it did."""

    unit: int
    first_filed_at: datetime | None
    reports: int = 0  # current, not counting a nil
    nil: bool = False
    returned: bool = False  # all that it filed was sent back to be completed


class ReportReads(Protocol):
    """What can be asked of reports. "Current" leaves out replaced versions."""

    async def history(self, units: Sequence[int], forms: Sequence[str], since: date) -> list[Submission]:
        """List current, not withdrawn submissions of these forms from that day on, the latest day first."""

    async def submissions(self, units: Sequence[int], limit: int, before: datetime | None = None) -> list[Submission]:
        """List the current submissions of units, withdrawn ones too, the latest filed first."""

    async def submission(self, submission: str) -> Submission | None:
        """Give a submission by id."""

    async def numbered(self, units: Sequence[int], number: int) -> list[Submission]:
        """Find the current submissions with this number at these units."""

    async def filed_from(self, draft: str) -> Submission | None:
        """Find the submission that was filed from a draft."""

    async def answered_by(self, person: str, message_id: str) -> Submission | None:
        """Find the current submission (of the last 60 days) with an answer that came in this message of the person."""

    async def last_numbers(self, units: Sequence[int]) -> dict[int, int]:
        """Give the highest report number of each unit."""

    async def reports_by(self, person: str) -> list[Submission]:
        """List every submission version that a person filed."""

    async def drafts_of(self, person: str) -> list[Draft]:
        """List the drafts that a person began, the oldest first."""

    async def filed_since(self, under: Sequence[int], since: datetime, until: datetime) -> list[tuple[str, int]]:
        """Count the reports filed for the first time under these units, by kind, the most first: (form, number)."""

    async def receipts(self, units: Sequence[int], period: Period) -> list[UnitReport]:
        """Tell for each unit that filed anything that closes the period when it first did."""

    async def unlocked(self, unit: int, now: datetime) -> dict[str, datetime]:
        """Give the periods of which the lock is open for a unit now, and until when."""

    async def exempted(self, units: Sequence[int], periods: Sequence[str]) -> dict[int, str]:
        """Give the units that were exempted from one of these periods, with the reason."""

    async def files(self, drafts: Sequence[str]) -> list[StoredFile]:
        """List the files that came with these drafts (submissions keep their draft's id)."""

    async def files_sent_beside(self, person: str) -> list[StoredFile]:
        """List the files that a person sent beside reports: for cases, and with entries of registers."""

    async def files_by_id(self, ids: Sequence[str]) -> list[StoredFile]:
        """Give the files that answers name, in the order given; those that were erased are left out."""

    async def still_kept(self, hashes: Sequence[str]) -> set[str]:
        """Tell which of these contents (sha256) still belong to a file that was not erased."""

    async def file_from(self, channel: str, remote: str) -> StoredFile | None:
        """Find a file by what its channel fetches it by."""

    async def unfetched(self, channel: str, remotes: Sequence[str]) -> set[str]:
        """Tell which of these files a channel still has to bring."""
