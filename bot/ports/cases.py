"""Cases, what happened to them, and whose they may be."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Protocol

from bot.cases.case import Case, Event
from bot.cases.desks import Officer


class CaseReads(Protocol):
    """What can be asked of cases."""

    async def case(self, number: int) -> Case | None:
        """Give a case by its number."""

    async def case_of_report(self, unit: int, report: int) -> Case | None:
        """Give the case that came with a unit's report."""

    async def last_case(self) -> int:
        """Give the highest number of a case, 0 where there is none."""

    async def case_events(self, case: str) -> list[Event]:
        """List what happened to a case, in order."""

    async def cases_of(self, units: Sequence[int], person: str, limit: int) -> list[Case]:
        """List the cases of units, and those that a person opened, open ones first, the latest first."""

    async def cases_to_see_to(self, under: Sequence[int], limit: int) -> list[Case]:
        """List the open cases of units in these subtrees that wait for an answer, the first due first."""

    async def cases_opened(self, under: Sequence[int], since: datetime, until: datetime) -> list[Case]:
        """List the cases opened in these subtrees between two moments."""

    async def written_by(self, person: str) -> list[Event]:
        """List what a person wrote in cases, in order."""

    async def officers_over(self, unit: int, desk: int | None) -> list[Officer]:
        """List the officers of the unions above a unit (or above the desk, once nothing is above the unit).

        The nearest come first; leaders and administrators of any union follow, for what has nobody else.
        """
