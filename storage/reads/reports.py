"""Answers what `bot.ports.reports` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta

from bot.ports import (
    UnitReport,
)
from bot.ports.reports import ReportReads
from bot.records import Draft, StoredFile, Submission
from bot.reporting.periods import Period
from storage.reading import (
    clock,
    exceptions,
    people,
    reports,
)
from storage.reads.asking import Asking


class ReportAsks(Asking, ReportReads):
    """Reads as `ReportReads` has them."""

    async def drafts_of(self, person: str) -> list[Draft]:
        return await self.run(people.drafts_of, person)

    async def history(self, units_: Sequence[int], forms: Sequence[str], since: date) -> list[Submission]:
        return await self.run(reports.history, units_, forms, since)

    async def submissions(self, units_: Sequence[int], limit: int, before: datetime | None = None) -> list[Submission]:
        # A phone's clock, or the messenger's, may run ahead of ours.
        return await self.run(reports.latest, units_, limit, before or self.now + timedelta(days=1))

    async def submission(self, submission: str) -> Submission | None:
        return await self.run(reports.by_id, submission)

    async def numbered(self, units_: Sequence[int], number: int) -> list[Submission]:
        return await self.run(reports.numbered, units_, number)

    async def filed_from(self, draft: str) -> Submission | None:
        return await self.run(reports.filed_from, draft)

    async def answered_by(self, person: str, message_id: str) -> Submission | None:
        return await self.run(reports.answered_by, person, message_id, self.now)

    async def reports_by(self, person: str) -> list[Submission]:
        return await self.run(reports.by_person, person)

    async def last_numbers(self, units_: Sequence[int]) -> dict[int, int]:
        return await self.run(reports.last_numbers, units_)

    async def files(self, drafts: Sequence[str]) -> list[StoredFile]:
        return await self.run(reports.files, drafts)

    async def files_by_id(self, ids: Sequence[str]) -> list[StoredFile]:
        return await self.run(reports.files_by_id, ids)

    async def files_sent_beside(self, person: str) -> list[StoredFile]:
        return await self.run(reports.sent_beside, person)

    async def still_kept(self, hashes: Sequence[str]) -> set[str]:
        return await self.run(reports.still_kept, hashes)

    async def receipts(self, units_: Sequence[int], period: Period) -> list[UnitReport]:
        return await self.run(reports.receipts, units_, period)

    async def unlocked(self, unit: int, now: datetime) -> dict[str, datetime]:
        return await self.run(exceptions.unlocked, unit, now)

    async def exempted(self, units_: Sequence[int], periods: Sequence[str]) -> dict[int, str]:
        return await self.run(exceptions.exempted, units_, periods)

    async def filed_since(self, under: Sequence[int], since: datetime, until: datetime) -> list[tuple[str, int]]:
        return await self.run(clock.filed_since, clock.News(under, since, until), self.today)

    async def file_from(self, channel: str, remote: str) -> StoredFile | None:
        return await self.run(reports.file_called, channel, remote)

    async def unfetched(self, channel: str, remotes: Sequence[str]) -> set[str]:
        return await self.run(reports.unfetched, channel, remotes)
