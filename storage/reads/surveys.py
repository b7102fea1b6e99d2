"""Answers what `bot.ports.surveys` says can be asked."""

from __future__ import annotations

from collections.abc import Sequence

from bot.ports.surveys import SurveyReads
from bot.surveys import Survey
from storage.reading import (
    surveys,
)
from storage.reads.asking import Asking


class SurveyAsks(Asking, SurveyReads):
    """Reads as `SurveyReads` has them."""

    async def survey(self, number: int) -> Survey | None:
        return await self.run(surveys.by_number, number)

    async def last_survey(self) -> int:
        return await self.run(surveys.highest)

    async def surveys_at(self, units_: Sequence[int], limit: int) -> list[Survey]:
        return await self.run(surveys.at, units_, limit)

    async def votes(self, survey: str) -> dict[int, int]:
        return await self.run(surveys.counts, survey)
