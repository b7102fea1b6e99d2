"""Told the time once a minute: cases whose moment has come go a step further.

Those whose officer left get another one, and those whose unit moved follow it.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Final

from bot.caseload import Caseload
from bot.cases.case import Case
from bot.cases.clock import act, settle
from bot.effects import Effect
from bot.ports import Batch, Store
from bot.talk import House

AT_ONCE: Final = 50  # cases of one transaction


class FollowCases:
    """The clock of cases. Told twice, late, or together with another one, it does no harm: steps are counted."""

    def __init__(self, store: Store, house: Callable[[], House], spoke: Callable[[], None] = lambda: None) -> None:
        """Take where cases are, the house as it is furnished now, and whom to tell that there is something to say."""
        self._store = store
        self._house = house
        self._spoke = spoke

    async def __call__(self, now: datetime) -> None:
        """Look after all that is due, some at a time."""
        while await self._some(now) == AT_ONCE:
            pass

    async def _some(self, now: datetime) -> int:
        house = self._house()
        async with self._store.batch() as batch:
            load = Caseload(batch, house.lists, house.terms, house.voice, now)
            effects: list[Effect] = []
            adrift = await batch.cases_adrift(AT_ONCE)
            for case in adrift:
                effects += await _settled(load, case)
            moved = {case.id for case in adrift}
            due = [case for case in await batch.due_cases(now, AT_ONCE) if case.id not in moved]
            for case in due:
                around = await load.around(case.unit, case.desk, sparing=case.person)
                effects += await load.consequences(act(case, around, now))
            await _write(batch, effects)
        if effects:
            self._spoke()
        return len(due)


async def _settled(load: Caseload, case: Case) -> list[Effect]:
    around = await load.around(case.unit, case.desk, sparing=case.person)
    change = settle(case, around, load.now, moved_away=await load.still_there(case))
    return await load.consequences(change) if change is not None else []


async def _write(batch: Batch, effects: list[Effect]) -> None:
    if effects:
        await batch.write(effects)
