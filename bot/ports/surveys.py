"""Surveys and the counts of their votes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Protocol

from bot.surveys import Survey


class SurveyReads(Protocol):
    """What can be asked of surveys: never who chose what."""

    async def survey(self, number: int) -> Survey | None:
        """Give a survey by its number."""

    async def last_survey(self) -> int:
        """Give the highest number of a survey, 0 where there is none."""

    async def surveys_at(self, units: Sequence[int], limit: int) -> list[Survey]:
        """List the surveys of these unions' units, the latest first."""

    async def votes(self, survey: str) -> dict[int, int]:
        """Count the votes of a survey by choice."""
