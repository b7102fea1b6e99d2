"""What the clock does, by the rules in force: whoever looks sees the latest version of the office's book."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.clock import Tick
from bot.effects import Effect
from bot.jobs import JobHandler, Speaking, clock_jobs
from bot.jobs.days import Announce
from bot.office.house import in_force
from bot.planner import Planner
from bot.reporting.occasions import Kind
from bot.reporting.periods import PERIODIC
from bot.talk import House


class Clockwork:
    """Plans what is to be said, and the jobs that say it, with a house that is looked at anew every minute."""

    def __init__(self, house: House, speaking: Speaking) -> None:
        """Begin with the house as it is."""
        self.house = house
        self._speaking = speaking

    def planner(self, wake_jobs: Callable[[], None]) -> Tick:
        """Give the tick that plans; first it looks whether there is a newer book."""

        async def plan(now: datetime) -> None:
            async with self._speaking.store.reading() as reads:
                self.house = await in_force(self.house, reads)
            await Planner(self._speaking.store, self.house.rules, wake_jobs)(now)

        return plan

    def by_now(self) -> dict[str, JobHandler]:
        """Give the jobs of the clock, by the rules as they are now."""
        house = self.house
        speaking = replace(
            self._speaking,
            rules=house.rules,
            voice_of=house.voice,
            forms=house.titles,
            periodic=house.forms.get(PERIODIC),
        )
        return clock_jobs(speaking) | {Kind.DAY: Announce(speaking, house.forms)}

    def jobs(self) -> dict[str, JobHandler]:
        """Give the jobs of the clock, each to be done by the rules of its moment."""
        return {kind: _Now(self, kind) for kind in self.by_now()}


class _Now:
    """A job of the clock, done by the rules of the moment."""

    def __init__(self, clockwork: Clockwork, kind: str) -> None:
        self._clockwork = clockwork
        self._kind = kind

    async def __call__(self, args: Mapping[str, Any], attempts: int) -> Sequence[Effect]:
        """Do it."""
        return await self._clockwork.by_now()[self._kind](args, attempts)
