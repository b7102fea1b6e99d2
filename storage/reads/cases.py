"""Answers what `bot.ports.cases` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.cases.case import Case, Event
from bot.cases.desks import Officer
from bot.ports.cases import CaseReads
from storage.reading import (
    cases,
)
from storage.reads.asking import Asking


class CaseAsks(Asking, CaseReads):
    """Reads as `CaseReads` has them."""

    async def case(self, number: int) -> Case | None:
        return await self.run(cases.by_number, number)

    async def case_of_report(self, unit: int, report: int) -> Case | None:
        return await self.run(cases.of_report, unit, report)

    async def last_case(self) -> int:
        return await self.run(cases.highest)

    async def case_events(self, case: str) -> list[Event]:
        return await self.run(cases.events, case)

    async def cases_of(self, units_: Sequence[int], person: str, limit: int) -> list[Case]:
        return await self.run(cases.theirs, units_, person, limit)

    async def cases_to_see_to(self, under: Sequence[int], limit: int) -> list[Case]:
        return await self.run(cases.waiting, under, limit, self.today)

    async def cases_opened(self, under: Sequence[int], since: datetime, until: datetime) -> list[Case]:
        return await self.run(cases.opened, cases.Opened(under, since, until), self.today)

    async def written_by(self, person: str) -> list[Event]:
        return await self.run(cases.written_by, person)

    async def officers_over(self, unit: int, desk: int | None) -> list[Officer]:
        return await self.run(cases.officers_over, unit, desk, self.today)
